"""What a question puts side by side: companies, or two periods."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.nouns import Asked, Reading
from askretail.relative import periods_of
from askretail.scope import REPORTS_BACK

_PREPOSITION = re.compile(r"\b(?:on|to|from|by|at|for|of|in|through)\s+$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:'s)?\s*,?\s*(?:and|or|vs?\.?|versus|with|against|than|compared (?:with|to)|,)?\s*"
    r"(?:at|in|for|of|by|from)?\s*",
    re.IGNORECASE,
)


def sides(catalogue: Catalogue, reading: Reading) -> list[tuple[str, Reading]]:
    """Return the name and a reading of its own for each side; fewer than two mean none."""
    named = find_companies(reading.standalone, catalogue)
    compared = subjects(named, reading.standalone)
    beside = [n for n in named if n.company in compared]
    if len(compared) > 1 and (
        reading.intent == "comparison" or _joined(beside, reading.standalone)
    ):
        return [(name, _about(name, beside, reading, catalogue)) for name in compared]
    years = [period.year for period in reading.periods]
    if len(years) < 2:
        return []
    if reading.intent == "number" and max(years) - min(years) <= REPORTS_BACK:
        return []  # one row shows both
    ends = reading.periods[:1] + reading.periods[-1:]
    return [(str(period), replace(reading, periods=(period,))) for period in ends]


def subjects(named: Sequence[Named], text: str) -> tuple[str, ...]:
    """Return the companies to put side by side.

    Of three or more, one after a preposition and before a comma is what the others are compared
    on: "Which leans more on Walmart, General Mills or PepsiCo?" compares the last two.
    """
    distinct = list(dict.fromkeys(n.company for n in named))
    if len(distinct) <= 2:
        return tuple(distinct)
    objects = {
        n.company
        for n in named
        if _PREPOSITION.search(text[: n.start]) and text[n.end :].startswith(",")
    }
    left = tuple(name for name in distinct if name not in objects)
    return left if len(left) > 1 else tuple(distinct)


def _about(name: str, named: Sequence[Named], reading: Reading, catalogue: Catalogue) -> Reading:
    known = name in reading.companies
    return replace(
        reading,
        companies=(name,) if known else (),
        unknown=() if known else (name,),
        periods=_own_periods(name, named, reading, catalogue),
        relaxed=tuple(note for note in reading.relaxed if name in note),
    )


def _joined(named: Sequence[Named], text: str) -> bool:
    """Return whether companies stand side by side in the words: "at Nike and at Foot Locker"."""
    return all(
        one.company != other.company and _BETWEEN.fullmatch(text[one.end : other.start])
        for one, other in pairwise(named)
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
