"""BM25 of the rows of an index: the best of them, and any that are asked for.

SQLite's match costs the same however few of its rows are wanted, so one match serves both where
all of its rows can be kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Cursor

import numpy as np
import numpy.typing as npt

from askretail_index.lexical import (
    PAGE_WEIGHTS,
    PASSAGE_WEIGHTS,
    WordQuery,
    affordable,
    any_of,
    is_small,
    newest_row,
    search,
)
from askretail_index.store import Store

Scores = Mapping[int, float]
Arrays = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]  # row ids, scores


@dataclass(frozen=True, slots=True)
class Index:
    """A full-text table, the table whose rows it has words of, and what each column counts."""

    words: str
    table: str
    weights: tuple[float, ...]

    @property
    def score(self) -> str:
        """The expression that gives the cost of a row: less is better."""
        return f"bm25({self.words}, {', '.join(map(str, self.weights))})"


PASSAGES = Index("passage_words", "passages", PASSAGE_WEIGHTS)
PAGES = Index("page_words", "pages", (1.0, 1.0, 0.5))
TITLED_PAGES = Index("page_words", "pages", PAGE_WEIGHTS)


class RowScores:
    """What a query says of the rows of some documents."""

    def __init__(
        self, store: Store, index: Index, query: WordQuery, documents: Sequence[int]
    ) -> None:
        self._store, self._index, self._query = store, index, query
        small = is_small(store, index.words)
        self._every = _every(store, index, query, documents) if small else None

    def best(self, k: int, documents: Sequence[int]) -> list[tuple[int, float]]:
        """Return the k best rows of these documents, best first, ties to the lower id."""
        if self._every is None:
            i = self._index
            return search(self._store, i.words, i.table, i.weights, self._query, k, documents)
        ids, scores = self._every
        inside = np.zeros(len(ids), dtype=bool)
        for ends in self._store.id_ranges(self._index.table, documents):
            inside[slice(*np.searchsorted(ids, (ends[0], ends[1] + 1)))] = True
        ids, scores = ids[inside], scores[inside]
        order = np.argsort(-scores, kind="stable")[:k]
        return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))

    def of(self, ids: Sequence[int]) -> Scores:
        """Return the scores of those of the rows that hold any of the words."""
        if self._every is None:
            return row_scores(self._store, self._index, self._query, ids)
        asked, (known, scores) = np.array(ids, dtype=np.int64), self._every
        places = np.searchsorted(known, asked)
        found = known.take(places, mode="clip") == asked if len(known) else np.zeros(len(ids), bool)
        return dict(zip(asked[found].tolist(), scores[places[found]].tolist(), strict=True))


def row_scores(store: Store, index: Index, query: WordQuery, ids: Sequence[int]) -> Scores:
    """Return the BM25 of these rows; rows without any of the words are left out."""
    if not query.parts or not ids:
        return {}
    parts = affordable(store, index.words, query.parts, newest_row(store, index.words))
    within = ",".join(str(i) for i in ids)
    matched = _matched(store, index, parts, (min(ids), max(ids)), f"+rowid IN ({within})")
    return {row: -cost for row, cost in matched}


def _every(store: Store, index: Index, query: WordQuery, documents: Sequence[int]) -> Arrays:
    """Return every row of these documents that holds any of the words, ascending, and its BM25."""
    ranges = store.id_ranges(index.table, documents)
    if not query.parts or not ranges:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    inside = " OR ".join(f"+rowid BETWEEN {first} AND {last}" for first, last in ranges)
    ends = min(first for first, _ in ranges), max(last for _, last in ranges)
    rows = _matched(store, index, query.parts, ends, f"({inside})").fetchall()
    ids, costs = zip(*rows, strict=True) if rows else ((), ())
    return np.array(ids, dtype=np.int64), -np.array(costs, dtype=np.float64)


def _matched(
    store: Store, index: Index, parts: Sequence[str], ends: tuple[int, int], within: str
) -> Cursor:
    # SQLite skips to the first of the rows; "+": the rest is checked row by row. Without it the
    # whole match would run again for every row.
    return store.db.execute(
        f"SELECT rowid, {index.score} FROM {index.words} "
        f"WHERE {index.words} MATCH ? AND rowid BETWEEN ? AND ? AND {within} ORDER BY rowid",
        (any_of(parts), *ends),
    )
