"""What an earnings release says: who reports which quarter, and when."""

import re

from askretail_ingest.companies import display_name
from askretail_ingest.dates import DATE, iso_of
from askretail_ingest.nouns import Metadata, Period
from askretail_ingest.periods import (
    ended_on,
    first_quarter_word,
    name_year,
    named_quarter,
)

HEAD_CHARS = 6000  # headline, dateline and the first tables
_TOP_CHARS = 1500
_VERB = r"(?:reports?|announces?|reported|announced|posts?|delivers?|releases?)"
_HEADLINE = re.compile(
    rf"([A-Z][^\n]{{1,80}}?)\s+{_VERB}\s+([^\n]{{0,80}}?"
    r"(?:quarter|full[- ]year|fiscal|year[- ]end|\bQ[1-4]\b)[^\n]{0,80})",
    re.IGNORECASE,
)
_SECOND_LINE = re.compile(r"\n[^\n]{0,40}\b(?:results|earnings)\b[^\n]{0,60}", re.IGNORECASE)
_LABEL = re.compile(r"^(?:(?:news|press) release|for immediate release)\W*", re.IGNORECASE)
_RESULTS = re.compile(r"\b(?:results|earnings|sales|guidance)\b", re.IGNORECASE)
_TICKER = re.compile(
    r"((?:[A-Z][\w&’'.-]*,? ){1,6})(?:\([^()]{0,60}\) ?)?"
    r"\((?:NYSE|NASDAQ|Nasdaq|AMEX|LSE|TSX|Euronext)[^():]{0,20}:\s?[A-Z.]{1,6}\b"
)
_SAID = re.compile(
    r"\b(?:today|has)\s+(?:announced|reported|released)\b|\btoday\b[^.]{0,80}\b(?:results)\b", re.I
)
_WIRE = re.compile(
    r"BUSINESS WIRE|GLOBE ?NEWSWIRE|PR ?NEWSWIRE|NEWS RELEASE|PRESS RELEASE", re.IGNORECASE
)


def read_release(text: str, hint_title: str = "") -> Metadata | None:
    """Return what an earnings release says; None when the text is none."""
    head = text[:HEAD_CHARS]
    title, reporter = _headline(hint_title)
    if not title:
        title, reporter = _headline(head[:_TOP_CHARS])
    said = _SAID.search(head) or _WIRE.search(head)
    ticker = _TICKER.search(head)
    if not title or not said or not (ticker or _WIRE.search(head)):
        return None
    company = display_name(ticker.group(1) if ticker else reporter, text)
    period = _period(title, head, text)
    published = _dateline(head)
    reasons = [
        ("doc_type", "headline of an earnings release"),
        ("title", "headline"),
        ("companies", "name before the ticker" if ticker else "headline"),
        ("publisher", "name before the ticker" if ticker else "headline"),
    ]
    if period:
        reasons.append(("period", "quarter of the headline; end and year as the text names them"))
    if published:
        reasons.append(("published", "date line"))
    return Metadata(
        title, (company,), company, period, "earnings release", published, tuple(reasons)
    )


def _headline(text: str) -> tuple[str, str]:
    """Return the headline and the words before its verb; two empty strings when there is none."""
    found = _HEADLINE.search(text)
    if found is None:
        return "", ""
    line = found.group()
    if not _RESULTS.search(found.group(2)):  # long headlines break in two
        second = _SECOND_LINE.match(text, found.end())
        if second is None:
            return "", ""
        line += second.group()
    return _tidy(line), _tidy(found.group(1))


def _tidy(line: str) -> str:
    return _LABEL.sub("", " ".join(line.split()).strip(" ;,"))


def _period(title: str, head: str, text: str) -> Period | None:
    end = ended_on(head)
    named = named_quarter(f"{title}\n{head}")
    quarter = first_quarter_word(title) or (named.quarter if named else None)
    year = name_year(text, end, whole_year=False) if end else None
    if named and named.quarter == quarter:
        return Period(named.year, quarter, end, named.name or (year.name if year else ""))
    return Period(year.year, quarter, end, year.name) if year else named


def _dateline(head: str) -> str:
    """Return the first date that no "ended" stands before: those are the dates of periods."""
    for match in DATE.finditer(head):
        lead = head[max(0, match.start() - 24) : match.start()].lower()
        if "end" not in lead and "as of" not in lead:
            return iso_of(match)
    return ""
