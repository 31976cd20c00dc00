"""The periods that a question names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from askretail.nouns import Asked

MAX_RANGE = 10  # years; a longer range names its ends only
FIRST_YEAR, LAST_YEAR = 1990, 2049

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_Q = (
    r"(?:(?:q\s?|quarter\s+)([1-4])|([1-4])q"
    r"|(first|second|third|fourth|final)[\s-]+(?:fiscal\s+)?quarter)"
)
_FY = r"(?:fy|fiscal(?:\s+years?)?)"
_YEAR = r"(?:19|20)\d\d"
_TO = r"\s*(?:-|–|—|to|through|thru|until|till)\s*"
_JOIN = r"(?:\s*(?:,|and|&|or|vs\.?|-|–|to|through)\s*)+"

# Each pattern, the more specific first; what one takes the later ones leave alone.
_QUARTERS_YEAR = re.compile(  # "Q1 and Q2 of fiscal 2024", "q2 fy24", "2Q23", "Q2'23"
    rf"\b((?:{_Q}{_JOIN})*{_Q})(?:\s*,?\s*(?:(?:of|for|in|the)\s+)*{_FY}?[\s-]*['’]?({_YEAR})\b"
    rf"|\s*{_FY}[\s-]*['’]?(\d\d)\b|(?:\s+of)?\s*['’](\d\d)\b|\s?(\d\d)\b(?!\s*%|[.,]\d))",
    re.I,
)
_YEAR_QUARTERS = re.compile(  # "FY2023Q1", "2023's second quarter", "fy24 q1 and q2"
    rf"\b(?:{_FY}[\s-]*)?['’]?({_YEAR}|(?<=fy)\d\d|(?<=fy\s)\d\d)(?:['’]s)?[\s,-]*"
    rf"((?:{_Q}{_JOIN})*{_Q})\b",
    re.I,
)
_RANGE = re.compile(
    rf"(?<![\d$€£.,/])\b(?:cy|{_FY})?[\s-]*['’]?({_YEAR}){_TO}(?:cy|{_FY})?[\s-]*['’]?({_YEAR}|\d\d)\b"
    r"(?![\d%]|[.,]\d)",
    re.I,
)
_SHORT_RANGE = re.compile(rf"\b{_FY}[\s-]*['’]?(\d\d){_TO}{_FY}?[\s-]*['’]?(\d\d)\b", re.I)
_BETWEEN = re.compile(
    rf"\bbetween\s+{_FY}?[\s-]*({_YEAR}|(?<=fy)\d\d)\s+and\s+{_FY}?[\s-]*({_YEAR}|(?<=fy)\d\d)\b",
    re.I,
)
_SPLIT = re.compile(rf"\b(?:{_FY}\s*)?({_YEAR})\s*/\s*({_YEAR}|\d\d)\b(?!/)", re.I)
_SHORT_SPLIT = re.compile(rf"\b{_FY}\s*(\d\d)\s*/\s*(\d\d)\b", re.I)
_FISCAL = re.compile(
    rf"\b{_FY}[\s-]*['’]?({_YEAR}|\d\d)\b(?!-?\s*weeks?)((?:{_JOIN}['’]?(?:{_YEAR}|\d\d)\b(?!\s*%|[.,]\d))*)",
    re.I,
)
_CALENDAR = re.compile(rf"\bcy\s*['’]?({_YEAR}|\d\d)\b", re.I)
_SHORT = re.compile(r"(?<![\w'’])['’](\d\d)(?![\w'’])")
_PLAIN = re.compile(rf"(?<![\d$€£.,/])\b({_YEAR})\b(?![\d%]|,\d)", re.I)
# What follows a number that counts something and is no year.
_COUNTED = re.compile(
    r"\s*(?:-|\+)?\s*(?:stores?|shops?|locations?|clubs?|warehouses?|employees|people|jobs|workers|"
    r"associates|staff|units|items|products|brands|sku?s|square|sq|miles|basis|bps|million|billion|"
    r"thousand|dollars|usd|shares|points|members|customers|countries|pounds|tons|tonnes|mw|clinics|"
    r"robots|vans|trucks|suppliers|vendors|sellers|restaurants|roles|positions)\b",
    re.I,
)
_YEAR_BEFORE = re.compile(r"\b(?:in|of|for|since|during|from|end|fiscal|year)\s+$", re.I)
_LAW = re.compile(r"\b(?:act|law|regulation|directive|code)\s+of\s+$", re.I)
# A year in view of which something is planned: a horizon, not a period reported on.
_BY = re.compile(r"\b(?:by|before|until)\s+(?:the\s+)?(?:(?:end|close|start)\s+of\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class Dated:
    """A period asked for at ``[start, end)`` of the question."""

    period: Asked
    start: int
    end: int
    fiscal: bool = False  # called a fiscal year or a quarter, so a period for certain
    horizon: bool = False  # "by 2030": perhaps what a plan looks ahead to


def find_periods(question: str) -> tuple[Dated, ...]:
    """Return the periods named, in order of appearance; a range gives each of its years."""
    taken: list[tuple[int, int]] = []
    found: list[Dated] = []
    for dated in (*_quarters(question), *_ranges(question), *_years(question)):
        place = (dated.start, dated.end)
        if place not in taken and any(place[0] < e and place[1] > s for s, e in taken):
            continue
        taken.append(place)
        if FIRST_YEAR <= dated.period.year <= LAST_YEAR:
            found.append(dated)
    return tuple(sorted(dict.fromkeys(found), key=_order))


def asked_periods(question: str) -> tuple[Asked, ...]:
    """Return the distinct periods of a question, in order of appearance."""
    return tuple(dict.fromkeys(dated.period for dated in find_periods(question)))


def _order(dated: Dated) -> tuple[int, int, int]:
    return dated.start, dated.period.year, dated.period.quarter or 0


def _quarters(question: str) -> Iterator[Dated]:
    for match in _QUARTERS_YEAR.finditer(question):
        digits = next(group for group in match.groups()[-4:] if group)
        if match.groups()[-1] and "quarter" in match.group().lower():
            continue  # "the first quarter 13 stores": a number, not a year
        yield from _each_quarter(match, match.group(1), digits)
    for match in _YEAR_QUARTERS.finditer(question):
        yield from _each_quarter(match, match.group(2), match.group(1))


def _each_quarter(match: re.Match[str], quarters: str, digits: str) -> Iterator[Dated]:
    for number in quarters_in(quarters):
        yield Dated(Asked(_full_year(digits), number), match.start(), match.end(), fiscal=True)


def quarters_in(text: str) -> tuple[int, ...]:
    """Return the quarters that a text names, without their year.

    >>> quarters_in("Q1 and the third quarter")
    (1, 3)
    """
    found = [
        int(one or other or 0) or _ORDINALS[word.lower()]
        for one, other, word in re.findall(rf"\b{_Q}\b", text, re.I)
    ]
    if len(found) == 2 and re.search(r"\w\s*(?:-|–|\bto\b|\bthrough\b)\s*\w", text):
        return tuple(range(found[0], found[1] + 1)) or tuple(found)
    return tuple(found)


def _ranges(question: str) -> Iterator[Dated]:
    for pattern in (_BETWEEN, _RANGE, _SHORT_RANGE, _SPLIT, _SHORT_SPLIT):
        for match in pattern.finditer(question):
            first, last = _full_year(match.group(1)), _second_year(match.group(1), match.group(2))
            if len(match.group(2)) == 2 and last <= first:
                continue  # "2020-06" is a month
            fiscal = re.search(_FY, match.group(), re.I) is not None
            start = match.end() - len(match.group().lstrip())
            for year in years_between(first, last):
                yield Dated(Asked(year), start, match.end(), fiscal)


def _years(question: str) -> Iterator[Dated]:
    for match in _FISCAL.finditer(question):
        for digits in re.findall(r"\d{2,4}", match.group()):
            yield Dated(Asked(_full_year(digits)), match.start(), match.end(), fiscal=True)
    for pattern in (_CALENDAR, _SHORT):
        for match in pattern.finditer(question):
            yield Dated(Asked(_full_year(match.group(1))), match.start(), match.end())
    for match in _PLAIN.finditer(question):
        before, after = question[: match.start()], question[match.end() :]
        if _LAW.search(before) or (_COUNTED.match(after) and not _YEAR_BEFORE.search(before)):
            continue
        horizon = _BY.search(before) is not None
        yield Dated(Asked(int(match.group(1))), match.start(), match.end(), horizon=horizon)


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return (2000 if int(digits) <= LAST_YEAR - 2000 else 1900) + int(digits)


def _second_year(first: str, second: str) -> int:
    """Return the end of a range: "2019-21" ends in 2021."""
    if len(first) == 4 and len(second) == 2:
        return int(first[:2] + second)
    return _full_year(second)


def years_between(first: int, last: int) -> tuple[int, ...]:
    """Return the years of a range, or its ends when it runs backwards or is very long."""
    if not 0 < last - first <= MAX_RANGE:
        return tuple(dict.fromkeys((first, last)))
    return tuple(range(first, last + 1))
