"""Which documents may answer: a catalogue limited to them, before anything is searched."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import PurePath

from askretail.catalogue import Catalogue, Entry, key
from askretail.nouns import EVERYTHING, Asked, Filters, Reading
from askretail.periods import asked_periods
from askretail_ingest.errors import BadSetting

REMEMBERED = 16  # limited catalogues; a page that filters asks for the same one again and again
LISTED = 12  # choices named in a message


def choices(catalogue: Catalogue) -> Filters:
    """Return every company, period, type and document of a catalogue, in order."""
    years = {Asked(e.year) for e in catalogue.entries if e.year is not None}
    quarters = {Asked(e.year, e.quarter) for e in catalogue.entries if e.year and e.quarter}
    newest_first = sorted(years | quarters, key=lambda p: (-p.year, p.quarter or 0))
    return Filters(
        companies=tuple(sorted(catalogue.companies)),
        periods=tuple(str(period) for period in newest_first),
        doc_types=tuple(sorted({entry.doc_type for entry in catalogue.entries})),
        sources=tuple(sorted({entry.source for entry in catalogue.entries})),
    )


def checked(filters: Filters, catalogue: Catalogue) -> Filters:
    """Return filters as the catalogue spells them: "walmart" gives "Walmart", "2022" "FY2022".

    Raises ``BadSetting`` for a value that no document has.
    """
    if filters == EVERYTHING:
        return EVERYTHING
    there = choices(catalogue)
    return Filters(
        tuple(_company(name, there.companies, catalogue) for name in filters.companies),
        tuple(_period(text, there.periods) for text in filters.periods),
        tuple(_one(text, there.doc_types, "type") for text in filters.doc_types),
        tuple(_source(text, there.sources) for text in filters.sources),
    )


@lru_cache(maxsize=REMEMBERED)
def limited(catalogue: Catalogue, filters: Filters) -> Catalogue:
    """Return a catalogue of the documents that ``checked`` filters let in.

    A company that none of them is about is one that the documents lack.
    """
    if filters == EVERYTHING:
        return catalogue
    entries = tuple(entry for entry in catalogue.entries if _lets_in(filters, entry))
    about = {company for entry in entries for company in entry.companies}
    names = {name: company for name, company in catalogue.names.items() if company in about}
    others = {**catalogue.names, **catalogue.others}
    return replace(
        catalogue,
        entries=entries,
        names=names,
        others={name: company for name, company in others.items() if name not in names},
        where="in the documents chosen",
    )


def noting(reading: Reading, filters: Filters, catalogue: Catalogue) -> Reading:
    """Return a reading that names the filters, and says so when they let no document in."""
    if filters == EVERYTHING or catalogue.entries:
        return replace(reading, filters=filters)
    nothing = f"no document is all of {' · '.join(filters.chips)}"
    return replace(reading, filters=filters, relaxed=(nothing,))


def _lets_in(filters: Filters, entry: Entry) -> bool:
    periods = [period for text in filters.periods for period in asked_periods(text)]
    return (
        (not filters.companies or not set(filters.companies).isdisjoint(entry.companies))
        and (not filters.doc_types or entry.doc_type in filters.doc_types)
        and (not filters.sources or entry.source in filters.sources)
        and (not periods or any(_reports(entry, period) for period in periods))
    )


def _reports(entry: Entry, period: Asked) -> bool:
    return entry.year == period.year and period.quarter in (None, entry.quarter)


def _company(name: str, there: tuple[str, ...], catalogue: Catalogue) -> str:
    found = catalogue.lookup.get(key(name))
    return found.company if found is not None and found.known else _one(name, there, "company")


def _period(text: str, there: tuple[str, ...]) -> str:
    asked = asked_periods(text)
    return _one(str(asked[0]) if len(asked) == 1 else text, there, "period")


def _source(text: str, there: tuple[str, ...]) -> str:
    stems = {PurePath(name).stem.lower(): name for name in there}
    return _one(stems.get(text.lower(), text), there, "document")


def _one(text: str, there: tuple[str, ...], kind: str) -> str:
    for value in there:
        if value.lower() == text.lower():
            return value
    raise BadSetting(f"no {kind} {text!r} in this library: {_guess(text, there)}")


def _guess(text: str, there: Iterable[str]) -> str:
    listed = list(there)
    near = get_close_matches(text, listed, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    more = f" and {len(listed) - LISTED} more" if len(listed) > LISTED else ""
    return f"there is {', '.join(listed[:LISTED]) or 'none'}{more}"
