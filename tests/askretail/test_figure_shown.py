"""How a value is shown: rounded as asked, else as filings print such values."""

from decimal import Decimal

import pytest

from askretail.figure_shown import settle, show
from askretail.figure_wishes import Wishes, take_wishes

MILLION = Decimal(10) ** 6
NONE = Wishes()


def shown(value: str, unit: str, wishes: Wishes = NONE, places: int = 0) -> tuple[str, str]:
    found = show(Decimal(value), unit, wishes, MILLION, "$", places)
    return found.text, found.unit


@pytest.mark.parametrize(
    ("value", "unit", "wishes", "expected"),
    [
        ("16525000000", "money", NONE, ("$16,525 million", "$ million")),
        ("4625000000", "money", Wishes(scale=MILLION * 1000), ("$4.63 billion", "$ billion")),
        ("-2722000000", "money", NONE, ("−$2,722 million", "$ million")),
        (
            "4625000000",
            "money",
            Wishes(decimals=1, scale=MILLION * 1000),
            ("$4.6 billion", "$ billion"),
        ),
        ("0.1652", "percent", NONE, ("16.5%", "%")),
        ("0.1652", "percent", Wishes(decimals=2), ("16.52%", "%")),
        ("3.4559", "ratio", NONE, ("3.46", "ratio")),
        ("0.01425", "ratio", NONE, ("0.0143", "ratio")),  # two decimals would leave one digit
        ("0.01425", "ratio", Wishes(decimals=2), ("0.01", "ratio")),
        ("93.858", "days", NONE, ("93.9 days", "days")),
        ("-1.14", "points", NONE, ("−1.1 percentage points", "percentage points")),
        ("6.15", "each", NONE, ("$6.15", "$ a share")),
    ],
)
def test_a_value_is_shown_with_its_unit(
    value: str, unit: str, wishes: Wishes, expected: tuple[str, str]
) -> None:
    assert shown(value, unit, wishes) == expected


def test_an_amount_has_the_decimals_of_the_cells() -> None:
    assert shown("3215400000", "money", places=1) == ("$3,215.4 million", "$ million")


def test_a_share_is_a_percent_unless_decimals_are_asked_for() -> None:
    assert settle("share", NONE) == "percent"
    assert settle("share", Wishes(decimals=2)) == "ratio"
    assert settle("share", Wishes(decimals=2, percent=True)) == "percent"


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("round your answer to two decimal places", Wishes(decimals=2)),
        ("rounded to one decimal", Wishes(decimals=1)),
        ("(in usd billions)", Wishes(scale=Decimal(10) ** 9)),
        ("answer in usd millions", Wishes(scale=MILLION)),
        ("in units of percents and round to one decimal place", Wishes(1, None, True)),
        ("capex as a % of revenue", NONE),
    ],
)
def test_wishes_are_read_from_the_question(text: str, wishes: Wishes) -> None:
    left, found = take_wishes(text)
    assert found == wishes
    assert len(left) == len(text)
