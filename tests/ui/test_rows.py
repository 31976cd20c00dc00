"""Rows of tables taken apart: labels, figures, heads and the rows next to them."""

import pytest

from askretail import rows

from .fake import OAKMART, cite, document

TABLE = """Notes
Table 4. Net sales by segment
(in millions)
Fiscal years ended January 31, 2022 2021
Stores $ 612 $ 586
Online 80 60
Wholesale (7) 5
Total 685 651
Prices held.
"""
DOCUMENT = document("t.txt", TABLE)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Net sales $ 12,400 $ 11,800", ("Net sales", "$ 12,400", "$ 11,800")),
        ("Purchases of property (610) (540)", ("Purchases of property", "(610)", "(540)")),
        ("Gross margin 24.8 % 24.1 %", ("Gross margin", "24.8 %", "24.1 %")),
        ("Interest — 12", ("Interest", "—", "12")),
        ("Loss $ — 5", ("Loss", "$ —", "5")),
        ("Change -4.1% (2.5)%", ("Change", "-4.1%", "(2.5)%")),
        ("Loss $ (5) $ -", ("Loss", "$ (5)", "$ -")),
        ("Sam's Club | $84,345 | $73,556", ("Sam's Club", "$84,345", "$73,556")),
        (
            "Capital spending $13.1 billion $10.3 billion",
            ("Capital spending", "$13.1 billion", "$10.3 billion"),
        ),
        ("Shares, basic n/a 2,817", ("Shares, basic", "n/a", "2,817")),
        ("Prices held in every town.", ("Prices held in every town.",)),
        ("2022", ("2022",)),
    ],
)
def test_a_row_parts_into_its_label_and_its_figures(row: str, expected: tuple[str, ...]) -> None:
    assert rows.cells(row) == expected
    assert "".join("".join(expected).split()) == "".join(row.replace("|", "").split())


def test_figures_beyond_the_columns_belong_to_the_label() -> None:
    assert rows.cells("Accrued wages (1) 7,908 7,654", columns=2) == (
        "Accrued wages (1)",
        "7,908",
        "7,654",
    )


@pytest.mark.parametrize(
    ("line", "columns", "expected"),
    [
        ("Segment FY2022 FY2023", 2, ("Segment", "FY2022", "FY2023")),
        ("2022 2021", 2, ("", "2022", "2021")),
        (
            "(in millions) January 31, 2022 January 31, 2021",
            2,
            ("(in millions)", "January 31, 2022", "January 31, 2021"),
        ),
        ("Segment | Sales | Change", 2, ("Segment", "Sales", "Change")),
        ("Sales | Change", 2, ("", "Sales", "Change")),
        ("Sales | Change", 3, ()),
        ("2022 2021 2020", 2, ()),
        ("Segment Sales Share", 2, ()),
    ],
)
def test_heads_are_told_apart_only_when_they_fit_the_columns(
    line: str, columns: int, expected: tuple[str, ...]
) -> None:
    assert rows.heads(line, columns) == expected


def test_a_quote_is_a_row_by_its_bars_or_its_heads() -> None:
    header = ("header", "Fiscal years ended January 31, 2022 2021")
    assert rows.is_row(cite(DOCUMENT, "Online 80 60", header))
    assert rows.is_row(cite(DOCUMENT, "Online 80 60", ("unit", "(in millions)")))
    assert not rows.is_row(cite(DOCUMENT, "Online 80 60", ("title", "Notes")))
    assert rows.is_row(cite(document("p.txt", "one\na | b\n"), "a | b"))


def test_the_caption_says_the_unit_once() -> None:
    title, unit = ("title", "Table 4. Net sales by segment"), ("unit", "(in millions)")
    assert rows.caption(cite(DOCUMENT, "Online 80 60", title, unit)) == (
        "Table 4. Net sales by segment (in millions)"
    )
    told = document("t.txt", "one\nNet sales (in millions)\n(in millions)\nOnline 80 60\n")
    assert rows.caption(cite(told, "Online 80 60", ("title", "Net sales (in millions)"), unit)) == (
        "Net sales (in millions)"
    )


def test_a_paragraph_above_the_table_is_no_caption() -> None:
    long = "A sentence that stands above the table and goes on. " * 4
    doc = document("t.txt", f"one\n{long}\nOnline 80 60\n")
    assert rows.caption(cite(doc, "Online 80 60", ("title", long))) == ""


def test_the_rows_next_to_a_quote_are_those_of_its_table_in_the_order_of_the_page() -> None:
    header = ("header", "Fiscal years ended January 31, 2022 2021")
    assert rows.near_rows(cite(DOCUMENT, "Online 80 60", header)) == (
        ("Stores $ 612 $ 586",),
        ("Wholesale (7) 5", "Total 685 651"),
    )
    assert rows.near_rows(cite(DOCUMENT, "Total 685 651", header)) == (
        ("Online 80 60", "Wholesale (7) 5"),
        (),
    )


def test_rows_of_another_page_are_not_next_to_a_quote() -> None:
    doc = document("t.txt", "Stores 612 586\nOnline 80 60\nTotal 692 646\n")
    online = cite(doc, "Online 80 60", ("unit", "Total 692 646"))
    assert rows.near_rows(online) == ((), ())


def test_a_line_of_years_above_stands_in_for_missing_heads() -> None:
    doc = document("t.txt", "Notes\nSegment 2022 2021\nOnline 80 60\nOther 1 2\n")
    assert rows.head_lines(cite(doc, "Online 80 60")) == ("Segment 2022 2021",)
    assert rows.head_lines(cite(doc, "Other 1 2")) == ("Segment 2022 2021",)
    assert rows.near_rows(cite(doc, "Other 1 2")) == (("Online 80 60",), ())
    assert rows.head_lines(cite(document("u.txt", "A\nB 1 2\nC 3 4\n"), "C 3 4")) == ()


def test_given_heads_stand_in_the_order_of_the_page() -> None:
    lines = [("header", "Fiscal years ended January 31, 2022 2021"), ("header", "(in millions)")]
    assert rows.head_lines(cite(DOCUMENT, "Online 80 60", *lines)) == (
        "(in millions)",
        "Fiscal years ended January 31, 2022 2021",
    )


def test_two_rows_are_of_one_table_when_document_title_unit_and_heads_agree() -> None:
    header = ("header", "Fiscal years ended January 31, 2022 2021")
    stores, online = (cite(DOCUMENT, q, header) for q in ("Stores $ 612 $ 586", "Online 80 60"))
    assert rows.same_table(stores, online)
    assert not rows.same_table(stores, cite(DOCUMENT, "Online 80 60", ("unit", "(in millions)")))
    elsewhere = cite(OAKMART, "Net sales $ 12,400 $ 11,800", header)
    assert not rows.same_table(stores, elsewhere)
