"""Vectors kept on disk between runs, so that a second run of the baselines takes seconds."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from askretail_index.embed import Embedder, Vectors

BATCH = 64  # texts a commit: a run that is stopped loses a few seconds of work


def default_path() -> Path:
    """Return where the vectors lie: a file in the platform's cache folder of askretail."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("askretail")) / "eval-vectors.db"


def key_of(weights: str, text: str) -> bytes:
    """Return the key of a vector: it depends on the weights and on every character embedded."""
    return hashlib.sha256(f"{weights}\0{text}".encode()).digest()


def embed_cached(
    texts: Sequence[str],
    embedder: Embedder,
    path: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """Return one row per text, embedding only what ``path`` does not hold yet.

    Equal texts are embedded once; missing ones go in order of length, so that a batch pads
    little, and each batch is committed.
    """
    keys = [key_of(embedder.sha256, text) for text in texts]
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=60)) as db:
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
        found = _read(db, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        todo = sorted(missing.items(), key=lambda item: len(item[1]))
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            rows = embedder.embed_passages([text for _, text in batch]).astype(np.float32)
            fresh = {key: row for (key, _), row in zip(batch, rows, strict=True)}
            with db:
                db.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, row.tobytes()) for key, row in fresh.items()],
                )
            found |= fresh
            progress(start + len(batch), len(todo))
    return np.stack([found[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)


def _read(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    unique = list(dict.fromkeys(keys))
    for start in range(0, len(unique), 500):  # SQLite allows 999 parameters in old builds
        part = unique[start : start + 500]
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)
        found |= {key: np.frombuffer(blob, np.float32) for key, blob in rows}
    return found
