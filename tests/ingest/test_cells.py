"""Rows taken apart with places, and the numbers that cells print."""

from decimal import Decimal

import pytest

from askretail_ingest.cells import beside_shares, cells, figures, in_columns, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,203", "1203"),
        ("$ 16,865.2", "16865.2"),
        ("(582)", "-582"),
        ("$ (10,192)", "-10192"),
        ("$(2,722)", "-2722"),
        ("-4.1", "-4.1"),
        ("—", "0"),
        ("$ —", "0"),
        ("-", "0"),
        ("(4.5)%", "-4.5"),
        ("12.9%", "12.9"),
        ("$3.9 billion", "3900000000.0"),
        (".5", "0.5"),
    ],
)
def test_a_cell_is_worth_what_it_prints(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["n/a", "see note 4", "2017 and 2016", ""])
def test_words_are_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    "row",
    [
        "Inventories 11,461 16,047",
        "Net income $ 596 $ 2,371 $ 3,033",
        "Net sales | $46,309 | $51,362 | $51,217",
        "  Dividends paid (505) (499) —",
    ],
)
def test_every_cell_stands_at_its_place(row: str) -> None:
    text = f"Title\n{row}\n"
    found = cells(row, text.index(row))
    assert len(found) > 2
    assert [text[cell.start : cell.end] for cell in found] == [cell.text for cell in found]


def test_a_bracket_opened_in_the_label_closes_there() -> None:
    row = "Trade receivables (net of $33 in 2019 and $24 in 2018) 1,973 2,129"
    label, *rest = (cell.text for cell in cells(row))
    assert label == "Trade receivables (net of $33 in 2019 and $24 in 2018)"
    assert rest == ["1,973", "2,129"]


def test_a_line_of_figures_alone_has_no_label() -> None:
    assert [cell.text for cell in figures("27,194 26,532")] == ["27,194", "26,532"]
    assert figures("Total 27,194 26,532") == ()


@pytest.mark.parametrize(
    ("row", "columns", "kept"),
    [
        ("Net sales $ 2,529 100.0% $ 2,297 100.0%", 2, ["$ 2,529", "$ 2,297"]),
        ("Net revenue (1) 7,908 7,654", 2, ["7,908", "7,654"]),
        ("Basic net income $ 0.29 3 $ 1.51 $ 1.69", 3, []),  # the mark follows the first figure
        ("Goodwill 425", 2, []),  # which column is empty is not told
        ("Net sales | $ 5 | | 4", 2, ["$ 5", "4"]),
    ],
)
def test_figures_stand_in_columns_or_nowhere(row: str, columns: int, kept: list[str]) -> None:
    assert [cell.text for cell in in_columns(cells(row)[1:], columns)] == kept


def test_amounts_stand_beside_shares_without_a_sign() -> None:
    row = cells("Cost of sales | 57,533 | 66.61 | 64,802 | 66.77")[1:]
    assert [cell.text for cell in beside_shares(row, 2)] == ["57,533", "64,802"]
    assert beside_shares(cells("Stores | 5 | 4 | 3 | 2")[1:], 2) == ()
