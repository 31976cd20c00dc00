"""The figures of an answer in words, and whether a printed value is one of them."""

import re
from dataclasses import dataclass

SCALES = (1e-9, 1e-6, 1e-3, 1.0, 1e3, 1e6, 1e9)  # "$1.8 bn" is 1,824 in a table of millions
PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FIGURE = re.compile(
    r"(?<![\w.,])(?P<sign>[$€£]?)\s?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?!\w|[.,]\d)\s?"
    r"(?P<unit>bn\b|[mb]illion)?"
)
_LISTED = re.compile(r"\(\d{1,2}\)(?=\s)")  # the number of a list
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure of an answer, zeros at the end of its decimals not counted."""

    value: float
    within: float  # what rounds to it
    money: bool  # in whatever unit a table prints

    def is_given(self, value: float) -> bool:
        """Return whether a value is this figure, its sign aside."""
        scales = SCALES if self.money else (1.0,)
        return any(abs(abs(value) * scale - self.value) <= self.within for scale in scales)


def gold_figures(answer: str) -> list[GoldFigure]:
    """Return the figures of an answer in order, years and numbers of a list apart.

    >>> gold_figures("Yes, (1) by ~1.32%, to $1.80 bn in 2022")[1]
    GoldFigure(value=1.8, within=0.05, money=True)
    """
    found = []
    for match in _FIGURE.finditer(_LISTED.sub("", answer)):
        part = (match["part"] or "").rstrip("0")
        if not part and not match["sign"] and _YEAR.fullmatch(match["whole"]):
            continue
        value = float(f"{match['whole'].replace(',', '')}.{part or '0'}")
        money = bool(match["sign"] or match["unit"])
        found.append(GoldFigure(value, 0.5 * 10.0 ** -len(part), money))
    return found
