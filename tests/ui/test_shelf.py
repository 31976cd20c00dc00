"""The library as the page shows it."""

import html
import re

from askretail_index.report import IngestReport, Progress, Skip
from askretail_ingest.nouns import Period
from askretail_ui import shelf

from .fake import ELMSTORES, OAKMART, document
from .test_render import HOSTILE, tags, words

BOTH = (OAKMART, ELMSTORES)


def cells(markup: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", markup)[1:]
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_the_table_has_a_row_a_document() -> None:
    assert cells(shelf.documents_html(BOTH, lambda doc: len(doc.pages) * 1000)) == [
        ["Oakmart Inc. 10-K 2022OAKMART_2022_10K.txt", "Oakmart", "FY2022", "10-K", "2", "2,000"],
        ["Elm Stores: the shrink problemelm-brief.txt", "Elm Stores", "–", "brief", "2", "2,000"],
    ]


def test_the_filter_wants_every_word_somewhere_whatever_its_case() -> None:
    def titles(wanted: str) -> list[str]:
        shown = shelf.documents_html(BOTH, lambda _: 1, wanted=wanted)
        return [row[1] for row in cells(shown)]

    assert titles("oakmart fy2022") == ["Oakmart"]
    assert titles("BRIEF") == ["Elm Stores"]
    assert titles("oakmart brief") == []
    assert titles("  ") == ["Oakmart", "Elm Stores"]


def test_a_filter_that_matches_nothing_says_what_it_was() -> None:
    shown = shelf.documents_html(BOTH, lambda _: 1, wanted=" <b>x ")
    assert words(shown) == "No document matches <b>x."


def test_an_empty_library_says_what_to_do() -> None:
    assert "Add files above" in words(shelf.documents_html((), lambda _: 1))


def test_the_header_says_which_library_answers() -> None:
    shown = words(shelf.header_html(BOTH, 1200, sample=True))
    assert "Sample library 2 documents, 1,200 passages" in shown
    assert "Your library" in words(shelf.header_html((), 0, sample=False))


def companies(markup: str) -> list[list[str]]:
    lines = re.findall(r"<li>(.*?)</li>", markup)
    return [[words(part) for part in re.findall(r"<(?:b|span)>(.*?)</", line)] for line in lines]


def test_the_start_names_the_companies_their_documents_and_years() -> None:
    later = document(
        "o.txt", "one\ntwo\n", companies=("Oakmart", "Elm Stores"), period=Period(2024)
    )
    shown = shelf.coverage_html((*BOTH, later, document("x.txt", "a\nb\n")))
    assert companies(shown) == [
        ["Elm Stores", "2 documents", "FY2024"],
        ["Oakmart", "2 documents", "FY2022–FY2024"],
    ]


def test_the_company_with_most_documents_comes_first() -> None:
    many = [document(f"{n}.txt", f"{n}\nb\n", companies=("Zed",)) for n in range(2)]
    assert companies(shelf.coverage_html((OAKMART, *many))) == [
        ["Zed", "2 documents", ""],
        ["Oakmart", "1 document", "FY2022"],
    ]


def test_companies_beyond_the_listed_ones_are_counted() -> None:
    docs = [
        document(f"{n}.txt", f"{n}\nb\n", companies=(f"Shop {n:02}",))
        for n in range(shelf.COMPANIES + 1)
    ]
    shown = shelf.coverage_html(docs)
    assert [row[0] for row in companies(shown)] == [f"Shop {n:02}" for n in range(shelf.COMPANIES)]
    assert "and 1 more company" in words(shown)
    assert "more compan" not in words(shelf.coverage_html(docs[:-1]))


def test_a_library_about_no_company_has_no_list() -> None:
    assert shelf.coverage_html((document("x.txt", "a\nb\n"),)) == ""
    assert shelf.coverage_html(()) == ""


def test_progress_is_a_bar_with_words() -> None:
    shown = shelf.progress_html(Progress("parse", 1, 3, "a.pdf"))
    assert words(shown) == "Reading 1 of 3 files: a.pdf"
    assert '<progress max="3" value="1"' in shown
    assert words(shelf.progress_html(Progress("embed", 5, 80))) == "Indexing 5 of 80 passages"


def test_progress_without_work_is_a_valid_bar() -> None:
    assert '<progress max="1" value="0"' in shelf.progress_html(Progress("embed", 0, 0))


def test_every_file_has_its_outcome() -> None:
    report = IngestReport(
        loaded=("a.pdf",),
        replaced=("b.pdf",),
        unchanged=("c.pdf",),
        duplicate=(Skip("d.pdf", "same bytes as a.pdf"),),
        skipped=(Skip("e.pdf", "no text layer"),),
    )
    lines = [words(li) for li in re.findall(r"<li.*?</li>", shelf.report_html(report))]
    assert lines == [
        "Added a.pdf",
        "Replaced b.pdf a newer version took its place",
        "Unchanged c.pdf already in the library",
        "Duplicate d.pdf same bytes as a.pdf",
        "Skipped e.pdf no text layer",
    ]
    assert "No file was taken" in words(shelf.report_html(IngestReport()))


def test_markup_in_names_and_titles_is_shown_as_text() -> None:
    plain = tags(shelf.documents_html(BOTH, lambda _: 1))
    for text in HOSTILE:
        doc = document(text, "one\ntwo\n", title=text, companies=(text,))
        shown = shelf.documents_html((doc,), lambda _: 1)
        assert tags(shown) <= plain
        assert html.unescape(shown).count(text) == 3
        assert tags(shelf.coverage_html((doc,))) == {"div", "h2", "ul", "li", "b", "span"}
        report = shelf.report_html(IngestReport(skipped=(Skip(text, text),)))
        assert tags(report) <= {"div", "ul", "li", "b", "span"}
        assert tags(shelf.progress_html(Progress("parse", 1, 2, text))) == {"div", "p", "progress"}
