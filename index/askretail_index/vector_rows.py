"""The vectors of a library as the database has them: by blocks, by ids, and those of sentences."""

from collections.abc import Iterator, Sequence
from sqlite3 import Row

import numpy as np
import numpy.typing as npt

from askretail_index.arrays import Vectors
from askretail_index.records import readable
from askretail_index.span_vectors import unpack
from askretail_index.store import SQL_BATCH, Store
from askretail_ingest.errors import StaleLibrary

VALUE_BYTES = 4  # of a float32
MAX_ID = 1 << 28  # a bit and a byte for each are looked at; no library has given so many ids
BLOCK = 20_000  # rows in memory at a time, 30 MB of 384 values each

Ids = npt.NDArray[np.int64]
Ranges = Sequence[tuple[int, int]]  # of ids, both ends included
JOINED = "FROM passages p JOIN vectors v USING (input)"


def vector_ids(store: Store) -> Ids:
    """Return the ids of the passages that have a vector, ascending."""
    # Not ORDER BY: in the order of inputs two indexes are walked side by side, in half the time.
    rows = store.db.execute(f"SELECT p.id {JOINED}")
    return np.sort(np.fromiter((row[0] for row in rows), dtype=np.int64))


def difference(store: Store, known: Ids) -> tuple[Ids, Ids]:
    """Return the ids that no longer have a vector, and those that do and are not known yet."""
    now = vector_ids(store)
    return np.setdiff1d(known, now), np.setdiff1d(now, known)


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


def bitmap(ranges: Ranges) -> npt.NDArray[np.uint8]:
    """Return a bit for each id, set for those within the ranges; the lowest bit comes first."""
    highest = max(last for _, last in ranges)
    if not 0 <= highest <= MAX_ID:
        raise StaleLibrary(
            f"the library has a passage with the number {highest}: run `askretail rebuild`, "
            "or ingest the documents again into a new --library"
        )
    allowed = np.zeros(highest + 1, dtype=bool)
    for first, last in ranges:
        allowed[first : last + 1] = True
    return np.packbits(allowed, bitorder="little")


def sample(ids: Ids, n: int, generator: np.random.Generator) -> list[int]:
    """Return n of the ids, all when they are fewer, ascending."""
    chosen: list[int] = np.sort(generator.choice(ids, min(n, len(ids)), replace=False)).tolist()
    return chosen


def sentence_vectors(store: Store, ids: Sequence[int], dim: int) -> Vectors:
    """Return the vector of a sentence or row of each of the passages, of those that have one."""
    found = []
    for passage_id in ids:
        row = store.db.execute(f"SELECT v.spans {JOINED} WHERE p.id = ?", (int(passage_id),))
        with readable("sentence vectors"):
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
