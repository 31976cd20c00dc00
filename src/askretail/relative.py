"""Periods told from where the library stands: "last year", "the latest quarter", "since 2019".

The asker is taken to speak when the newest document appeared: this year is the newest fiscal
year that a document reports on, last year the newest one that is over.
"""

import re
from collections.abc import Iterator, Sequence

from askretail.catalogue import Catalogue, Entry
from askretail.lexicon import find_doc_types, find_metrics
from askretail.nouns import Asked
from askretail.periods import Dated, find_periods, quarters_in, years_between

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "couple": 2, "couple of": 2}
_COUNT = rf"(\d\d?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_NEW = r"(?:latest|most\s+recent|newest|current|last\s+reported)"
_NEWEST_YEAR = re.compile(
    rf"\b(?:this\s+(?:fiscal\s+|financial\s+)?year|{_NEW}\s+(?:full\s+|fiscal\s+|financial\s+|"
    r"reported\s+)*(?:years?|period|results|figures?|numbers?|data|filings?|reports?|reporting)|"
    r"ttm|ltm|(?:last|past|trailing)\s+(?:12|twelve)\s+months)\b",
    re.I,
)
_NEWEST = re.compile(rf"\b{_NEW}\b", re.I)
_YEAR_WORD = r"(?:full\s+)?(?:fiscal\s+|financial\s+)?years?"
_LAST_YEAR = re.compile(rf"\b(?:last|past)\s+{_YEAR_WORD}\b", re.I)
_BEFORE_LAST = re.compile(r"\byear\s+before\s+last\b", re.I)
_YEARS_AGO = re.compile(rf"\b(?:{_COUNT}|an?|one)\s+years?\s+ago\b", re.I)
_LAST_YEARS = re.compile(
    rf"\b(?:last|past|latest|recent)\s+(?:a\s+)?{_COUNT}\s+{_YEAR_WORD}\b", re.I
)
_PRIOR = re.compile(
    r"\b(?:prior|previous|preceding)[\s-]+(?:fiscal\s+|financial\s+)?year\b|\b(?:yoy|y/y)\b"
    r"|\byear[\s-](?:over|on)[\s-]year\b|\b(?:the|a)\s+year\s+(?:before|earlier)\b",
    re.I,
)
_SINCE = re.compile(r"\bsince\s+(?:the\s+(?:end|start)\s+of\s+)?$", re.I)
_NEWEST_QUARTER = re.compile(
    rf"\b(?:{_NEW}|last|this|past)\s+(?:fiscal\s+|reported\s+)?quarter\b", re.I
)
_GOAL = re.compile(
    r"\b(?:targets?|goals?|pledge[sd]?|aims?|ambitions?|commit(?:s|ted|ments?)?|promise[sd]?|"
    r"net[\s-]zero|vision|roadmap)\b",
    re.I,
)
_OUTLOOK = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|expect(?:s|ed|ing)?|intends?|hopes?|guid(?:e[sd]?|ing|ance)|outlook|"
    r"forecasts?|budget|will|going to|project(?:s|ed))\b",
    re.I,
)


def periods_of(question: str, companies: Sequence[str], catalogue: Catalogue) -> tuple[Asked, ...]:
    """Return the distinct periods a question asks for, those it only implies worked out."""
    entries = _about(companies, catalogue)
    newest = max((year for group in entries for year in _years(group)), default=0)
    named = [d for d in find_periods(question) if not _looks_ahead(d, question, newest)]
    found = [dated.period for dated in named]
    found += _since(question, named, newest)
    prior = _PRIOR.search(question) is not None
    if len(named) == 1 and prior:
        found.insert(0, Asked(named[0].period.year - 1, named[0].period.quarter))
    if not named:
        found += [period for group in entries for period in _relative(question, group, prior)]
    return tuple(dict.fromkeys(found))


def _about(companies: Sequence[str], catalogue: Catalogue) -> list[list[Entry]]:
    """Return the dated entries of each company, or of the library as a whole."""
    groups = [[e for e in catalogue.entries if company in e.companies] for company in companies]
    dated = [
        [e for e in group if e.year is not None] for group in groups or [list(catalogue.entries)]
    ]
    return [[e for e in group if e.fiscal and e.doc_type != "news"] or group for group in dated]


def _years(entries: Sequence[Entry]) -> list[int]:
    return [entry.year for entry in entries if entry.year is not None]


def _looks_ahead(dated: Dated, question: str, newest: int) -> bool:
    """Return whether a year is one that a plan looks forward to, not one reported on.

    The outlook for a year stands in the report on the year before.
    """
    year, goal = dated.period.year, _GOAL.search(question) is not None
    outlook = _OUTLOOK.search(question) is not None
    if dated.horizon and (goal or outlook or year > newest):
        return True
    if not newest:
        return False
    return (outlook and year == newest + 1) or (goal and not dated.fiscal and year > newest + 1)


def _since(question: str, named: Sequence[Dated], newest: int) -> list[Asked]:
    """Return the years from the one after "since" to the newest."""
    if len(named) != 1 or named[0].period.quarter or not _SINCE.search(question[: named[0].start]):
        return []
    first = named[0].period.year
    return [Asked(year) for year in years_between(first, newest)] if newest > first else []


def _relative(question: str, entries: Sequence[Entry], prior: bool) -> Iterator[Asked]:
    """Yield the periods that a question without any year means, oldest first."""
    if not entries:
        return
    newest, over = max(_years(entries)), _last_complete(entries)
    quarter = _quarter(question, entries)
    ago, several = _YEARS_AGO.search(question), _LAST_YEARS.search(question)
    if quarter is not None:
        yield quarter
    elif several:
        yield from (Asked(year) for year in years_between(over - _count(several) + 1, over))
    elif ago:
        yield Asked(over + 1 - _count(ago))
    elif _BEFORE_LAST.search(question):
        yield Asked(over - 1)
    elif _LAST_YEAR.search(question):
        yield Asked(over)
    elif prior and _NEWEST_YEAR.search(question):
        yield from (Asked(newest - 1), Asked(newest))
    elif _wants_newest(question):
        kinds = find_doc_types(question)
        yield Asked(max(_years([e for e in entries if e.doc_type in kinds]), default=newest))


def _last_complete(entries: Sequence[Entry]) -> int:
    """Return the newest year that is over: reported as a whole, or before one in progress."""
    whole = [e.year for e in entries if e.year and e.quarter is None and e.fiscal]
    begun = [e.year - 1 for e in entries if e.year]
    return max((*whole, *begun))


def _wants_newest(question: str) -> bool:
    if _NEWEST_YEAR.search(question):
        return True
    figure = find_metrics(question) or find_doc_types(question)
    return bool(figure) and _NEWEST.search(question) is not None


def _quarter(question: str, entries: Sequence[Entry]) -> Asked | None:
    """Return the newest quarter, or the newest one of the number asked for."""
    wanted = quarters_in(question)
    if not wanted and not _NEWEST_QUARTER.search(question):
        return None
    reported = [
        Asked(e.year, e.quarter)
        for e in entries
        if e.year and e.quarter and (not wanted or e.quarter == wanted[0])
    ]
    newest = max(_years(entries))
    if wanted and _LAST_YEAR.search(question):
        return Asked(_last_complete(entries), wanted[0])
    if wanted:
        return max(reported, key=_age, default=Asked(newest, wanted[0]))
    return max(reported, key=_age, default=Asked(newest))


def _age(period: Asked) -> tuple[int, int]:
    return period.year, period.quarter or 0


def _count(match: re.Match[str]) -> int:
    word = (match.group(1) or "1").lower()
    return int(word) if word.isdigit() else _NUMBERS[word]
