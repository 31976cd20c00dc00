"""The documents of a library as a table."""

import html
import re
from dataclasses import replace
from pathlib import Path

from askretail_index.holdings import Holding
from askretail_ingest.nouns import Document
from askretail_ui.documents import MOST, documents_html, status

from .fake import ELMSTORES, OAKMART, document
from .test_render import HOSTILE, tags, words


def held(doc: Document, passages: int = 2000) -> Holding:
    return Holding(doc, Path(doc.source), passages, passages)


BOTH = (held(OAKMART), held(ELMSTORES))


def cells(markup: str) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", markup)[1:]
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_the_table_has_a_row_a_document() -> None:
    oak = ["Oakmart Inc. 10-K 2022OAKMART_2022_10K.txt", "Oakmart", "FY2022", "10-K"]
    elm = ["Elm Stores: the shrink problemelm-brief.txt", "Elm Stores", "–", "brief"]
    assert cells(documents_html(BOTH)) == [
        [*oak, "2", "2,000", "Ready", "Change"],
        [*elm, "2", "2,000", "Ready", "Change"],
    ]
    shown = documents_html(BOTH, editable=False)
    assert [row[-1] for row in cells(shown)] == ["Ready", "Ready"]


def test_the_status_says_how_far_a_document_is_indexed_and_whether_it_is_up_to_date() -> None:
    ready = held(OAKMART)
    assert status(ready) == ("ready", "Ready")
    assert status(replace(ready, embedded=1200)) == ("words", "Words only; 1,200 of 2,000 vectors")
    assert status(replace(ready, changed=True)) == ("changed", "File changed since: add it again")
    old = replace(ready, passages=0, embedded=0, current=False)
    assert status(old) == ("superseded", "Superseded; kept for what cites it")


def test_a_superseded_version_cannot_be_changed() -> None:
    rows = cells(documents_html((held(OAKMART), replace(held(ELMSTORES), current=False))))
    assert [row[-1] for row in rows] == ["Change", ""]


def test_a_button_names_its_document_by_id_and_for_screen_readers() -> None:
    (button,) = re.findall(r"<button[^>]*>", documents_html(BOTH[:1]))
    assert f'data-change="{OAKMART.id}"' in button
    assert 'aria-label="Change Oakmart Inc. 10-K 2022"' in html.unescape(button)


def test_the_filter_wants_every_word_somewhere_whatever_its_case() -> None:
    def titles(wanted: str) -> list[str]:
        return [row[1] for row in cells(documents_html(BOTH, wanted=wanted))]

    assert titles("oakmart fy2022") == ["Oakmart"]
    assert titles("BRIEF") == ["Elm Stores"]
    assert titles("oakmart brief") == []
    assert titles("  ") == ["Oakmart", "Elm Stores"]


def test_a_filter_that_matches_nothing_says_what_it_was() -> None:
    assert words(documents_html(BOTH, wanted=" <b>x ")) == "No document matches <b>x."


def test_an_empty_library_says_what_to_do() -> None:
    assert "Add files beside" in words(documents_html(()))


def test_of_very_many_documents_the_first_are_drawn_and_the_rest_counted() -> None:
    many = [held(replace(OAKMART, source=f"{n}.txt")) for n in range(MOST + 3)]
    shown = documents_html(many)
    assert len(cells(shown)) == MOST
    assert words(shown).endswith("and 3 more: find them by their names")
    assert "more:" not in words(documents_html(many[:MOST]))


def test_markup_in_titles_and_names_is_shown_as_text() -> None:
    plain = tags(documents_html(BOTH))
    for text in HOSTILE:
        doc = document(text, "one\ntwo\n", title=text, companies=(text,))
        shown = documents_html((held(doc),))
        assert tags(shown) <= plain
        # title, its button's name, file name, company
        assert html.unescape(shown).count(text) == 4
