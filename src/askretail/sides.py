"""What a question puts side by side: companies, or two periods."""

import re
from collections.abc import Sequence
from dataclasses import replace

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.nouns import Asked, Reading
from askretail.relative import periods_of
from askretail.scope import REPORTS_BACK
from askretail.subjects import joined, subjects

MOST_PERIODS = 5  # put side by side; of more the first and the last


def sides(catalogue: Catalogue, reading: Reading) -> list[tuple[str, Reading]]:
    """Return the name and a reading of its own for each side; fewer than two mean none."""
    named = find_companies(reading.standalone, catalogue)
    compared = subjects(named, reading.standalone)
    beside = [n for n in named if n.company in compared]
    if len(compared) > 1 and (reading.intent == "comparison" or joined(beside, reading.standalone)):
        return [(name, _about(name, beside, reading, catalogue)) for name in compared]
    years = [period.year for period in reading.periods]
    if len(years) < 2:
        return []
    if reading.intent == "number" and max(years) - min(years) <= REPORTS_BACK:
        return []  # one row shows both
    return [(str(period), replace(reading, periods=(period,))) for period in named_periods(reading)]


def named_periods(reading: Reading) -> tuple[Asked, ...]:
    """Return the periods that the question itself names; of a range those are its ends."""
    periods, text = reading.periods, reading.standalone
    named = tuple(p for p in periods if re.search(_written(p), text, re.IGNORECASE))
    return named if 1 < len(named) <= MOST_PERIODS else periods[:1] + periods[-1:]


def _written(period: Asked) -> str:
    """Return the pattern of a year in words: "2018", "fy18", "Q2'18"."""
    short = rf"(?<=fy|cy)\s?{period.year % 100:02}|(?<=['’/-]){period.year % 100:02}"
    return rf"(?:(?<!\d){period.year}|{short})(?!\d)"


def _about(name: str, named: Sequence[Named], reading: Reading, catalogue: Catalogue) -> Reading:
    known = name in reading.companies
    return replace(
        reading,
        companies=(name,) if known else (),
        unknown=() if known else (name,),
        periods=_own_periods(name, named, reading, catalogue),
        relaxed=tuple(note for note in reading.relaxed if name in note),
    )


def _own_periods(
    name: str, named: Sequence[Named], reading: Reading, catalogue: Catalogue
) -> tuple[Asked, ...]:
    """Return the periods that stand behind a company's own name, else all of the question.

    "Amazon's 2022 capex and Best Buy's FY23 capex" gives each its own year.
    """
    ends = [*(n.start for n in named[1:]), len(reading.standalone)]
    own = {
        n.company: periods_of(reading.standalone[n.start : end], (n.company,), catalogue)
        for n, end in zip(named, ends, strict=True)
    }
    return own[name] if all(own.values()) else reading.periods
