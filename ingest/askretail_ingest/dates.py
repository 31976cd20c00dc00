"""Dates as documents print them, as ISO dates."""

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
# "January 31, 2022", "Jan. 31 2022", "January 31st, 2022"; PDF text may lose or add a space.
DATE = re.compile(
    rf"\b{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*((?:19|20)\d\d)\b"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"
    r"|\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def iso_date(text: str) -> str:
    """Return the first date in the text, or "".

    >>> iso_date("For the fiscal year ended January 31, 2022")
    '2022-01-31'
    """
    for match in DATE.finditer(text):
        found = iso_of(match)
        if found:
            return found
    return ""


def iso_of(match: re.Match[str]) -> str:
    """Return the ISO date of a match of ``DATE``, or "" when the calendar has no such day."""
    month, day, year, day2, month2, year2, y3, m3, d3, m4, d4, y4 = match.groups()
    if year:
        return _iso(int(year), _month(month), int(day))
    if year2:
        return _iso(int(year2), _month(month2), int(day2))
    if y3:
        return _iso(int(y3), int(m3), int(d3))
    return _iso(int(y4), int(m4), int(d4)) or _iso(int(y4), int(d4), int(m4))


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
