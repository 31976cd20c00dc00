"""The best passages and pages by their words: BM25 of SQLite's full-text search."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from askretail_index.store import Store
from askretail_index.words import joined_word, words

PASSAGE_WEIGHTS = (1.0, 0.6)  # body, context line and table head
PAGE_WEIGHTS = (1.0, 2.0, 0.5)  # body, titles and headings, running heads and feet
_UNQUOTABLE = re.compile('["\0]')
# What a row costs, scored or passed over: eval/benchmarks.md, "Parts".
SCORED = 60_000  # rows that may be scored for one question
SCANNED = 400_000  # rows that may be looked up where few of them are in scope
REMEMBERED = 10_000  # frequencies of words
SYNONYM_CAP = 40  # terms in one query; a longer one says nothing more and costs time


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words of a question that say nothing about what a page holds."""
    file = resources.files("askretail_index") / "data" / "stopwords.txt"
    return frozenset(file.read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class WordQuery:
    """What to look for: the question's own words, and phrases that filings print for them."""

    terms: tuple[str, ...]
    phrases: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The terms and phrases, each once."""
        return tuple(dict.fromkeys((*self.terms, *self.phrases)))[:SYNONYM_CAP]

    @property
    def match(self) -> str:
        """The FTS5 expression: any of the terms and phrases, each quoted."""
        return any_of(self.parts)


def any_of(parts: Sequence[str]) -> str:
    """Return the FTS5 expression for any of some words or phrases."""
    # Inside quotes nothing is an operator; only a quote itself and NUL would end them.
    return " OR ".join(f'"{_UNQUOTABLE.sub(" ", part)}"' for part in parts)


def word_query(text: str, phrases: Sequence[str] = ()) -> WordQuery:
    """Return the query for a question: its words without stop words, hyphenated ones joined too."""
    terms: dict[str, None] = {}
    for word in words(text):
        plain = word.lower().removesuffix("'s").removesuffix("’s")
        if plain in stop_words() or (len(plain) == 1 and not plain.isdigit()):
            continue
        terms[plain] = None
        terms[joined_word(plain)] = None
    return WordQuery(tuple(terms), tuple(p.lower() for p in phrases))


def search_passages(
    store: Store, query: WordQuery, k: int, *, documents: Sequence[int] | None = None
) -> list[tuple[int, float]]:
    """Return the k best passages as (id, bm25), best first, ties to the lower id."""
    return search(store, "passage_words", "passages", PASSAGE_WEIGHTS, query, k, documents)


def search_pages(
    store: Store, query: WordQuery, k: int, *, documents: Sequence[int] | None = None
) -> list[tuple[int, float]]:
    """Return the k best pages as (page row id, bm25), best first, ties to the lower id."""
    return search(store, "page_words", "pages", PAGE_WEIGHTS, query, k, documents)


def search(
    store: Store,
    index: str,
    table: str,
    weights: tuple[float, ...],
    query: WordQuery,
    k: int,
    documents: Sequence[int] | None,
) -> list[tuple[int, float]]:
    """Return the k best rows of an index as (id, bm25), best first, ties to the lower id."""
    if not query.parts or k < 1:
        return []
    within = "" if documents is None else _within(store, table, documents)
    match = any_of(affordable(store, index, query.parts, _rows(store, table, within)))
    score = f"bm25({index}, {', '.join(map(str, weights))})"
    rows = store.db.execute(
        f"SELECT rowid AS id, {score} AS cost FROM {index} WHERE {index} MATCH ?{within} "
        f"ORDER BY cost, rowid LIMIT {int(k)}",
        (match,),
    )
    return [(row["id"], -float(row["cost"])) for row in rows]


def _within(store: Store, table: str, documents: Sequence[int]) -> str:
    """Return the condition that a row is of these documents, "" when they are all there are."""
    if documents and store.holds_all(documents):
        return ""
    ids = ",".join(str(int(d)) for d in documents)
    # "+": checked row by row; without it SQLite runs the whole match again for every row
    return f" AND +rowid IN (SELECT id FROM {table} WHERE document IN ({ids}))"


def _rows(store: Store, table: str, within: str) -> int:
    """Return how many rows there are to find, at most as many as may all be scored."""
    condition = within.replace(" AND +rowid", " WHERE id")
    query = f"SELECT count(*) FROM (SELECT 1 FROM {table}{condition} LIMIT {SCORED + 1})"
    return int(store.db.execute(query).fetchone()[0])


def affordable(store: Store, index: str, parts: Sequence[str], rows: int) -> list[str]:
    """Return what to look for among so many rows: the rarest, while it stays quick.

    All of it in a library of up to SCORED passages. In a larger one words that stand everywhere
    say little and cost most.
    """
    if rows <= SCORED and is_small(store, index):
        return list(parts)
    limit = SCANNED if rows <= SCORED else SCORED
    frequencies = {part: _frequency(store, index, part, limit + 1) for part in parts}
    if all(
        n > limit for n in frequencies.values() if n
    ):  # which one is the rarest shows only when all is counted
        frequencies = {part: _frequency(store, index, part, SCANNED) for part in parts}
    kept: list[str] = []
    total = 0
    for part in sorted(parts, key=lambda part: frequencies[part]):
        total += frequencies[part]
        if kept and total > limit:
            break
        if frequencies[part]:
            kept.append(part)
    return [part for part in parts if part in kept] or list(parts[:1])


def is_small(store: Store, index: str) -> bool:
    """Return whether every row of an index may be scored for one question."""
    return newest_row(store, index) <= SCORED


def newest_row(store: Store, index: str) -> int:
    """Return the largest row id of an index: about how many rows it has."""
    row = store.db.execute(f"SELECT max(rowid) FROM {index}_docsize").fetchone()
    return int(row[0] or 0)


def _frequency(store: Store, index: str, part: str, limit: int) -> int:
    """Return in how many rows a word or phrase stands, counted up to a limit."""
    known = store.frequencies
    key = (store.generation(), index, part, limit)
    if key not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        query = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT {limit})"
        known[key] = int(store.db.execute(query, (any_of([part]),)).fetchone()[0])
    return known[key]


def count_passages(store: Store, words: Sequence[str], documents: Sequence[int]) -> dict[str, int]:
    """Return how many passages of the documents hold each word, in their text or heading."""
    query = (
        "SELECT count(*) AS n FROM passage_words WHERE passage_words MATCH ?"
        f"{_within(store, 'passages', documents)}"
    )
    found = {word: store.db.execute(query, (any_of([word]),)) for word in words}
    return {word: int(rows.fetchone()["n"]) for word, rows in found.items()}
