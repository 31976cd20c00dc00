"""Fiscal periods: as users write them, and as filers name their own years and quarters."""

import re
from collections import Counter
from datetime import date

from askretail_ingest.dates import DATE, MONTHS, iso_of
from askretail_ingest.nouns import Period

QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_ORDINAL = "(first|second|third|fourth|1st|2nd|3rd|4th)"
_YEAR = r"((?:19|20)\d\d)"
_SHORT_YEAR = r"[’']?((?:19|20)\d\d|\d\d)\b"

_WRITTEN = (  # forms that users write in a catalog; groups are named
    re.compile(rf"(?:FY|fiscal(?: year)?)?\s*(?P<y>{_YEAR})[\s_-]*Q(?P<q>[1-4])", re.I),
    re.compile(
        rf"Q(?P<q>[1-4])[\s_/-]*(?:of )?(?:FY|fiscal(?: year)?)?[\s_-]*(?P<y>{_SHORT_YEAR})", re.I
    ),
    re.compile(rf"(?:FY|fiscal(?: year)?)?[\s_-]*(?P<y>{_YEAR})", re.I),
    re.compile(rf"(?:FY|fiscal(?: year)?)[\s_-]*(?P<y>{_SHORT_YEAR})", re.I),
)
_MONTH = re.compile(rf"{_YEAR}-(\d\d)(?:-(\d\d))?")

# "Fiscal 2022 ... ended January 28, 2023": the year that is named right before the date.
_NAMED_BEFORE = re.compile(
    rf"\b(?:[Ff]iscal(?: years?)?|FY)\s*{_YEAR}\b[^.;)\"”]{{0,140}}?\bend(?:ed|s|ing)\b"
)
_NAMED_AFTER = re.compile(
    rf"\W{{0,4}}(?:Q[1-4]\s*)?(?:fiscal(?: year)?\s+|FY\s*){_SHORT_YEAR}", re.I
)
_MENTION = re.compile(rf"\b(?:(?:[Ff]iscal|FISCAL)(?: [Yy]ears?)?\s+|FY\s*){_SHORT_YEAR}")
_ENDED = re.compile(
    r"\b(?:quarter(?:ly period)?|year|period|months|weeks|week period)[”\"’)]*\s*"
    r"(?:\([^)]*\)\s*)?(?:[^.\n]{0,80}?)\bended:?\s+(?:on\s+)?",
    re.I,
)
_LEAD_CHARS = 200  # before a date, to look for the name of its year
_EARLY_MONTHS = 6  # a year that ends later than June is never named after the year before
_AS_OFTEN = 0.5  # of the mentions of the year named most: a report compares it with the one before
_FEW = 3  # mentions; fewer than that and the filer has no name of its own for the year
_WEEKS = {  # weeks and months since the year began, as 10-Q tables head their columns
    3: r"nine[- ]months?|39[- ]weeks?|thirty-nine[- ]weeks?|36[- ]weeks?|thirty-six[- ]weeks?"
    r"|40[- ]weeks?|forty[- ]weeks?",
    2: r"six[- ]months?|26[- ]weeks?|twenty-six[- ]weeks?|24[- ]weeks?|twenty-four[- ]weeks?"
    r"|28[- ]weeks?|twenty-eight[- ]weeks?",
}


def parse_period(text: str) -> Period | None:
    """Return the period that a user wrote, or None.

    >>> str(parse_period("2024Q2")), str(parse_period("FY22")), parse_period("soon")
    ('Q2 FY2024', 'FY2022', None)
    """
    words = text.strip()
    month = _MONTH.fullmatch(words)
    if month:
        return _month_period(int(month.group(1)), int(month.group(2)), month.group(3))
    for form in _WRITTEN:
        found = form.fullmatch(words)
        if found:
            parts = found.groupdict()
            quarter = parts.get("q")
            return Period(full_year(parts["y"]), int(quarter) if quarter else None)
    return None


def full_year(digits: str) -> int:
    """Return a year of two or four digits as a number of four."""
    number = int(digits.lstrip("’'"))
    return number if number > 99 else 2000 + number


def _month_period(year: int, month: int, day: str | None) -> Period | None:
    """Return a month as a period: news has no fiscal year, and its calendar year stands in."""
    try:
        first = date(year, month, int(day or 1))
    except ValueError:
        return None
    name = f"{MONTHS[month - 1].capitalize()} {year}"
    return Period(first.year, end=first.isoformat() if day else "", name=name)


def ended_on(text: str) -> str:
    """Return the ISO date of the first "quarter ended ..." or "weeks ended ...", or ""."""
    for match in _ENDED.finditer(text):
        found = DATE.match(text, match.end())
        if found:
            return iso_of(found)
    return ""


def name_year(text: str, end: str, *, whole_year: bool) -> Period:
    """Return the fiscal year that ``end`` falls in, numbered and named as the filer does.

    Filers differ: for one the year ended January 28, 2023 is fiscal 2022, for another it is
    fiscal 2023. A sentence that ties the name to the date decides; then the fiscal years that
    the text names most often; then the calendar.
    """
    calendar, month = int(end[:4]), int(end[5:7])
    candidates = {calendar}
    if month <= _EARLY_MONTHS:
        candidates.add(calendar - 1)
    if not whole_year:
        candidates.add(calendar + 1)  # the year goes on after the quarter
    year = _tied_year(text, end, candidates) or _frequent_year(text, candidates) or calendar
    return Period(year, end=end, name=_own_name(text, year))


def _tied_year(text: str, end: str, candidates: set[int]) -> int | None:
    """Return the year named beside the very date; of several, the one tied most often."""
    votes: Counter[int] = Counter()
    for match in _date_form(end).finditer(text):
        after = _NAMED_AFTER.match(text, match.end())
        if after:
            votes[full_year(after.group(1))] += 1
            continue
        lead = text[max(0, match.start() - _LEAD_CHARS) : match.start()]
        before = max(_NAMED_BEFORE.finditer(lead), key=lambda found: found.end(), default=None)
        # Another date between the name and this one means that the name is the other's.
        if before and not DATE.search(lead, before.start()):
            votes[int(before.group(1))] += 1
    near = {year: count for year, count in votes.items() if year in candidates}
    return max(near, key=lambda year: (near[year], year)) if near else None


def _date_form(end: str) -> re.Pattern[str]:
    year, month, day = end.split("-")
    name = MONTHS[int(month) - 1].capitalize()
    return re.compile(rf"\b(?:{name}|{name.upper()})\s+{int(day)},?\s+{year}\b")


def _frequent_year(text: str, candidates: set[int]) -> int | None:
    """Return the latest year that the text names about as often as any: it is the new one."""
    counts = Counter(full_year(match.group(1)) for match in _MENTION.finditer(text))
    near = {year: counts[year] for year in candidates if counts[year]}
    if sum(near.values()) < _FEW:
        return None
    return max(year for year in near if near[year] >= _AS_OFTEN * max(near.values()))


def _own_name(text: str, year: int) -> str:
    """Return what the filer calls the year: "fiscal 2022", "fiscal year 2022", "FY22", "2022"."""
    forms = (
        f"fiscal {year}",
        f"fiscal year {year}",
        f"FY{year}",
        f"FY{year % 100:02d}",
    )
    lowered = text.lower()
    counts = [(lowered.count(form.lower()), form) for form in forms]
    most = max(counts, key=lambda pair: pair[0])
    return most[1] if most[0] >= _FEW else str(year)


def quarter_by_weeks(text: str) -> int:
    """Return the quarter of a quarterly report by the weeks or months since the year began."""
    for quarter, weeks in _WEEKS.items():
        if len(re.findall(rf"\b(?:{weeks})\s+(?:period\s+)?ended", text, re.I)) >= _FEW:
            return quarter
    return 1


_QUARTER_NAMES = (
    re.compile(rf"\bQ([1-4])\s*(?:of\s+)?(?:FY\s*|fiscal\s+(?:year\s+)?)?{_SHORT_YEAR}", re.I),
    re.compile(
        rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\s+(?:of\s+)?(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?{_YEAR}",
        re.I,
    ),
)
_QUARTER = re.compile(rf"\b{_ORDINAL}[\s-]+(?:fiscal[\s-]+)?quarter\b|\bQ([1-4])\b", re.I)
_QUARTER_THEN_YEAR = re.compile(
    rf"\b{_ORDINAL}[\s-]+quarter\b[^.]{{0,80}}?\bfiscal\s+(?:year\s+)?{_YEAR}", re.I
)


def named_quarter(text: str) -> Period | None:
    """Return the first quarter that the text names together with its year, or None."""
    found = [match for form in _QUARTER_NAMES if (match := form.search(text))]
    loose = _QUARTER_THEN_YEAR.search(text)
    if not found and loose:
        found = [loose]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    quarter = QUARTERS.get(first.group(1).lower()) or int(first.group(1))
    name = " ".join(first.group().split()) if first is not loose else ""
    return Period(full_year(first.group(2)), quarter, name=name)


def first_quarter_word(text: str) -> int | None:
    """Return the number of the first quarter that the text names, or None."""
    found = _QUARTER.search(text)
    if found is None:
        return None
    return int(found.group(2)) if found.group(2) else QUARTERS[found.group(1).lower()]
