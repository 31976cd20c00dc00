"""The nearest vectors, by FAISS. The only module that imports faiss; its file is a cache.

Exact up to ``EXACT_MAX`` passages. Above that the vectors stand in lists, one byte a value, of
which a search reads the nearest few; what they give is ranked by the exact vectors of the database.
"""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from askretail_index.embed import Vectors
from askretail_index.recall import TOP, ExactTop
from askretail_index.store import EVERYWHERE, Store
from askretail_index.vector_file import Record, find_index, make_record, write_index
from askretail_index.vector_rows import (
    Ids,
    load_vectors,
    sentence_vectors,
    vector_blocks,
    vector_ids,
    vectors_of,
)

# Caps for reading an index file: FAISS's own default would try to allocate a terabyte.
MAX_BYTES = 8 << 30
MAX_LOOPS = 1 << 26

EXACT_MAX = 300_000  # passages searched exactly: about 25 ms and 460 MB
LISTS_A_ROOT = 2  # lists for each unit of the square root of the passages: 2,000 for a million
TRAINED_A_LIST = 50  # vectors that each list's centre is learnt from
FIRST_PROBES = 16  # lists read by a search; doubled until the recall is enough
RESCORED = 200  # of what the lists give, ranked anew by exact vectors
MIN_RECALL = 0.98  # recall@10 against exact search, on sentences of the library
MEASURED = 200  # sentences it is measured on
SEED = 20261122

Ranges = Sequence[tuple[int, int]]
Found = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Facts:
    """How an index searches: ``lists`` is 0 when exactly."""

    lists: int = 0
    probes: int = 0
    rescored: int = 0
    recall: float = 1.0  # recall@10, as measured when it was built


class VectorIndex:
    """Search by cosine over the passages that have a vector."""

    def __init__(self, store: Store, dim: int, index: Any, facts: Facts) -> None:
        import faiss

        faiss.omp_set_num_threads(1)  # one question on one core; more are asked side by side
        self._store = store
        self._dim = dim
        self._index = index  # faiss has no types worth the name
        self.facts = facts
        self.size = int(index.ntotal)
        exact = facts.lists == 0
        self._ids = np.sort(faiss.vector_to_array(index.id_map)) if exact else _NO_IDS

    @classmethod
    def open(cls, store: Store, folder: Path, dim: int) -> Self:
        """Return the index of a library: from its file when that fits, else made again."""
        found = find_index(folder, make_record(store, dim))
        # FAISS reads corrupted files without complaint, or crashes on them: only our own bytes.
        if found is None:
            return cls.build(store, folder, dim)
        file, record = found
        facts = _facts(record)
        return cls(store, dim, _read(file, mapped=facts.lists > 0), facts)

    @classmethod
    def build(cls, store: Store, folder: Path, dim: int) -> Self:
        """Make the index from the vectors in the database, and write it beside it."""
        record = make_record(store, dim)
        ids = vector_ids(store)
        made = cls._listed(store, ids, dim) if len(ids) > EXACT_MAX else None
        if made is None:
            made = cls._exact(store, dim)
        described = {**record, "facts": asdict(made.facts)}
        file = write_index(folder, made._write, described)
        if made.facts.lists:  # mapped from now on: not all of it in memory
            return cls(store, dim, _read(file, mapped=True), made.facts)
        return made

    @classmethod
    def _exact(cls, store: Store, dim: int) -> Self:
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        ids, vectors = load_vectors(store, dim)
        if len(ids):
            index.add_with_ids(vectors, ids)
        return cls(store, dim, index, Facts())

    @classmethod
    def _listed(cls, store: Store, ids: Ids, dim: int) -> Self | None:
        """Return an index of lists that finds enough, None when none does."""
        generator = np.random.default_rng(SEED)
        questions = sentence_vectors(store, _sample(ids, MEASURED, generator), dim)
        lists = ceil(LISTS_A_ROOT * sqrt(len(ids)))
        _, taught = vectors_of(store, _sample(ids, lists * TRAINED_A_LIST, generator), dim)
        index, exact = _trained(taught, lists, dim), ExactTop(questions)
        for block_ids, vectors in vector_blocks(store, dim):
            index.add_with_ids(vectors, block_ids)
            exact.add(block_ids, vectors)
        for rescored in (RESCORED, 4 * RESCORED):
            probes = min(FIRST_PROBES, lists)
            while True:
                made = cls(store, dim, index, Facts(lists, probes, rescored))
                found = [[i for i, _ in made.search(one, TOP)] for one in questions]
                recall = exact.recall(found)
                if recall >= MIN_RECALL:
                    return cls(store, dim, index, Facts(lists, probes, rescored, recall))
                if probes == lists:
                    break
                probes = min(2 * probes, lists)
        return None

    def _write(self, file: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(file))

    def search(self, vector: Vectors, k: int, *, within: Ranges | None = None) -> Found:
        """Return the k nearest passages as (id, cosine), best first, ties to the lower id.

        ``within`` restricts the search to ranges of ids, both ends included.
        """
        if self.size == 0 or k < 1 or (within is not None and not within):
            return []
        if within is not None and EVERYWHERE in within:
            within = None
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if self.facts.lists:
            near = self._nearest(query, min(max(self.facts.rescored, 2 * k), self.size), within)
            return _ranked(self.cosines(vector, [i for i, _ in near]))[:k]
        depth = k + 1
        while True:
            found = self._nearest(query, min(depth, self.size), within)
            # FAISS keeps any of the equals at its end: read on until the k-th has none there.
            if len(found) < depth or found[k - 1][1] > found[-1][1]:
                return found[:k]
            depth *= 2

    def _nearest(self, query: Vectors, k: int, within: Ranges | None) -> Found:
        parameters = self._parameters(within)
        scores, ids = self._index.search(query, k, params=parameters)
        found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return _ranked(found)

    def _parameters(self, within: Ranges | None) -> Any:
        """Return what FAISS is told beside the question: which ids, and how many lists."""
        import faiss

        told: dict[str, Any] = {}
        allowed = self.size
        if within is not None:
            allowed = sum(last - first + 1 for first, last in within)
            bits = _bitmap(within)
            told["sel"] = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        if not self.facts.lists:
            return faiss.SearchParameters(**told) if told else None
        # The fewer may be found, the more lists hold none of them.
        share = min(max(allowed, 1) / self.size, 1.0)
        probes = min(ceil(self.facts.probes / share), self.facts.lists)
        return faiss.SearchParametersIVF(**told, nprobe=probes)  # type: ignore[call-arg]

    def cosines(self, vector: Vectors, ids: Sequence[int]) -> Found:
        """Return (id, cosine) of those of the passages that have a vector, in the order given."""
        known, rows = self._rows(ids)
        if not len(known):
            return []
        scores = dict(zip(known.tolist(), map(float, rows @ vector), strict=True))
        return [(i, scores[i]) for i in ids if i in scores]

    def _rows(self, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        if self.facts.lists:  # of lists only the database still has the whole vectors
            return vectors_of(self._store, ids, self._dim)
        known = np.asarray(ids, dtype=np.int64)
        known = known[np.isin(known, self._ids)]
        return known, np.array([self._index.reconstruct(int(i)) for i in known], np.float32)


_NO_IDS: Ids = np.zeros(0, dtype=np.int64)


def _ranked(found: Found) -> Found:
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _trained(taught: Vectors, lists: int, dim: int) -> Any:
    import faiss

    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim),
        dim,
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.max_points_per_centroid = TRAINED_A_LIST
    index.cp.seed = SEED
    index.train(taught)
    return index


def _sample(ids: Ids, n: int, generator: np.random.Generator) -> list[int]:
    chosen: list[int] = np.sort(generator.choice(ids, min(n, len(ids)), replace=False)).tolist()
    return chosen


def _bitmap(ranges: Ranges) -> npt.NDArray[np.uint8]:
    allowed = np.zeros(max(last for _, last in ranges) + 1, dtype=bool)
    for first, last in ranges:
        allowed[first : last + 1] = True
    return np.packbits(allowed, bitorder="little")


def _facts(record: Record) -> Facts:
    fields = record.get("facts")
    return Facts(**fields) if isinstance(fields, dict) else Facts()


def _read(file: Path, *, mapped: bool) -> Any:
    """Return the index of a file: in memory, or read from the disk as its parts are needed.

    FAISS aborts the process that adds to a mapped index. Whoever writes into the file of one, in
    place, alters it: we only ever put another file there.
    """
    import faiss

    faiss.set_deserialization_vector_byte_limit(MAX_BYTES)
    faiss.set_deserialization_loop_limit(MAX_LOOPS)
    return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
