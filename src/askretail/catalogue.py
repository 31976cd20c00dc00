"""What the library is about: its companies with their names, and the periods it covers."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from askretail.data_files import read_data, section, texts
from askretail_ingest.nouns import Metadata

_MARKS = str.maketrans("’‘‑–", "''--")
_LOOSE = {" ": r"[\s-]?", "-": r"[\s-]?", "'": "'?", ".": r"\.?", "&": r"\s?(?:&|and)\s?"}
_LEGAL = re.compile(
    r",?\s+(?:inc|co|corp|corporation|company|companies|ltd|plc|llc|holdings|group|wholesale)\.?$",
    re.IGNORECASE,
)

Trie = dict[str, "Trie"]  # a part of a pattern -> what may follow; "" ends a name


class Described(Protocol):
    """A document, or what a library knows of one without reading it."""

    @property
    def source(self) -> str: ...
    @property
    def metadata(self) -> Metadata: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the reading sees it; ``id`` is its row in the library."""

    id: int
    companies: tuple[str, ...]
    year: int | None
    quarter: int | None
    doc_type: str
    published: str
    fiscal: bool = True  # whether the year is a period's, not merely that of publication
    source: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a company; ``known`` when documents are about it."""

    company: str
    known: bool
    written: str = ""  # how it must be written to count, "" when any case will do
    also_word: bool = False  # a plain word too when it opens a sentence


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The documents of a library, and every name that means one of their companies."""

    entries: tuple[Entry, ...]
    names: Mapping[str, str]  # lower-case name or alias -> company of the catalogue
    others: Mapping[str, str]  # the same for companies that no document is about
    case_sensitive: frozenset[str]
    also_words: frozenset[str]
    lower_names: frozenset[str] = frozenset()  # names in a question without any capital letter
    where: str = "in this library"  # the documents meant, as a note on what they lack says it

    @cached_property
    def lookup(self) -> Mapping[str, Name]:
        """Every name by its ``key``; names of companies that documents are about come first."""
        written = {key(name): name for name in self.case_sensitive}
        also_words = {key(name) for name in self.also_words}
        found: dict[str, Name] = {}
        for names, known in ((self.names, True), (self.others, False)):
            for name, company in names.items():
                one = key(name)
                made = Name(company, known, written.get(one, ""), one in also_words)
                found.setdefault(one, made)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches any name in text that went through ``fold``: the longest, as a whole word."""
        trie: Trie = {}
        for name in (*self.names, *self.others):
            node = trie
            for c in fold(name):
                node = node.setdefault(_LOOSE.get(c) or re.escape(c), {})
            node[""] = {}
        return re.compile(rf"(?<![\w&-])({_as_pattern(trie)})(s?)(?!\w)")

    @cached_property
    def spellable(self) -> Mapping[str, tuple[tuple[str, Name], ...]]:
        """The keys that a typo may stand for, by their first letter."""
        found: dict[str, tuple[tuple[str, Name], ...]] = {}
        for spelt, name in self.lookup.items():
            if name.known and not name.written:
                found[spelt[0]] = (*found.get(spelt[0], ()), (spelt, name))
        return found

    @property
    def companies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for entry in self.entries for c in entry.companies))

    def years(self, company: str | None = None) -> tuple[int, ...]:
        """Return the fiscal years that documents report on, ascending."""
        return self._years.get(company, ())

    @cached_property
    def _years(self) -> Mapping[str | None, tuple[int, ...]]:
        """The years of each company, and of all (None)."""
        found: dict[str | None, set[int]] = {}
        for entry in self.entries:
            if entry.year is not None:
                for company in (None, *entry.companies):
                    found.setdefault(company, set()).add(entry.year)
        return {company: tuple(sorted(years)) for company, years in found.items()}


def fold(text: str) -> str:
    """Return a text in lower case, without accents and typographic marks, of the same length.

    >>> fold("L’Oréal")
    "l'oreal"
    """
    lower = text.translate(_MARKS)
    if lower.isascii():
        return lower.lower()
    return "".join(unicodedata.normalize("NFKD", c)[0].lower()[:1] for c in lower)


def key(name: str) -> str:
    """Return what all spellings of a name share.

    >>> key("Wal-Mart"), key("Sam's Club"), key("H&M")
    ('walmart', 'samsclub', 'handm')
    """
    return "".join(c for c in fold(name).replace("&", "and") if c.isalnum())


def _as_pattern(trie: Trie) -> str:
    """Return a pattern for the strings of a trie, the longest first."""
    ways = [part + _as_pattern(after) for part, after in trie.items() if part]
    if not ways:
        return "" if trie else "(?!)"
    whole = ways[0] if len(ways) == 1 and "" not in trie else f"(?:{'|'.join(ways)})"
    return f"{whole}?" if "" in trie else whole


def make_catalogue(documents: Iterable[tuple[int, Described]]) -> Catalogue:
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
        frozenset(texts(section(data, "case_sensitive")["lower_names"])),
    )


def _entry(number: int, document: Described) -> Entry:
    told = document.metadata
    year = None if told.period is None else told.period.year
    quarter = None if told.period is None else told.period.quarter
    fiscal = year is not None
    if year is None and told.published:
        year = int(told.published[:4])
    return Entry(
        number,
        told.companies,
        year,
        quarter,
        told.doc_type,
        told.published,
        fiscal,
        document.source,
    )


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
