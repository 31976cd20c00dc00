"""The plain searches that ours is measured against, over thousand-character chunks.

Dense: exact dot product of the packaged model's vectors. BM25: SQLite FTS5 as it comes. Fusion:
reciprocal rank of the two. None knows companies, periods or headings.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from askretail_eval.cache import embed_cached
from askretail_eval.chunk import Chunk
from askretail_eval.ranking import Found
from askretail_index.embed import Embedder, Vectors

RRF_K = 60  # the constant of Cormack, Clarke and Buettcher, SIGIR 2009
FUSED_DEPTH = 100  # of each ranking, what goes into the fusion
EDGES = ".,;:?!()[]*'’“”$%"  # signs around a word, which the tokenizer drops as well

Ranking = list[int]  # positions in the list of chunks, best first
Search = Callable[[str, int], list[Found]]


class Baselines:
    """Three searches over one list of chunks."""

    def __init__(self, chunks: Sequence[Chunk], vectors: Vectors, embedder: Embedder) -> None:
        if len(chunks) != len(vectors):
            raise ValueError(f"expected a vector a chunk: {len(chunks)}, not {len(vectors)}")
        self._chunks = chunks
        self._vectors = vectors
        self._embedder = embedder
        self._fts = full_text(chunk.text for chunk in chunks)
        self._stop_words = load_stop_words()

    @classmethod
    def build(
        cls,
        chunks: Sequence[Chunk],
        embedder: Embedder,
        cache: Path,
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> "Baselines":
        """Return baselines whose vectors come from the cache file as far as it holds them."""
        texts = [chunk.text for chunk in chunks]
        return cls(chunks, embed_cached(texts, embedder, cache, progress=progress), embedder)

    def searches(self) -> dict[str, Search]:
        """Return the three by the names that reports show."""
        return {"dense": self.dense, "BM25": self.bm25, "fusion": self.fusion}

    def dense(self, question: str, k: int) -> list[Found]:
        return self._found(self._dense(question, k))

    def bm25(self, question: str, k: int) -> list[Found]:
        return self._found(self._bm25(question, k))

    def fusion(self, question: str, k: int) -> list[Found]:
        rankings = (self._dense(question, FUSED_DEPTH), self._bm25(question, FUSED_DEPTH))
        return self._found(fuse(rankings)[:k])

    def _dense(self, question: str, k: int) -> Ranking:
        if not self._chunks:
            return []
        cosines = self._vectors @ self._embedder.embed_query(question)
        order = np.argsort(-cosines, kind="stable")[:k]  # stable: ties go to the earlier chunk
        return [int(place) for place in order]

    def _bm25(self, question: str, k: int) -> Ranking:
        query = or_query(question, self._stop_words)
        if not query:
            return []
        rows = self._fts.execute(
            "SELECT rowid FROM chunks WHERE chunks MATCH ? ORDER BY rank, rowid LIMIT ?",
            (query, k),
        )
        return [int(rowid) for (rowid,) in rows]

    def _found(self, ranking: Ranking) -> list[Found]:
        chunks = [self._chunks[place] for place in ranking]
        return [Found(chunk.doc, chunk.page, chunk.text) for chunk in chunks]


def full_text(texts: Iterable[str]) -> sqlite3.Connection:
    """Return a full-text table in memory; the row id is the place of the text, from 0."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE chunks USING fts5(text)")
    db.executemany("INSERT INTO chunks (rowid, text) VALUES (?, ?)", enumerate(texts))
    return db


def load_stop_words() -> frozenset[str]:
    """Return the words that the plain BM25 search leaves out of a question."""
    file = resources.files("askretail_eval") / "data" / "stop-words.txt"
    lines = file.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def or_query(question: str, stop_words: frozenset[str]) -> str:
    """Return the words of a question that are no stop words, quoted, any of them.

    A word is what white space divides; FTS5 reads "10-k" in quotes as a phrase.

    >>> or_query("What is the 10-K about?", frozenset({"what", "is", "the"}))
    '"10-k" OR "about"'
    """
    words = [word.strip(EDGES) for word in question.lower().replace('"', " ").split()]
    return " OR ".join(f'"{word}"' for word in words if word and word not in stop_words)


def fuse(rankings: Iterable[Sequence[int]], *, k: int = RRF_K) -> Ranking:
    """Merge rankings by reciprocal rank, best first; ties go to the lower number."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda item: (-scores[item], item))
