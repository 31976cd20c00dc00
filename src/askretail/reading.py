"""A question to its reading: companies, periods, document types, metrics, statements, intent."""

from askretail.catalogue import Catalogue, Entry
from askretail.companies import find_companies
from askretail.lexicon import (
    find_doc_types,
    find_intents,
    find_metrics,
    find_statements,
)
from askretail.nouns import Asked, Reading
from askretail.relative import periods_of
from askretail.scope import REPORTS_BACK

REPORTS = frozenset(("10-K", "10-Q", "8-K", "earnings release"))
WHOLE_YEAR = "10-K"


def read_question(question: str, standalone: str, catalogue: Catalogue) -> Reading:
    """Return how a question is understood; ``standalone`` holds what a follow-up left out."""
    named = find_companies(standalone, catalogue)
    companies = tuple(dict.fromkeys(n.company for n in named if n.known))
    unknown = tuple(dict.fromkeys(n.company for n in named if not n.known))
    periods = periods_of(standalone, companies, catalogue)
    doc_types = find_doc_types(standalone)
    relaxed = (
        *(f"no {name} document {catalogue.where}" for name in unknown),
        *_missing_periods(companies, periods, catalogue),
        *_missing_quarters(companies, periods, catalogue),
        *_missing_types(doc_types, catalogue),
    )
    sides = max(len(companies) + len(unknown), len(periods))
    intents = find_intents(standalone)
    # A comparison needs two companies or periods to put side by side.
    intent = next(i for i in intents if i != "comparison" or sides > 1)
    return Reading(
        question=question,
        standalone=standalone,
        companies=companies,
        unknown=unknown,
        periods=periods,
        doc_types=doc_types,
        metrics=find_metrics(standalone),
        statements=find_statements(standalone),
        intent=intent,
        relaxed=relaxed,
    )


def _missing_periods(
    companies: tuple[str, ...], periods: tuple[Asked, ...], catalogue: Catalogue
) -> tuple[str, ...]:
    """Say which asked years no document reports on.

    A report covers two years before its own; a text that is no report may speak of any year.
    """
    notes = []
    for company in companies or (None,):
        about = [e for e in catalogue.entries if company is None or company in e.companies]
        if any(e.doc_type not in REPORTS for e in about):
            continue
        years = catalogue.years(company)
        covered = {year - back for year in years for back in range(REPORTS_BACK + 1)}
        for year in dict.fromkeys(period.year for period in periods):
            if years and year not in covered:
                whose = f"{company} document" if company else "document"
                notes.append(f"no {whose} for FY{year}, the newest is FY{years[-1]}")
    return tuple(notes)


def _missing_quarters(
    companies: tuple[str, ...], periods: tuple[Asked, ...], catalogue: Catalogue
) -> tuple[str, ...]:
    """Say which asked quarters had not ended when a company's newest report was written."""
    notes: list[str] = []
    for company in companies:
        reports = [e for e in catalogue.entries if e.companies == (company,)]
        ends = [Asked(e.year, e.quarter or 4) for e in reports if e.year and _reports_all(e)]
        newest = max(ends, key=_order, default=None)
        if newest is None or any(e.doc_type not in REPORTS for e in reports):
            continue
        notes.extend(
            f"no {company} document for {asked}, the newest is {newest}"
            for asked in dict.fromkeys(periods)
            if asked.quarter and asked.year <= newest.year and _order(asked) > _order(newest)
        )
    return tuple(notes)


def _reports_all(entry: Entry) -> bool:
    return entry.quarter is not None or entry.doc_type == WHOLE_YEAR


def _order(period: Asked) -> tuple[int, int]:
    return period.year, period.quarter or 4


def _missing_types(doc_types: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    there = {entry.doc_type for entry in catalogue.entries}
    return tuple(f"no {name} {catalogue.where}" for name in doc_types if name not in there)
