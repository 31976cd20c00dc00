"""Vectors kept on disk between runs, so that no text is embedded twice for measuring."""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from askretail_index.embed import Embedder, Spans, Vectors

BATCH = 64  # texts a commit: a run that is stopped loses a few seconds of work


def default_path() -> Path:
    """Return where the vectors lie: a file in the platform's cache folder of askretail."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("askretail")) / "eval-vectors.db"


def key_of(family: str, text: str) -> bytes:
    """Return the key of a vector: it depends on what embeds and on every character embedded."""
    return hashlib.sha256(f"{family}\0{text}".encode()).digest()


def cached(
    texts: Sequence[str],
    compute: Callable[[list[str]], Vectors],
    path: Path,
    *,
    family: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """Return one row per text, computing only what ``path`` does not hold yet.

    ``family`` names what computes. Equal texts are computed once; missing ones go in order of
    length, so that a batch pads little, and each batch is committed.
    """
    keys = [key_of(family, text) for text in texts]
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=60)) as db:
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
        found = _read(db, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        todo = sorted(missing.items(), key=lambda item: len(item[1]))
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            rows = compute([text for _, text in batch]).astype(np.float32)
            fresh = {key: row for (key, _), row in zip(batch, rows, strict=True)}
            _write(db, fresh)
            found |= fresh
            progress(start + len(batch), len(todo))
    return np.stack([found[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)


class CachedEmbedder:
    """An embedder with a memory: the same vectors, computed once for all runs."""

    def __init__(self, inner: Embedder, path: Path) -> None:
        self._inner = inner
        self._path = path

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def sha256(self) -> str:
        return self._inner.sha256

    @property
    def dim(self) -> int:
        return self._inner.dim

    @property
    def max_pieces(self) -> int:
        return self._inner.max_pieces

    def count(self, text: str) -> int:
        return self._inner.count(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return embed_cached(texts, self._inner, self._path)

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        return self._inner.embed_with_spans(texts, spans)  # a library remembers these itself

    def embed_query(self, text: str) -> Vectors:
        def compute(texts: list[str]) -> Vectors:
            return np.stack([self._inner.embed_query(each) for each in texts])

        family = f"{self.sha256} question"  # a model may prefix questions and passages differently
        rows = cached([text], compute, self._path, family=family)
        return np.asarray(rows[0], dtype=np.float32)


def embed_cached(
    texts: Sequence[str],
    embedder: Embedder,
    path: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """Return the passage vectors of an embedder, one row per text, from the cache if there."""
    family = embedder.sha256
    return cached(texts, embedder.embed_passages, path, family=family, progress=progress)


def _write(db: sqlite3.Connection, rows: Mapping[bytes, Vectors]) -> None:
    with db:
        db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
            [(key, row.tobytes()) for key, row in rows.items()],
        )


def _read(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    unique = list(dict.fromkeys(keys))
    for start in range(0, len(unique), 500):  # SQLite allows 999 parameters in old builds
        part = unique[start : start + 500]
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)
        found |= {key: np.frombuffer(blob, np.float32) for key, blob in rows}
    return found
