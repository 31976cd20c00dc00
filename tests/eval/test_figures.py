"""When a value counts as right: it rounds to the gold."""

from dataclasses import replace
from decimal import Decimal

import pytest

from askretail.nouns import Answer, Figure, Point
from askretail_eval.figures import Gold, agrees, measured, shipped, verdict

from .made import answer


def figure(value: str) -> Figure:
    return Figure("x", "FY2020", Decimal(value), value, "")


def showing(*values: str) -> Answer:
    return replace(answer("?"), points=(Point("", "", (), tuple(map(figure, values))),))


@pytest.mark.parametrize(
    ("value", "gold", "right"),
    [
        ("93.858", "93.86", True),
        ("93.84", "93.86", False),
        ("3215.4", "$3215.00", True),  # rounded to whole millions
        ("3216", "$3215.00", False),
        ("4.625", "$4.60", True),
        ("4.66", "$4.60", False),
        ("0.01425", "0.01", True),
        ("-3.7013", "-3.7", True),
        ("3.7", "-3.7", False),
        ("-1.14", "−1.1 percentage points", True),
        ("56511", "$56,511 million", True),
        ("16.524", "16.5%", True),
    ],
)
def test_a_value_is_right_to_the_rounding_of_the_gold(value: str, gold: str, right: bool) -> None:
    assert agrees(figure(value), gold) is right


def test_the_first_value_counts_and_none_is_not_wrong() -> None:
    assert verdict(showing("5", "7"), "5") == "right"
    assert verdict(showing("7", "5"), "5") == "wrong"
    assert verdict(showing("5"), "") == "wrong"  # nothing can be told, and something is
    assert verdict(answer("?"), "5") == "none"


def test_a_row_has_the_share_of_each_verdict() -> None:
    said = {"a": showing("5"), "b": showing("6"), "c": answer("?")}
    row = measured("set", [Gold(name, "5") for name in said], said.__getitem__)
    assert [cell.split()[0] for cell in row] == ["set", "3", ".33", ".33", ".33"]


def test_the_shipped_questions_ask_for_values_and_for_what_has_none() -> None:
    answerable, others = shipped()
    assert (len(answerable), len(others)) == (36, 19)
    assert len({gold.question for gold in (*answerable, *others)}) == 55
