"""Coverage at a glance: companies by period."""

import html
import re

from askretail_ingest.nouns import Document, Period
from askretail_ui.coverage import MOST_ROWS, WIDE, grid_html, kinds

from .fake import document
from .test_render import HOSTILE, tags, words


def made(company: str, year: int, kind: str = "10-K", quarter: int | None = None) -> Document:
    text = f"{company} {year} {kind} {quarter}\nb\n"
    companies = (company,) if company else ()
    period = Period(year, quarter) if year else None
    return document(text[:-3], text, companies=companies, period=period, doc_type=kind)


def grid(documents: list[Document]) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", grid_html(documents))
    cut = [re.sub(r'<span class="ar-hidden">.*?</span>', "", row) for row in rows]
    spaced = [row.replace("</span><span>", " | ") for row in cut]
    return [[words(c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in spaced]


def test_each_cell_names_the_types_and_a_year_between_others_is_a_gap() -> None:
    documents = [
        made("Oakmart", 2020),
        made("Oakmart", 2022, "8-K"),
        made("Oakmart", 2022),
        made("Elm Stores", 2021, "10-Q", 1),
    ]
    assert grid(documents) == [
        ["Company", "FY2020", "FY2021", "FY2022"],
        ["Elm Stores", "", "10-Q Q1", ""],
        ["Oakmart", "10-K", "gap", "10-K | 8-K"],
    ]
    summary = words(re.findall(r"<summary>(.*?)</summary>", grid_html(documents))[0])
    assert summary == "Coverage 2 companies, FY2020–FY2022, 1 gap"


def test_documents_without_period_or_company_have_a_column_and_a_row_of_their_own() -> None:
    assert grid([made("Oakmart", 2022), made("Oakmart", 0, "news"), made("", 0, "brief")]) == [
        ["Company", "FY2022", "No period"],
        ["Oakmart", "10-K", "news"],
        ["No company", "", "brief"],
    ]


def test_a_document_about_two_companies_stands_in_both_rows() -> None:
    both = document("b.txt", "a\nb\n", companies=("Elm", "Oak"), doc_type="news")
    assert grid([both])[1:] == [["Elm", "news"], ["Oak", "news"]]


def test_quarters_are_listed_and_equal_types_counted() -> None:
    def quarters(*numbers: int) -> list[Document]:
        return [made("Oak", 2022, "10-Q", number) for number in numbers]

    assert kinds(quarters(3, 1)) == ["10-Q Q1 Q3"]
    assert kinds(quarters(1, 2, 3)) == ["10-Q Q1–Q3"]
    assert kinds([made("Oak", 2022, "news"), made("Oak", 2022, "news")]) == ["news ×2"]
    assert kinds([made("Oak", 2022, "news"), made("Oak", 2022)]) == ["10-K", "news"]


def test_a_span_of_many_years_shows_those_it_has() -> None:
    far = [made("Oak", 2000), made("Oak", 2000 + WIDE)]
    assert grid(far)[0] == ["Company", "FY2000", f"FY{2000 + WIDE}"]
    near = [made("Oak", 2000), made("Oak", 2000 + WIDE - 1)]
    assert len(grid(near)[0]) == 1 + WIDE


def test_a_cell_finds_its_documents_in_the_list() -> None:
    found = re.findall(r'data-wanted="([^"]*)"', grid_html([made("Oak & Elm", 2022)]))
    assert [html.unescape(one) for one in found] == ["Oak & Elm FY2022"]


def test_companies_beyond_the_listed_ones_are_counted() -> None:
    documents = [made(f"Shop {n:03}", 2022) for n in range(MOST_ROWS + 1)]
    assert words(grid_html(documents)).endswith("and 1 more company")
    assert len(grid(documents)) == 1 + MOST_ROWS


def test_an_empty_library_has_no_grid() -> None:
    assert grid_html(()) == ""


def test_markup_in_a_company_is_shown_as_text() -> None:
    plain = tags(grid_html([made("Oakmart", 2022)]))
    for text in HOSTILE:
        shown = grid_html([made(text, 2022)])
        assert tags(shown) == plain
        # the row, its cell's search, and the words for screen readers
        assert html.unescape(shown).count(text) == 3
