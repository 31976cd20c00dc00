"""What the library is about: its companies with their names, and the periods it covers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from askretail.data_files import read_data, section, texts
from askretail_ingest.nouns import Document

_LEGAL = re.compile(
    r",?\s+(?:inc|co|corp|corporation|company|companies|ltd|plc|llc|holdings|group|wholesale)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the reading sees it; ``id`` is its row in the library."""

    id: int
    companies: tuple[str, ...]
    year: int | None
    quarter: int | None
    doc_type: str
    published: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The documents of a library, and every name that means one of their companies."""

    entries: tuple[Entry, ...]
    names: Mapping[str, str]  # lower-case name or alias -> company of the catalogue
    others: Mapping[str, str]  # the same for companies that no document is about
    case_sensitive: frozenset[str]
    also_words: frozenset[str]

    @property
    def companies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for entry in self.entries for c in entry.companies))

    def years(self, company: str | None = None) -> tuple[int, ...]:
        """Return the fiscal years that documents report on, ascending."""
        found = {
            e.year
            for e in self.entries
            if e.year is not None and (company is None or company in e.companies)
        }
        return tuple(sorted(found))


def make_catalogue(documents: Iterable[tuple[int, Document]]) -> Catalogue:
    """Return the catalogue of a library's documents."""
    entries = tuple(_entry(number, document) for number, document in documents)
    companies = tuple(dict.fromkeys(c for entry in entries for c in entry.companies))
    data = read_data("aliases.toml")
    aliases = {name: texts(value) for name, value in section(data, "aliases").items()}
    names: dict[str, str] = {}
    others: dict[str, str] = {}
    for canonical, also in aliases.items():
        company = _in_catalogue((canonical, *also), companies)
        target = others if company is None else names
        for name in (canonical, *also):
            target.setdefault(name.lower(), company or canonical)
    for name in texts(section(data, "others")["names"]):
        others.setdefault(name.lower(), name)
    for company in companies:
        for name in _spellings(company):
            names[name.lower()] = company
    return Catalogue(
        entries,
        names,
        {name: company for name, company in others.items() if name not in names},
        frozenset(texts(section(data, "case_sensitive")["names"])),
        frozenset(texts(section(data, "case_sensitive")["also_words"])),
    )


def _entry(number: int, document: Document) -> Entry:
    period = document.period
    year = None if period is None else period.year
    quarter = None if period is None else period.quarter
    if year is None and document.published:
        year = int(document.published[:4])
    return Entry(number, document.companies, year, quarter, document.doc_type, document.published)


def _in_catalogue(names: tuple[str, ...], companies: tuple[str, ...]) -> str | None:
    """Return the company of the catalogue that one of these names means."""
    wanted = {spelling for name in names for spelling in _spellings(name)}
    for company in companies:
        if wanted & set(_spellings(company)):
            return company
    return None


def _spellings(company: str) -> tuple[str, ...]:
    """Return a name as it stands and without its legal form: "Costco Wholesale Corp." too."""
    spellings = [company.lower()]
    while (shorter := _LEGAL.sub("", spellings[-1])) != spellings[-1]:
        spellings.append(shorter)
    if spellings[-1].startswith("the "):
        spellings.append(spellings[-1].removeprefix("the "))
    return tuple(spellings)
