"""What filings say of themselves, against a catalogue of them that is withheld.

The catalogue gives company, form and a year; the quarter stands in the file's own name
("…_2024Q2_10Q"). It gives no dates: those are looked for on the cover as another engine reads it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from askretail_eval.chunk import stem
from askretail_eval.fidelity_pdf import pypdf_pages
from askretail_eval.fidelity_score import Item
from askretail_eval.fidelity_words import Drafts, squeeze
from askretail_ingest.catalog import CatalogRow
from askretail_ingest.companies import fold
from askretail_ingest.dates import MONTHS
from askretail_ingest.metadata import describe, parse_type
from askretail_ingest.nouns import Metadata, Period
from askretail_ingest.periods import parse_period

COVER_PAGES = 6  # a release prints its first table within them
# The catalogue numbers the years of reports by their end; these two name them by their beginning.
EARLIER = ("Foot Locker", "Ulta Beauty")
_QUARTER = re.compile(r"_((?:19|20)\d\dQ[1-4])_")
_NEAR = 60  # squeezed characters between "ended" and its date: table heads list several dates
FIELDS = ("companies", "type", "year and quarter", "date")


def anonymous(name: str) -> Path:
    """Return a name that tells nothing, with the ending of the file's own."""
    return Path(hashlib.sha256(name.encode()).hexdigest() + Path(name).suffix)


def wanted_period(name: str, row: CatalogRow) -> Period | None:
    """Return year and quarter of a file as the filer counts them."""
    quarter = _QUARTER.search(name)
    period = parse_period(quarter[1] if quarter else row.period)
    if period and parse_type(row.type) != "8-K" and set(row.companies) & set(EARLIER):
        return Period(period.year - 1, period.quarter)
    return period


def same_companies(ours: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Say whether both name the same companies, be it in a longer form ("Costco Wholesale")."""
    left = {fold(name) for name in wanted}
    found = [next((w for w in left if fold(o).startswith(w)), "") for o in ours]
    return "" not in found and set(found) == left


def says_date(text: str, day: str, *, after: str) -> bool:
    """Say whether a text gives an ISO date soon after a word, however it is spaced.

    >>> says_date("for the quarter ended J uly 29 , 2023", "2023-07-29", after="ended")
    True
    """
    if not day:
        return False
    year, month, number = day.split("-")
    printed = f"{MONTHS[int(month) - 1]}{int(number)}{year}"
    slashed = f"{int(month)}{int(number)}{year}"
    near = re.finditer(f"(?={after}(.{{0,{_NEAR}}}))", squeeze(text))
    return any(printed in found[1] or slashed in found[1] for found in near)


def dated(about: Metadata, cover: str) -> bool:
    """Say whether the date that tells the period stands on the cover: its end, or of the report."""
    if about.doc_type == "8-K":
        return says_date(cover, about.published, after="report(?:ed)?")
    return about.period is not None and says_date(cover, about.period.end, after="ended")


def judged(about: Metadata, name: str, row: CatalogRow, cover: str) -> dict[str, bool]:
    """Return which of ``FIELDS`` are right."""
    wanted = wanted_period(name, row)
    ours = (about.period.year, about.period.quarter) if about.period else None
    return {
        "companies": same_companies(about.companies, row.companies),
        "type": about.doc_type == parse_type(row.type),
        "year and quarter": ours == ((wanted.year, wanted.quarter) if wanted else None),
        "date": dated(about, cover),
    }


def described(
    folder: Path, catalog: Mapping[str, CatalogRow], drafts: Drafts
) -> Iterator[tuple[str, dict[str, bool]]]:
    """Yield each file of a catalogue with the fields that are right when only its text is known."""
    for name, row in catalog.items():
        about = describe(anonymous(name), drafts[stem(name)], None, None)
        pdf = name.endswith(".pdf")
        pages = pypdf_pages(folder / name, most=COVER_PAGES) if pdf else []
        yield name, judged(about, name, row, "\n".join(pages))


def field_items(found: Mapping[str, Mapping[str, bool]], field: str) -> Iterator[Item]:
    """Yield for each file whether one field is right."""
    for name, right in found.items():
        yield Item(name, float(right[field]))


def whole_items(found: Mapping[str, Mapping[str, bool]]) -> Iterator[Item]:
    """Yield for each file whether every field is right."""
    for name, right in found.items():
        wrong = [field for field in FIELDS if not right[field]]
        yield Item(name, float(not wrong), ", ".join(wrong))
