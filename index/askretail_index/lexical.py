"""The best passages and pages by their words: BM25 of SQLite's full-text search."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from askretail_index.store import SQL_BATCH, Store
from askretail_index.words import joined_word, words

PASSAGE_WEIGHTS = (1.0, 0.6)  # body, context line and table head
PAGE_WEIGHTS = (1.0, 2.0, 0.5)  # body, titles and headings, running heads and feet
_UNQUOTABLE = re.compile('["\0]')
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
    def match(self) -> str:
        """The FTS5 expression: any of the terms and phrases, each quoted."""
        parts = dict.fromkeys((*self.terms, *self.phrases))
        # Inside quotes nothing is an operator; only a quote itself and NUL would end them.
        quoted = (f'"{_UNQUOTABLE.sub(" ", part)}"' for part in list(parts)[:SYNONYM_CAP])
        return " OR ".join(quoted)


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
    return _search(store, "passage_words", "passages", PASSAGE_WEIGHTS, query, k, documents)


def search_pages(
    store: Store, query: WordQuery, k: int, *, documents: Sequence[int] | None = None
) -> list[tuple[int, float]]:
    """Return the k best pages as (page row id, bm25), best first, ties to the lower id."""
    return _search(store, "page_words", "pages", PAGE_WEIGHTS, query, k, documents)


def _search(
    store: Store,
    index: str,
    table: str,
    weights: tuple[float, ...],
    query: WordQuery,
    k: int,
    documents: Sequence[int] | None,
) -> list[tuple[int, float]]:
    if not query.match or k < 1:
        return []
    within, values = "", [query.match]
    if documents is not None:
        ids = ",".join(str(int(d)) for d in documents)
        # "+": checked row by row; without it SQLite runs the whole match again for every row
        within = f" AND +rowid IN (SELECT id FROM {table} WHERE document IN ({ids}))"
    score = f"bm25({index}, {', '.join(map(str, weights))})"
    rows = store.db.execute(
        f"SELECT rowid AS id, {score} AS cost FROM {index} WHERE {index} MATCH ?{within} "
        f"ORDER BY cost, rowid LIMIT {int(k)}",
        values,
    )
    return [(row["id"], -float(row["cost"])) for row in rows]


def count_passages(store: Store, words: Sequence[str], documents: Sequence[int]) -> dict[str, int]:
    """Return how many passages of the documents hold each word, in their text or heading."""
    ids = ",".join(str(int(d)) for d in documents)
    query = (
        "SELECT count(*) AS n FROM passage_words WHERE passage_words MATCH ? "
        f"AND +rowid IN (SELECT id FROM passages WHERE document IN ({ids}))"
    )
    found = {word: store.db.execute(query, (WordQuery((word,)).match,)) for word in words}
    return {word: int(rows.fetchone()["n"]) for word, rows in found.items()}


def page_places(store: Store, ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """Return (document, page number) of page row ids."""
    places: dict[int, tuple[int, int]] = {}
    for first in range(0, len(ids), SQL_BATCH):
        batch = ids[first : first + SQL_BATCH]
        marks = ",".join("?" * len(batch))
        query = f"SELECT id, document, number FROM pages WHERE id IN ({marks})"
        for row in store.db.execute(query, batch):
            places[row["id"]] = (row["document"], row["number"])
    return places
