"""The vectors of a library as the database has them: by blocks, by ids, and those of sentences."""

from collections.abc import Iterator, Sequence
from sqlite3 import Row

import numpy as np
import numpy.typing as npt

from askretail_index.arrays import Vectors
from askretail_index.span_vectors import unpack
from askretail_index.store import SQL_BATCH, Store
from askretail_ingest.errors import StaleLibrary

VALUE_BYTES = 4  # of a float32
BLOCK = 20_000  # rows in memory at a time, 30 MB of 384 values each

Ids = npt.NDArray[np.int64]
JOINED = "FROM passages p JOIN vectors v USING (input)"


def vector_ids(store: Store) -> Ids:
    """Return the ids of the passages that have a vector, ascending."""
    rows = store.db.execute(f"SELECT p.id {JOINED} ORDER BY p.id")
    return np.fromiter((row[0] for row in rows), dtype=np.int64)


def vector_blocks(store: Store, dim: int) -> Iterator[tuple[Ids, Vectors]]:
    """Yield the ids of the passages that have a vector, ascending, with their vectors.

    Raises StaleLibrary when one has another size than the model's.
    """
    rows = store.db.execute(f"SELECT p.id, v.vector {JOINED} ORDER BY p.id")
    while block := rows.fetchmany(BLOCK):
        yield _arrays(store, block, dim)


def load_vectors(store: Store, dim: int) -> tuple[Ids, Vectors]:
    """Return all of ``vector_blocks`` at once."""
    blocks = list(vector_blocks(store, dim)) or [_arrays(store, [], dim)]
    ids, vectors = zip(*blocks, strict=True)
    return np.concatenate(ids), np.concatenate(vectors)


def vectors_of(store: Store, ids: Sequence[int], dim: int) -> tuple[Ids, Vectors]:
    """Return those of the ids that have a vector, ascending, with their vectors."""
    rows: list[Row] = []
    for first in range(0, len(ids), SQL_BATCH):
        marks = ",".join(str(int(i)) for i in ids[first : first + SQL_BATCH])
        rows += store.db.execute(f"SELECT p.id, v.vector {JOINED} WHERE p.id IN ({marks})")
    return _arrays(store, sorted(rows, key=lambda row: int(row[0])), dim)


def sentence_vectors(store: Store, ids: Sequence[int], dim: int) -> Vectors:
    """Return the vector of a sentence or row of each of the passages, of those that have one."""
    found = []
    for passage_id in ids:
        row = store.db.execute(f"SELECT v.spans {JOINED} WHERE p.id = ?", (int(passage_id),))
        _, vectors = unpack(row.fetchone()[0], dim)
        if len(vectors):
            one = vectors[int(passage_id) % len(vectors)]
            found.append(one / np.linalg.norm(one))
    return np.array(found, dtype=np.float32).reshape(len(found), dim)


def _arrays(store: Store, rows: Sequence[Row], dim: int) -> tuple[Ids, Vectors]:
    wrong = sum(len(row[1]) != dim * VALUE_BYTES for row in rows)
    if wrong:
        folder = store.path.parent
        raise StaleLibrary(
            f"{wrong} vectors of {folder} have another size than the model's {dim} values: "
            f"run `askretail rebuild --library {folder}`"
        )
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    flat = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32)
    return ids, flat.reshape(len(rows), dim).copy()
