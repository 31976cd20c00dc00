"""The nearest vectors, by FAISS. The only module that imports faiss; its file is a cache."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from askretail_index.embed import Vectors
from askretail_index.store import Store

INDEX_FILE = "vectors.faiss"
RECORD_FILE = "vectors.json"
# Caps for reading an index file: FAISS's own default would try to allocate a terabyte.
MAX_BYTES = 8 << 30
MAX_LOOPS = 1 << 26

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
        wanted = _record(store, dim)
        found = _read_record(folder)
        if found is not None and {key: found.get(key) for key in wanted} == wanted:
            index = _read_index(folder / INDEX_FILE, str(found.get("sha256")))
            if index is not None and index.d == dim:
                return cls(index)
        return cls.build(store, folder, dim)

    @classmethod
    def build(cls, store: Store, folder: Path, dim: int) -> Self:
        """Make the index from the vectors in the database, and write it beside it."""
        import faiss

        record = _record(store, dim)
        ids, vectors = load_vectors(store, dim)
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        if len(ids):
            index.add_with_ids(vectors, ids)
        _write(folder, faiss.serialize_index(index).tobytes(), record)
        return cls(index)

    def search(
        self, vector: Vectors, k: int, *, within: Ranges | None = None
    ) -> list[tuple[int, float]]:
        """Return the k nearest passages as (id, cosine), best first, ties to the lower id.

        ``within`` restricts the search to ranges of ids, both ends included.
        """
        import faiss

        if self.size == 0 or k < 1 or (within is not None and not within):
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
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
    """Return the ids of the passages that have a vector, ascending, and their vectors."""
    rows = store.db.execute(
        "SELECT p.id, v.vector FROM passages p JOIN vectors v USING (input) ORDER BY p.id"
    ).fetchall()
    ids = np.array([row["id"] for row in rows], dtype=np.int64)
    flat = np.frombuffer(b"".join(row["vector"] for row in rows), dtype=np.float32)
    return ids, flat.reshape(len(rows), dim).copy()


def _bitmap(ranges: Ranges) -> npt.NDArray[np.uint8]:
    allowed = np.zeros(max(last for _, last in ranges) + 1, dtype=bool)
    for first, last in ranges:
        allowed[first : last + 1] = True
    return np.packbits(allowed, bitorder="little")


def _record(store: Store, dim: int) -> dict[str, object]:
    return {
        "generation": store.generation(),
        "model": store.get_meta("model_sha256"),
        "library": store.get_meta("library_id"),
        "dim": dim,
    }


def _read_record(folder: Path) -> dict[str, object] | None:
    try:
        record = json.loads((folder / RECORD_FILE).read_text())
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _read_index(path: Path, sha256: str) -> Any:
    """Return the index of a file whose bytes are the ones written, else None."""
    import faiss

    try:
        data = path.read_bytes()
    except OSError:
        return None
    # FAISS reads corrupted files without complaint, or crashes on them: check first.
    if hashlib.sha256(data).hexdigest() != sha256:
        return None
    faiss.set_deserialization_vector_byte_limit(MAX_BYTES)
    faiss.set_deserialization_loop_limit(MAX_LOOPS)
    return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))


def _write(folder: Path, data: bytes, record: dict[str, object]) -> None:
    sealed = {**record, "sha256": hashlib.sha256(data).hexdigest()}
    _replace(folder / INDEX_FILE, data)
    _replace(folder / RECORD_FILE, json.dumps(sealed, indent=1).encode())


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
