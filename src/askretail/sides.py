"""What a question puts side by side: companies, or two periods."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.nouns import Reading

_JOINING = ("or", "and", "vs", "vs.", "versus", "with", "to", "compared with", "")


def sides(catalogue: Catalogue, reading: Reading) -> list[tuple[str, Reading]]:
    """Return the name and a reading of its own for each side; fewer than two mean none."""
    if reading.intent not in ("comparison", "change"):
        return []
    if reading.intent == "comparison":
        named = find_companies(reading.standalone, catalogue)
        compared = subjects(named, reading.standalone)
        if len(compared) > 1:
            return [(name, _about(reading, name)) for name in compared]
    ends = reading.periods[:1] + reading.periods[-1:] if len(reading.periods) > 1 else ()
    return [(str(period), replace(reading, periods=(period,))) for period in ends]


def subjects(named: Sequence[Named], text: str) -> tuple[str, ...]:
    """Return the companies to put side by side: the pair joined by a word, else all named.

    "Which leaned more on Walmart, General Mills or PepsiCo?" compares the last two.
    """
    distinct = list(dict.fromkeys(n.company for n in named))
    if len(distinct) <= 2:
        return tuple(distinct)
    joined: list[str] = []
    for one, other in pairwise(named):
        if text[one.end : other.start].lower().strip(" ,'s") in _JOINING:
            joined.extend((one.company, other.company))
    return tuple(dict.fromkeys(joined)) or tuple(distinct)


def _about(reading: Reading, company: str) -> Reading:
    known = company in reading.companies
    return replace(
        reading,
        companies=(company,) if known else (),
        unknown=() if known else (company,),
        relaxed=tuple(note for note in reading.relaxed if company in note),
    )
