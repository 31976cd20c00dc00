"""Statements read from the text of a document: titles, units, columns, rows."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askretail.books import choose
from askretail.figure_data import lines
from askretail.statement import Statement, fold_caption, statements_of
from askretail_ingest.nouns import Document, Period

from .made import document

INCOME = """Oakmart Inc.
Consolidated Statements of Income
Fiscal Years Ended January 31,
(Amounts in millions, except per share data) 2022 2021
Revenues:
Net sales $ 1,000 $ 900
Membership and other income 10 9
Total revenues 1,010 909
Cost of sales 750 680
Operating income (loss) 60 (20)
Net income attributable to
Oakmart 44 (30)
Net income per common share:
Basic $ 1.10 $ (0.75)
Diluted 1.08 (0.75)
See accompanying notes.
Total revenues 1 2
"""
BALANCE = """Condensed Consolidated Balance Sheets (unaudited)
(in thousands)
January 31, 2022 January 31, 2021
Accounts receivable, net 5 —
TOTAL CURRENT ASSETS
300 280
Goodwill 7
"""


def filing(text: str) -> Document:
    made = document(text, "Oakmart", year=2022)
    return replace(made, metadata=replace(made.metadata, period=Period(2022, end="2022-01-31")))


def read(text: str) -> dict[str, list[str]]:
    """Return the cells of each row of the one statement of a text."""
    (statement,) = statements_of(filing(text))
    return {row.caption: [str(cell.value) for cell in row.cells] for row in statement.rows}


def test_a_statement_has_its_page_unit_mark_and_columns() -> None:
    text = f"A page of prose.\f{INCOME}\f{BALANCE}"
    income, balance = statements_of(filing(text))
    assert (income.kind, income.page, income.scale, income.mark) == (
        "income statement",
        2,
        Decimal(10) ** 6,
        "$",
    )
    assert [(c.year, c.span) for c in income.columns] == [(2022, "year"), (2021, "year")]
    assert (balance.kind, balance.page, balance.scale) == ("balance sheet", 3, Decimal(1000))
    assert [(c.year, c.end) for c in balance.columns] == [
        (2022, "2022-01-31"),
        (2021, "2021-01-31"),
    ]


def test_rows_end_with_the_statement_and_carry_their_signs() -> None:
    rows = read(INCOME)
    assert rows["total revenues"] == ["1010", "909"]
    assert rows["operating income"] == ["60", "-20"]


def test_a_share_of_sales_beside_each_amount_is_passed_over() -> None:
    text = """Consolidated Statements of Earnings
(In millions)
Fiscal Years Ended
January 31, 2022 | January 31, 2021
Current Earnings | Amount | % Sales | Amount | % Sales
Net sales | $86,377 | 100.00% | $97,059 | 100.00%
Cost of sales | 57,533 | 66.61 | 64,802 | 66.77
"""
    assert read(text) == {"net sales": ["86377", "97059"], "cost of sales": ["57533", "64802"]}


def test_a_caption_broken_over_two_lines_is_one_row() -> None:
    (statement,) = statements_of(filing(INCOME))
    row = next(row for row in statement.rows if row.caption.endswith("attributable to oakmart"))
    assert filing(INCOME).text[row.start : row.end] == "Net income attributable to\nOakmart 44 (30)"
    assert read(BALANCE)["total current assets"] == ["300", "280"]


def test_a_row_with_too_few_figures_is_left_out() -> None:
    assert "goodwill" not in read(BALANCE)
    assert read(BALANCE)["accounts receivable net"] == ["5", "0"]


def test_every_cell_is_a_slice_of_the_document() -> None:
    of = filing(f"{INCOME}\f{BALANCE}")
    cells = [c for s in statements_of(of) for row in s.rows for c in row.cells]
    assert len(cells) == 20
    assert all(of.text[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize(
    "title",
    [
        "Condensed Consolidating Statements of Income",
        "Consolidated Statements of Comprehensive Income",
        "Analysis of Consolidated Statements of Income",
        "Consolidated Statements of Income | 39",
        "Certain Consolidated Statements of Income amounts are as follows:",
        "Notes to the Consolidated Statements of Income",
    ],
)
def test_what_only_looks_like_a_title_heads_no_statement(title: str) -> None:
    assert statements_of(filing(INCOME.replace("Consolidated Statements of Income", title))) == ()


@pytest.mark.parametrize(
    "title",
    [
        "OAKMART, INC. CONSOLIDATED STATEMENTS OF INCOME (unaudited)",
        "Consolidated Statement of Earnings",
        "Consolidated Statements of Operations and Comprehensive Income",
        "CONSOLIDATED STATEMENTS OF INCOME (dollars in millions, except per share data)",
    ],
)
def test_titles_differ_from_filer_to_filer(title: str) -> None:
    (found,) = statements_of(filing(INCOME.replace("Consolidated Statements of Income", title)))
    assert found.kind == "income statement"


def test_a_statement_without_a_unit_is_in_doubt() -> None:
    assert statements_of(filing(BALANCE.replace("(in thousands)\n", ""))) == ()


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Property, plant and equipment — net", "property plant and equipment net"),
        (
            "Net cash provided by/(used for) operating activities",
            "net cash provided by operating activities",
        ),
        ("Shareholders’ equity (Note 4)", "shareholders' equity"),
        ("BASIC NET INCOME PER SHARE 1", "basic net income per share"),
    ],
)
def test_captions_are_compared_without_marks_and_brackets(printed: str, folded: str) -> None:
    assert fold_caption(printed) == folded


def chosen(line: str, statement: Statement) -> list[str]:
    row = choose(lines()[line], statement.rows, (0,))
    return [] if row is None else [cell.text for cell in row.cells]


def test_revenue_is_the_total_and_net_sales_are_the_sales() -> None:
    (income,) = statements_of(filing(INCOME))
    assert chosen("revenue", income) == ["1,010", "909"]
    assert chosen("net sales", income) == ["$ 1,000", "$ 900"]


def test_earnings_a_share_are_no_net_income() -> None:
    (income,) = statements_of(filing(INCOME))
    assert chosen("net income", income) == ["44", "(30)"]
    assert chosen("diluted earnings per share", income) == ["1.08", "(0.75)"]


def test_two_rows_of_one_caption_that_differ_leave_a_doubt() -> None:
    (income,) = statements_of(
        filing(INCOME.replace("Operating income", "Cost of sales 1 2\nOther"))
    )
    assert chosen("cost of sales", income) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([*INCOME.split("\n"), *BALANCE.split("\n"), "1 " * 400 + "x", "| |"]),
            st.text(max_size=80),
        ),
        max_size=30,
    )
)
def test_any_text_is_read_or_left_alone(pieces: list[str]) -> None:
    of = filing("\n".join(pieces) or "x")
    for statement in statements_of(of):
        for row in statement.rows:
            assert len(row.cells) == len(statement.columns)
            assert all(of.text[cell.start : cell.end] == cell.text for cell in row.cells)
