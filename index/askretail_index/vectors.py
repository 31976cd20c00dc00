"""The nearest vectors, by FAISS. The only module that imports faiss; its file is a cache."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from askretail_index.embed import Vectors
from askretail_index.store import Store
from askretail_index.vector_file import make_record, read_index, write_index
from askretail_ingest.errors import StaleLibrary

# Caps for reading an index file: FAISS's own default would try to allocate a terabyte.
MAX_BYTES = 8 << 30
MAX_LOOPS = 1 << 26
VALUE_BYTES = 4  # of a float32

Ids = npt.NDArray[np.int64]
Ranges = Sequence[tuple[int, int]]


class VectorIndex:
    """Exact search by cosine over the passages that have a vector."""

    def __init__(self, index: Any) -> None:  # faiss has no types worth the name
        import faiss

        self._index = index
        self._ids = frozenset(faiss.vector_to_array(index.id_map).tolist())
        self.size = len(self._ids)

    @classmethod
    def open(cls, store: Store, folder: Path, dim: int) -> Self:
        """Return the index of a library: from its file when that fits, else made again."""
        data = read_index(folder, make_record(store, dim))
        # FAISS reads corrupted files without complaint, or crashes on them: only our own bytes.
        return cls.build(store, folder, dim) if data is None else cls(_parse(data))

    @classmethod
    def build(cls, store: Store, folder: Path, dim: int) -> Self:
        """Make the index from the vectors in the database, and write it beside it."""
        import faiss

        record = make_record(store, dim)
        ids, vectors = load_vectors(store, dim)
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        if len(ids):
            index.add_with_ids(vectors, ids)
        write_index(folder, faiss.serialize_index(index).tobytes(), record)
        return cls(index)

    def search(
        self, vector: Vectors, k: int, *, within: Ranges | None = None
    ) -> list[tuple[int, float]]:
        """Return the k nearest passages as (id, cosine), best first, ties to the lower id.

        ``within`` restricts the search to ranges of ids, both ends included.
        """
        if self.size == 0 or k < 1 or (within is not None and not within):
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        depth = k + 1
        while True:
            found = self._nearest(query, min(depth, self.size), within)
            # FAISS keeps any of the equals at its end: read on until the k-th has none there.
            if len(found) < depth or found[k - 1][1] > found[-1][1]:
                return found[:k]
            depth *= 2

    def _nearest(self, query: Vectors, k: int, within: Ranges | None) -> list[tuple[int, float]]:
        import faiss

        if within is None:
            scores, ids = self._index.search(query, k)
        else:
            bits = _bitmap(within)
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
            scores, ids = self._index.search(query, k, params=parameters)
        found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def cosines(self, vector: Vectors, ids: Sequence[int]) -> list[tuple[int, float]]:
        """Return (id, cosine) of those of the passages that have a vector, in the order given."""
        found, rows = [], []
        for passage_id in ids:
            if passage_id in self._ids:
                found.append(passage_id)
                rows.append(self._index.reconstruct(int(passage_id)))
        if not rows:
            return []
        scores = np.asarray(rows, dtype=np.float32) @ vector
        return list(zip(found, map(float, scores), strict=True))


def load_vectors(store: Store, dim: int) -> tuple[Ids, Vectors]:
    """Return the ids of the passages that have a vector, ascending, and their vectors.

    Raises StaleLibrary when one has another size than the model's.
    """
    rows = store.db.execute(
        "SELECT p.id, v.vector FROM passages p JOIN vectors v USING (input) ORDER BY p.id"
    ).fetchall()
    wrong = sum(len(row["vector"]) != dim * VALUE_BYTES for row in rows)
    if wrong:
        folder = store.path.parent
        raise StaleLibrary(
            f"{wrong} vectors of {folder} have another size than the model's {dim} values: "
            f"run `askretail rebuild --library {folder}`"
        )
    ids = np.array([row["id"] for row in rows], dtype=np.int64)
    flat = np.frombuffer(b"".join(row["vector"] for row in rows), dtype=np.float32)
    return ids, flat.reshape(len(rows), dim).copy()


def _bitmap(ranges: Ranges) -> npt.NDArray[np.uint8]:
    allowed = np.zeros(max(last for _, last in ranges) + 1, dtype=bool)
    for first, last in ranges:
        allowed[first : last + 1] = True
    return np.packbits(allowed, bitorder="little")


def _parse(data: bytes) -> Any:
    import faiss

    faiss.set_deserialization_vector_byte_limit(MAX_BYTES)
    faiss.set_deserialization_loop_limit(MAX_LOOPS)
    return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
