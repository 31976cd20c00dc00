"""The nearest vectors, by FAISS. The only module that imports faiss; its file is a cache.

Exact up to ``EXACT_MAX`` passages. Above that the vectors stand in lists, one byte a value, of
which a search reads the nearest few; what they give is ranked by the exact vectors of the database.

A change of the library takes ids out and puts ids in; only a large one makes the index anew.
"""

import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Self

import numpy as np

from askretail_index.embed import Vectors
from askretail_index.recall import TOP, ExactTop
from askretail_index.store import EVERYWHERE, Store
from askretail_index.trial_questions import trial_questions
from askretail_index.vector_file import (
    Facts,
    Record,
    facts_of,
    find_index,
    find_older,
    is_older,
    is_recorded,
    make_record,
    write_index,
)
from askretail_index.vector_rows import (
    Ids,
    Ranges,
    bitmap,
    difference,
    load_vectors,
    sample,
    vector_blocks,
    vector_ids,
    vectors_of,
)

# Caps for reading an index file: FAISS's own default would try to allocate a terabyte.
MAX_BYTES = 8 << 30
MAX_LOOPS = 1 << 26

EXACT_MAX = 300_000  # passages searched exactly: eval/benchmarks.md, "Libraries by size"
LISTS_A_ROOT = 2  # lists for each unit of the square root of the passages: 2,000 for a million
TRAINED_A_LIST = 50  # vectors that each list's centre is learnt from
FIRST_PROBES = 32  # lists read by a search; doubled until the recall is enough
RESCORED = 200  # of what the lists give, ranked anew by exact vectors
MIN_RECALL = 0.98  # recall@10 against exact search, on questions made of words of the library
MEASURED = 200  # questions it is measured on
SEED = 20261122
CHANGED_MOST = 0.25  # share of the passages that may change in place; more is made anew as quickly
GROWN_MOST = 1.5  # times the passages that lists were taught: then they are taught again

Found = list[tuple[int, float]]
EMPTY: Record = {}
_NO_IDS: Ids = np.zeros(0, dtype=np.int64)


class VectorIndex:
    """Search by cosine over the passages that have a vector."""

    def __init__(
        self, store: Store, dim: int, index: Any, facts: Facts, record: Record = EMPTY
    ) -> None:
        """Take an index of faiss; ``record`` says which state of the library it is of."""
        import faiss

        faiss.omp_set_num_threads(1)  # one question on one core; more are asked side by side
        self._store = store
        self._dim = dim
        self._index = index  # faiss has no types worth the name
        self._record = record
        self.facts = facts
        self.size = int(index.ntotal)
        exact = facts.lists == 0
        self._ids = np.sort(faiss.vector_to_array(index.id_map)) if exact else _NO_IDS

    @classmethod
    def open(cls, store: Store, folder: Path, dim: int) -> Self:
        """Return the index of a library: from its file, brought up to date, else made again."""
        wanted = make_record(store, dim)
        found = find_index(folder, wanted)
        # FAISS reads corrupted files without complaint, or crashes on them: only our own bytes.
        if found is not None:
            facts = facts_of(found[1])
            return cls(store, dim, _read(found[0], mapped=facts.lists > 0), facts, wanted)
        older = find_older(store, folder, wanted)
        if older is not None:
            index = _read(older[0], mapped=False)
            now = cls(store, dim, index, facts_of(older[1]))._changed(index, wanted)
            if now is not None:
                return now._written(folder)
        return cls.build(store, folder, dim)

    def updated(self) -> Self | None:
        """Return the index of the library as it is now, None when this one does not help.

        This one stays as it is: others may be searching it. Only ``save`` writes the new one.
        """
        import faiss

        wanted = make_record(self._store, self._dim)
        if self.facts.lists or not is_older(self._store, self._record, wanted):
            return None  # what is mapped takes no changes: its file is read and written
        return self._changed(faiss.clone_index(self._index), wanted)

    def _changed(self, index: Any, wanted: Record) -> Self | None:
        """Return this index with what has changed since; ``index`` is its own, or a copy."""
        gone, new = difference(self._store, self._all_ids())
        size = self.size - len(gone) + len(new)
        most = GROWN_MOST * self.facts.taught if self.facts.lists else EXACT_MAX
        if len(gone) + len(new) > CHANGED_MOST * size or size > most:
            return None
        if len(gone):
            index.remove_ids(gone)
        if len(new):
            ids, vectors = vectors_of(self._store, new.tolist(), self._dim)
            index.add_with_ids(vectors, ids)
        return type(self)(self._store, self._dim, index, self.facts, wanted)

    def _all_ids(self) -> Ids:
        import faiss

        if not self.facts.lists:
            return self._ids
        lists = self._index.invlists
        sizes = [(n, lists.list_size(n)) for n in range(lists.nlist)]
        return np.sort([i for n, m in sizes if m for i in faiss.rev_swig_ptr(lists.get_ids(n), m)])

    @classmethod
    def build(cls, store: Store, folder: Path, dim: int) -> Self:
        """Make the index from the vectors in the database, and write it beside it."""
        wanted = make_record(store, dim)
        ids = vector_ids(store)
        made = cls._listed(store, ids, dim) if len(ids) > EXACT_MAX else None
        if made is None:
            made = cls._exact(store, dim)
        return cls(store, dim, made._index, made.facts, wanted)._written(folder)

    def reading(self, probes: int) -> Self:
        """Return the same index, reading so many of its lists."""
        facts = replace(self.facts, probes=probes)
        return type(self)(self._store, self._dim, self._index, facts, self._record)

    def save(self, folder: Path) -> None:
        """Write the index unless its file is of the same state of the library."""
        if not is_recorded(folder, self._record):
            self._written(folder)

    def _written(self, folder: Path) -> Self:
        """Write the index and return it; lists are mapped then, not all of them in memory."""
        file = write_index(folder, self._write, {**self._record, "facts": asdict(self.facts)})
        if not self.facts.lists:
            return self
        index = _read(file, mapped=True)
        return type(self)(self._store, self._dim, index, self.facts, self._record)

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
        asked = sample(ids, MEASURED, generator)
        questions = trial_questions(store, asked, dim, generator)
        lists = ceil(LISTS_A_ROOT * sqrt(len(ids)))
        _, taught = vectors_of(store, sample(ids, lists * TRAINED_A_LIST, generator), dim)
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
                    facts = Facts(lists, probes, rescored, recall, len(ids))
                    return cls(store, dim, index, facts)
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
            bits = bitmap(within)
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
        return known, self._index.reconstruct_batch(known)


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


def _read(file: Path, *, mapped: bool) -> Any:
    """Return the index of a file: in memory, or read from the disk as its parts are needed.

    FAISS aborts the process that adds to a mapped index. Whoever writes into the file of one, in
    place, alters it: we only ever put another file there.
    """
    import faiss

    faiss.set_deserialization_vector_byte_limit(MAX_BYTES)
    faiss.set_deserialization_loop_limit(MAX_LOOPS)
    return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
