"""The columns of a table read from the lines above it: which period each one covers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from askretail_ingest.dates import DATE, iso_date, iso_of
from askretail_ingest.nouns import Period

# "" when it is not said; "change" for a column that compares others and covers no period.
Span = Literal["quarter", "half", "three quarters", "year", "change", ""]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(rf"\b{_MONTH}\s+\d{{1,2}}\b(?!\s*,?\s*(?:19|20)\d\d)", re.I)
_YEAR = re.compile(
    r"(?<![\w$,./-])(?:FY\s?|fiscal\s+)?((?:19|20)\d\d)(?:\s?\*+|\s?\(\w\))?(?![\w,./-]*\d)", re.I
)
# "Year ended December 31, 2017 2016": one day for all years.
_SHARED_DAY = re.compile(
    rf"\b({_MONTH}\s+\d{{1,2}}),?\s*((?:19|20)\d\d(?:[\s|]+(?:19|20)\d\d)+)\b", re.I
)
_AGAINST = re.compile(r"(?:19|20)\d\d\s*(?:vs?\.?|versus|to|-|–|over|/)\s*(?:19|20)\d\d", re.I)
_CHANGE = re.compile(r"\b(?:change|variance|increase|decrease|inc|growth)\b|%\s*(?:of|chg)", re.I)
_CHANGES = re.compile(r"(?:[\s|]+(?:[$%]|percent|dollar)?\s*change)+\s*$", re.I)
_NUMBER_WORDS = {
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "thirteen": 13, "fourteen": 14, "sixteen": 16,
    "seventeen": 17, "twenty-four": 24, "twenty-six": 26, "twenty-eight": 28, "thirty-six": 36,
    "thirty-nine": 39, "forty": 40, "fifty-two": 52, "fifty-three": 53,
}  # fmt: skip
_COUNT = rf"(\d{{1,2}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_LENGTH = re.compile(
    rf"\b{_COUNT}[\s-]+(weeks?|months?)(?:\s+period)?\s+end(?:ed|ing)\b"
    r"|\b(?:fiscal\s+)?(quarters?|years?)\s+end(?:ed|ing)\b|\b(fiscal\s+years?)\b",
    re.I,
)
_LIKE_HEAD = re.compile(r"\b(?:19|20)\d\d|\bend(?:ed|ing)\b|\bfiscal\b|[a-z]\.? \d{1,2},", re.I)
_THOUSANDS = re.compile(r"\b000'?s\b")
_WEEKS: tuple[tuple[int, Span], ...] = (  # at most so many weeks
    (17, "quarter"),
    (28, "half"),
    (41, "three quarters"),
    (53, "year"),
)
QUARTER_DAYS = 365.25 / 4
NEAR_YEAR_END = 12  # days that years of 52 and 53 weeks move a year's end within five years
NEAR_QUARTER_END = 35  # some filers have quarters of 12 and of 16 weeks


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of figures covers, in the numbering of the document's own fiscal years."""

    year: int
    quarter: int | None  # None: the end of the year, or all of it
    span: Span
    end: str = ""  # ISO date, "" when only the year is printed


@dataclass(frozen=True, slots=True)
class _Printed:
    """A column head: a date, or a year alone."""

    year: int
    end: str = ""


def read_columns(lines: Sequence[str], period: Period | None) -> tuple[Column, ...]:
    """Return the columns that the lines above a table name, empty where they leave a doubt.

    >>> year = Period(2018, end="2018-05-31")
    >>> [(c.year, c.end) for c in read_columns(["Year Ended May 31,", "2018 2017"], year)]
    [(2018, '2018-05-31'), (2017, '2017-05-31')]
    """
    lines, changes = _without_changes(lines)
    printed, spans = _printed(lines), _spans(lines)
    if period is None or not printed or len(set(printed)) * max(len(set(spans)), 1) < len(printed):
        return ()
    if spans and len(printed) % len(spans):
        return ()
    each = len(printed) // len(spans) if spans else len(printed)
    columns = []
    for place, head in enumerate(printed):
        made = _column(head, spans[place // each] if spans else "", printed, period)
        if made is None:
            return ()
        columns.append(made)
    return (*columns, *[Column(0, None, "change")] * changes)


def _without_changes(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return lines without the columns of change at the end of the years, and their number."""
    kept, changes = [], 0
    for line in lines:
        match = _CHANGES.search(line)
        if match and _YEAR.search(line[: match.start()]):
            changes = len(re.findall("change", match[0], re.I))
            line = line[: match.start()]
        kept.append(line)
    return kept, changes


def is_head(line: str) -> bool:
    """Return whether a line names periods and holds no other figure: "Year ended May 31, 2018"."""
    if not _LIKE_HEAD.search(line):
        return False
    rest = line
    for form in (DATE, _LENGTH, _DAY, _YEAR):
        rest = form.sub(" ", rest)
    return rest != line and not any(c.isdigit() for c in _THOUSANDS.sub("", rest))


def _printed(lines: Sequence[str]) -> list[_Printed]:
    """Return the heads of the columns from left to right."""
    texts = [line for line in lines if not _AGAINST.search(line) and not _CHANGE.search(line)]
    texts = [_SHARED_DAY.sub(r"\1; \2", line) for line in texts]
    if len(texts) < len(lines) and any(_AGAINST.search(line) for line in lines):
        return []  # columns of change stand beside those of periods: which is which is not told
    dates = [iso_of(m) for line in texts for m in DATE.finditer(line)]
    rows = [[int(year) for year in _YEAR.findall(DATE.sub(" ", line))] for line in texts]
    place = max((n for n, years in enumerate(rows) if years), default=-1)
    if place < 0:
        return [_Printed(int(day[:4]), day) for day in dates if day]
    years = rows[place]
    days = next((found for line in texts[place::-1] if (found := _days(line))), [])
    if not days:
        days = next((found for line in texts[place:] if (found := _days(line))), [])
    if len(days) == 1:
        days = days * len(years)
    if len(days) == len(years):
        full = [iso_date(f"{day}, {year}") for day, year in zip(days, years, strict=True)]
        return [_Printed(int(day[:4]), day) for day in full] if all(full) else []
    if dates:
        return _dated(years, dates)
    return [] if days else [_Printed(year) for year in years]


def _days(line: str) -> list[str]:
    return [" ".join(m[0].split()) for m in _DAY.finditer(DATE.sub(" ", line))]


def _dated(years: Sequence[int], dates: Sequence[str]) -> list[_Printed]:
    """Return years with the dates that stand above: "ended December 31, 2022 and ..."."""
    if (len(years) == 1 and len(dates) > 1) or len(set(dates)) < len(set(years)):
        return []
    by_year = {int(day[:4]): day for day in dates}
    return [_Printed(year, by_year[year]) for year in years] if set(years) <= set(by_year) else []


def _spans(lines: Sequence[str]) -> list[Span]:
    found: list[Span] = []
    for line in lines:
        for match in _LENGTH.finditer(line):
            found.append(_span(match))
    # "Fiscal year" and "52 weeks ended" may both stand above the same columns.
    return found[:1] if len(set(found)) == 1 else found


def _span(match: re.Match[str]) -> Span:
    if match[3]:
        return "quarter" if match[3].lower().startswith("q") else "year"
    if match[4]:
        return "year"
    word = match[1].lower()
    count = int(word) if word.isdigit() else _NUMBER_WORDS[word]
    weeks = count if match[2].lower().startswith("week") else count * 13 // 3
    return next((span for most, span in _WEEKS if weeks <= most), "")


def _column(
    head: _Printed, span: Span, printed: Sequence[_Printed], period: Period
) -> Column | None:
    """Return a head in the document's own numbering of years, None where that is in doubt."""
    if not head.end:
        newest = max(other.year for other in printed)
        if period.quarter is not None or abs(newest - period.year) > 1 or span not in ("", "year"):
            return None
        end = period.end if head.year == newest else ""
        return Column(period.year - (newest - head.year), None, span, end)
    days = (_year_end(printed, period) - date.fromisoformat(head.end)).days
    back = round(days / QUARTER_DAYS)
    off = abs(days - back * QUARTER_DAYS)
    if off > (NEAR_YEAR_END if period.quarter is None else NEAR_QUARTER_END):
        return None
    quarter = 4 - back % 4
    return Column(period.year - back // 4, None if quarter == 4 else quarter, span, head.end)


def _year_end(printed: Sequence[_Printed], period: Period) -> date:
    """Return the last day of the document's fiscal year, nearly where a quarter tells it.

    A document that does not say when its period ended did so on its latest column.
    """
    end = date.fromisoformat(period.end or max(head.end for head in printed))
    left = 0 if period.quarter is None else 4 - period.quarter
    return date.fromordinal(end.toordinal() + round(left * QUARTER_DAYS))
