"""The periods that a question asks for."""

import re
from dataclasses import dataclass

from askretail.nouns import Asked

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_QUARTER = r"(?:q([1-4])|(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter|([1-4])q)"
_QUARTER_YEAR = re.compile(
    rf"\b{_QUARTER}\s*(?:,|of|for|in|the)*\s*(?:the\s+)?(?:fy|fiscal(?:\s+year)?)?"
    r"\s*['’]?((?:19|20)\d\d|\d\d)\b",
    re.IGNORECASE,
)
_YEAR_QUARTER = re.compile(rf"\b(?:fy)?\s*((?:19|20)\d\d)[\s-]*{_QUARTER}\b", re.IGNORECASE)
_FISCAL = re.compile(
    r"\b(?:fy|fiscal(?:\s+years?)?)[\s-]*['’]?((?:19|20)\d\d|\d\d)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"(?<![\d$.,/])\b((?:19|20)\d\d)\b(?![\d%]|,\d)")
_SPLIT = re.compile(r"\b((?:19|20)\d\d)\s*/\s*(\d\d)\b")
_RANGE = re.compile(
    r"\b(?:fy|fiscal(?:\s+years?)?)?\s*((?:19|20)\d\d)\s*(?:-|–|—|to|through|until|till)\s*"
    r"(?:fy|fiscal(?:\s+year)?)?\s*((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
MAX_RANGE = 10  # years; a longer range names its ends only
FIRST_YEAR, LAST_YEAR = 1990, 2049


@dataclass(frozen=True, slots=True)
class Dated:
    """A period asked for at ``[start, end)`` of the question."""

    period: Asked
    start: int
    end: int


def find_periods(question: str) -> tuple[Dated, ...]:
    """Return the periods named, in order of appearance; a range gives each of its years."""
    taken: list[tuple[int, int]] = []
    found: list[Dated] = []

    def take(start: int, end: int, *periods: Asked) -> None:
        if all(end <= s or start >= e for s, e in taken):
            taken.append((start, end))
            found.extend(Dated(p, start, end) for p in periods if _plausible(p.year))

    for match in _QUARTER_YEAR.finditer(question):
        quarter = _quarter(match.group(1), match.group(2), match.group(3))
        take(*match.span(), Asked(_full_year(match.group(4)), quarter))
    for match in _YEAR_QUARTER.finditer(question):
        quarter = _quarter(match.group(2), match.group(3), match.group(4))
        take(*match.span(), Asked(_full_year(match.group(1)), quarter))
    for match in _RANGE.finditer(question):
        take(*match.span(), *_years(int(match.group(1)), int(match.group(2))))
    for match in _SPLIT.finditer(question):
        first = int(match.group(1))
        take(*match.span(), Asked(first), Asked(first + 1))
    for pattern in (_FISCAL, _PLAIN):
        for match in pattern.finditer(question):
            take(*match.span(), Asked(_full_year(match.group(1))))
    return tuple(sorted(found, key=lambda d: (d.start, d.period.year)))


def asked_periods(question: str) -> tuple[Asked, ...]:
    """Return the distinct periods of a question, in order of appearance."""
    return tuple(dict.fromkeys(dated.period for dated in find_periods(question)))


def _quarter(digit: str | None, word: str | None, other: str | None) -> int:
    return int(digit or other or 0) or _ORDINALS[(word or "").lower()]


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _plausible(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _years(first: int, last: int) -> list[Asked]:
    if not 0 < last - first <= MAX_RANGE:
        return [Asked(first), Asked(last)]
    return [Asked(year) for year in range(first, last + 1)]
