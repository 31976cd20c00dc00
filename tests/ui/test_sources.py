"""The cards beside the chat."""

import html
import re
from dataclasses import replace

from askretail.nouns import Point, Turn
from askretail_ui import sources
from askretail_ui.sources import AROUND, card_html, context_html, sources_html

from .fake import ELMSTORES, OAKMART, FakeEngine, cite, document
from .test_render import HOSTILE, tags, words


def marked(markup: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", markup, re.S)]


def facts(markup: str) -> dict[str, str]:
    pairs = re.findall(r'<span class="ar-at-(\w+)">(.*?)</span>', markup)
    return {name: html.unescape(value) for name, value in pairs}


def test_the_quote_is_marked_inside_its_own_paragraph() -> None:
    shown = context_html(cite(OAKMART, "Members visit twice as often as others."))
    assert marked(shown) == ["Members visit twice as often as others."]
    assert words(shown) == (
        "Oakmart grew its membership scheme in every region. "
        "Members visit twice as often as others."
    )


def test_a_long_paragraph_is_cut_between_words_and_says_so() -> None:
    doc = document("f.txt", "title\n" + "before " * 100 + "the quote" + " after" * 100 + "\n")
    before, after = re.split("<mark>.*</mark>", context_html(cite(doc, "the quote")))
    assert words(before).startswith("… before")
    assert words(after).endswith("after …")
    assert AROUND - 10 < len(words(before)) <= AROUND + 3


def test_given_neighbours_stand_around_the_quote_in_the_order_of_the_page() -> None:
    quote = cite(
        ELMSTORES,
        "Shrink rose for the third year running.",
        ("neighbour", "Elm Stores names theft as its largest cost risk."),
    )
    assert words(context_html(quote)) == (
        "Elm Stores names theft as its largest cost risk. Shrink rose for the third year running."
    )


def test_a_table_row_stands_under_its_unit_and_header_without_other_rows() -> None:
    row = cite(
        OAKMART,
        "Net sales $ 12,400 $ 11,800",
        ("header", "Fiscal years ended January 31, 2022 2021"),
        ("unit", "(in millions)"),
    )
    shown = context_html(row)
    caption = re.search(r"<figcaption>(.*?)</figcaption>", shown)
    assert caption is not None and words(caption[1]) == "(in millions)"
    head = re.search(r"<thead>(.*?)</thead>", shown)
    assert head is not None and words(head[1]).endswith("20222021")
    quoted = re.search(r'<tr class="ar-quoted">(.*?)</tr>', shown)
    assert quoted is not None and words(quoted[1]).startswith("Net sales")


def test_a_card_names_company_document_file_page_section_type_and_dates() -> None:
    shown = card_html(
        cite(OAKMART, "Members visit twice as often as others."),
        card="src-1-4",
        number=4,
        back="turn-1",
    )
    assert words(shown).startswith("4Oakmart Inc. 10-K 2022")
    assert facts(shown) == {
        "company": "Oakmart",
        "page": "page 1, printed i",
        "section": "Strategy › Members",
        "date": "published 18 March 2022",
    }
    assert "to 31 January 2022" in shown
    assert "OAKMART_2022_10K.txt" in words(shown)
    assert [words(tag) for tag in re.findall(r'<span class="ar-tag">(.*?)</span>', shown)] == [
        "10-K",
        "FY2022",
    ]
    assert 'id="src-1-4"' in shown
    assert 'aria-label="Source 4"' in shown
    assert 'href="#turn-1"' in shown


def test_what_is_unknown_has_no_line() -> None:
    doc = document("f.txt", "one\ntwo\n")
    shown = card_html(cite(doc, "one", label="", section=()), card="c", number=1, back="b")
    assert facts(shown) == {"page": "page 1"}


def test_a_section_does_not_repeat_the_title() -> None:
    doc = document("f.txt", "one\ntwo\n", title="Brief")
    shown = card_html(cite(doc, "one", section=("Brief", "Risks")), card="c", number=1, back="b")
    assert facts(shown)["section"] == "Risks"


def test_the_last_answer_lies_open_and_earlier_ones_are_folded(engine: FakeEngine) -> None:
    turns = [Turn(q, engine.ask(q)) for q in ("members", "sales", "members again")]
    shown = sources_html(turns)
    last, *earlier = re.split("<details>", shown)
    assert re.findall(r'id="(.*?)"', last) == ["src-3-1", "src-3-2"]
    assert [re.findall(r'id="(.*?)"', part) for part in earlier] == [
        ["src-2-1"],
        ["src-1-1", "src-1-2"],
    ]
    assert words(earlier[0]).startswith("sales 1 quote")


def test_the_numbers_of_the_chat_are_the_ids_of_the_cards(engine: FakeEngine) -> None:
    from askretail_ui.render import answer_html

    answer = engine.ask("Compare")
    links = re.findall(r'href="#(src-.*?)"', answer_html(answer, 1))
    assert links == re.findall(r'id="(src-.*?)"', sources_html([Turn("q", answer)]))


def test_what_came_closest_is_shown_without_a_number(engine: FakeEngine) -> None:
    shown = sources_html([Turn("q", engine.ask("Birch"))])
    assert "Closest passages" in words(shown)
    assert 'id="near-1-1"' in shown
    assert "ar-number" not in shown


def test_an_answer_without_any_quote_says_so(engine: FakeEngine) -> None:
    answer = replace(engine.ask("Birch"), nearest=())
    assert "No sources." in words(sources_html([Turn("q", answer)]))


def test_before_the_first_answer_the_panel_explains_itself() -> None:
    assert sources_html([]) == sources.empty_html()
    assert sources_html([Turn("q")]) == sources.empty_html()


def test_markup_in_a_document_is_shown_as_text_in_its_card(engine: FakeEngine) -> None:
    plain = tags(sources_html([Turn("q", engine.ask("sales"))]))
    for text in HOSTILE:
        doc = document("f.txt", f"{text}\nmore\n", title=text, companies=(text,), published=text)
        citation = cite(doc, text, ("heading", "more"), section=(text,), label=text)
        answer = replace(engine.ask("sales"), question=text, points=(Point("", "", (citation,)),))
        shown = sources_html([Turn(text, answer)])
        assert tags(shown) <= plain
        assert set(marked(shown)) == {text}
