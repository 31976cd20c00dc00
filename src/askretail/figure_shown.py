"""A worked-out value as a reader sees it: rounded, with its unit."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from askretail.figure_wishes import Wishes

_NAMES = {Decimal(10) ** 3: "thousand", Decimal(10) ** 6: "million", Decimal(10) ** 9: "billion"}
DECIMALS = {"percent": 1, "points": 1, "ratio": 2, "days": 1, "each": 2}  # unless asked otherwise
LARGER = 2  # decimals of an amount that is asked for in a larger unit than the statement's
DIGITS = 3  # that a ratio below 0.1 shows at least


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in the unit that it is shown in, the words for it, and that unit."""

    value: Decimal
    text: str
    unit: str


def show(
    value: Decimal, unit: str, wishes: Wishes, scale: Decimal, mark: str, places: int
) -> Shown:
    """Return a value as asked for, else as filings print such values.

    ``scale``, ``mark`` and ``places`` are the statement's own: dollars of one unit, "$" where it
    is printed, decimals.
    """
    if unit == "money":
        return _money(value, wishes, scale, mark, places)
    if unit == "each":
        return Shown(
            value, _signed(value, _decimals(unit, value, wishes), mark), f"{mark} a share".strip()
        )
    if unit == "percent":
        value *= 100
    text = _signed(value, _decimals(unit, value, wishes), "")
    return {
        "percent": lambda: Shown(value, f"{text}%", "%"),
        "points": lambda: Shown(value, f"{text} percentage points", "percentage points"),
        "days": lambda: Shown(value, f"{text} days", "days"),
    }.get(unit, lambda: Shown(value, text, "ratio"))()


def settle(unit: str, wishes: Wishes) -> str:
    """Return the unit that a value is shown in: a share is a percent unless decimals are asked."""
    if unit == "share":
        return "ratio" if wishes.decimals is not None and not wishes.percent else "percent"
    return "percent" if unit == "ratio" and wishes.percent else unit


def _money(value: Decimal, wishes: Wishes, scale: Decimal, mark: str, places: int) -> Shown:
    one = wishes.scale or scale
    amount = value / one
    if wishes.decimals is not None and not wishes.percent:
        places = wishes.decimals
    elif one > scale:
        places = LARGER
    unit = " ".join(part for part in (mark, _NAMES.get(one, "")) if part)
    return Shown(amount, f"{_signed(amount, places, mark)} {_NAMES.get(one, '')}".strip(), unit)


def _decimals(unit: str, value: Decimal, wishes: Wishes) -> int:
    if wishes.decimals is not None:
        return wishes.decimals
    if unit == "ratio" and value and abs(value) < Decimal("0.1"):
        return DIGITS - 1 - value.adjusted()
    return DECIMALS.get(unit, 2)


def _signed(value: Decimal, places: int, mark: str) -> str:
    """Return a number with its sign in front of the mark: "−$1,234.5"."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{'−' if rounded < 0 else ''}{mark}{abs(rounded):,.{places}f}"
