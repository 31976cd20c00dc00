"""Tell figures from words: what a table's cells hold."""

import re

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_VALUE = re.compile(
    r"""(?:[($€£¥+–—-]*\s*(?:US)?\$?\s*\d[\d,]*(?:\.\d+)?|[($]*\s*\.\d+)\s*[)%]*(?:\s*(?:x|bps|pp|pts|%|\)))*
    (?:\s*\(\d{1,2}\))?
    |[-–—$%()]+|n/?[am]\.?|nm|\*+|\(\w\)""",
    re.VERBOSE | re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_YEAR = re.compile(r"(?:fy|fiscal\s*)?['’]?(?:19|20)\d\d(?:\s*\(\w{1,3}\))?", re.IGNORECASE)
_DATED = re.compile(
    rf"(?:{MONTHS})\.?\s+\d{{1,2}}\b|\b(?:19|20)\d\d\b|\b(?:{MONTHS})\b|\b(?:year|years|quarter"
    r"|quarters|months|weeks|week|ended|ending|fiscal|q[1-4]|change|total|increase|decrease"
    r"|amount|number|shares|value|percent|price|as of|vs\.?)\b",
    re.IGNORECASE,
)

_DAY = re.compile(rf"(?:{MONTHS})\.?\s+\d{{1,2}}\s*,?(?:\s*(?:19|20)\d\d)?", re.IGNORECASE)
_DATE_WORDS = re.compile(
    rf"\b(?:{MONTHS}|years?|quarters?|months|weeks|ended|ending|fiscal|q[1-4]|fy|as|of|at|and|the"
    r"|for|first|second|third|fourth|three|six|nine|twelve|thirteen|twenty-six|thirty-nine"
    r"|fifty-two|unaudited|audited|\d{1,4})\b",
    re.IGNORECASE,
)


def is_value(cell: str) -> bool:
    """Return whether a cell holds figures alone: "$ 1,203", "(4.5)%", "—", "18 % 7 %"."""
    rest = cell.strip()
    while rest:
        match = _VALUE.match(rest)
        if not match or not match[0] or (match.end() < len(rest) and rest[match.end()] != " "):
            return False
        rest = rest[match.end() :].strip()
    return bool(cell.strip())


def is_year(cell: str) -> bool:
    """Return whether a cell is a year or several: "2022", "Fiscal 2022", "2022 2021"."""
    return bool(cell) and not _YEAR.sub("", cell).strip(" ,;|")


def is_column_head(cell: str) -> bool:
    """Return whether a cell reads like the head of a column: a year, a date, "% Change"."""
    return is_year(cell) or bool(_DATED.search(cell))


def is_date_line(text: str) -> bool:
    """Return whether a line holds dates and the names of periods alone."""
    return bool(text) and not _DATE_WORDS.sub("", text).strip(" ,.;()|&–—-")


def is_day(cell: str) -> bool:
    """Return whether a cell is a day, with or without its year: "January 28," "May 7, 2023"."""
    return bool(_DAY.fullmatch(cell.strip()))


def numeric_tail(text: str) -> int:
    """Return how many words at the end of a line are figures."""
    count = 0
    for word in reversed(_TOKEN.findall(text)):
        if not is_value(word):
            break
        count += any(c.isdigit() for c in word)
    return count
