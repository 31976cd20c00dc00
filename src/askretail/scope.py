"""Which documents a reading is about: soft constraints that filter when something matches."""

from collections.abc import Sequence

from askretail.catalogue import Catalogue, Entry
from askretail.nouns import Asked, Reading

FEW = 0.05  # share of the documents: an article on anything now and then is about a company
REPORTS_BACK = 2  # an annual report also shows the two years before its own


def in_scope(reading: Reading, catalogue: Catalogue) -> tuple[list[int], list[int]]:
    """Return the documents of the companies asked for, and those of them that fit the period.

    Without a company, or when nothing matches, the first list holds every document; the second
    falls back to the first.
    """
    entries = catalogue.entries
    about = [e for e in entries if set(e.companies) & set(reading.companies)] or list(entries)
    typed = [e for e in about if e.doc_type in reading.doc_types] or about
    timely = [e for e in typed if fits_period(e, reading.periods)] or typed
    return [e.id for e in about], [e.id for e in timely]


def fits_period(entry: Entry, periods: Sequence[Asked]) -> bool:
    """Return whether a document reports on one of the periods; an undated one may."""
    if not periods or entry.year is None:
        return True
    return any(0 <= entry.year - asked.year <= REPORTS_BACK for asked in periods)


def on_no_company(reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a question on no company is asked of documents that are hardly about any."""
    if reading.companies or reading.unknown:
        return False
    about = sum(bool(entry.companies) for entry in catalogue.entries)
    return about <= FEW * len(catalogue.entries)
