"""The words of a library in memory: how near each is to the words of a question."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import Self

import numpy as np
import numpy.typing as npt

from askretail_index.arrays import Vectors
from askretail_index.blobs import blobs_of
from askretail_index.records import readable
from askretail_index.store import Store

Rows = npt.NDArray[np.intp]
Matrix = npt.NDArray[np.float64]

SPARSE = 100  # numbers of words for each word; they are given one after another
WORD_ID = np.dtype("<i4")  # as word_vectors.py packs them
BATCH = 500  # words read at a time
UNHEARD = 20  # inputs that a word is taken to be in when the library lacks it
NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: a key of caches
class Vocabulary:
    """Words by row: ``vectors`` has shape ``(len(rows), dim)``, ``inputs`` counts passages."""

    rows: Mapping[str, int]
    vectors: Vectors
    inputs: npt.NDArray[np.int64]
    total: int  # inputs in the library
    row_of: Rows  # by the id of a word; ids start at 1

    @classmethod
    def read(cls, store: Store) -> Self:
        found: list[tuple[int, str, int]] = []
        halves = [np.zeros(0, dtype=np.float16)]
        with readable("words"):
            for batch in _batches(store):
                found += [(row["id"], row["word"], row["inputs"]) for row in batch]
                packed = b"".join(row["vector"] for row in batch)
                halves.append(np.frombuffer(packed, dtype=np.float16))
            ids = [number for number, _, _ in found]
            if found and not 0 < ids[0] <= ids[-1] <= SPARSE * len(ids):  # else it takes any memory
                raise ValueError(f"a word has the number {ids[-1]}, and there are {len(ids)}")
            row_of = np.zeros((ids[-1] if ids else 0) + 1, dtype=np.intp)
            row_of[ids] = np.arange(len(ids))
            vectors = np.concatenate(halves, dtype=np.float32)
            return cls(
                rows={word: number for number, (_, word, _) in enumerate(found)},
                vectors=vectors.reshape(len(found), -1 if found else 0),
                inputs=np.array([inputs for _, _, inputs in found], dtype=np.int64),
                total=store.count("input_words"),
                row_of=row_of,
            )

    def rarity(self, word: str) -> float:
        """Return how much a word says: log(1 + N / (1 + n)), n of N inputs having it."""
        row = self.rows.get(word)
        held = int(self.inputs[row]) if row is not None else 0
        return math.log(1 + self.total / (1 + (held or UNHEARD)))

    def known(self, ids: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Return which ids of words have a row; one that was stored since has none yet."""
        return np.asarray((ids > 0) & (ids < len(self.row_of)))

    def rows_in(self, words: Sequence[str]) -> Rows:
        """Return the rows of those of the words that the library has."""
        return np.array([self.rows[w] for w in words if w in self.rows], dtype=np.intp)


def _batches(store: Store) -> Iterator[list[Row]]:
    """Yield the words in order, so few at a time that their rows take little memory."""
    rows = store.db.execute("SELECT id, word, vector, inputs FROM words ORDER BY id")
    while batch := rows.fetchmany(BATCH):
        yield batch


@dataclass(frozen=True, slots=True)
class Groups:
    """The words of several texts: ``rows`` one after the other, ``sizes`` of each text."""

    rows: Rows
    sizes: Rows

    def best(self, table: Matrix) -> Matrix:
        """Return the largest values of each text's rows of a table, 0 for a text without any."""
        filled = np.flatnonzero(self.sizes)
        best = np.zeros((len(self.sizes), table.shape[1]))
        if len(filled):
            starts = np.cumsum(self.sizes)[filled] - self.sizes[filled]
            best[filled] = np.maximum.reduceat(table[self.rows], starts, axis=0)
        return best


def words_of(
    store: Store, vocabulary: Vocabulary, ids: Sequence[int]
) -> tuple[list[int], Groups, Groups]:
    """Return those of the passages whose words are known, the words of each, of its context."""
    blobs = {i: blob for i, blob in blobs_of(store, ids).items() if blob.text or blob.context}
    return (
        list(blobs),
        _groups(vocabulary, [blob.text for blob in blobs.values()]),
        _groups(vocabulary, [blob.context for blob in blobs.values()]),
    )


def _groups(vocabulary: Vocabulary, packed: Sequence[bytes]) -> Groups:
    with readable("words"):
        ids = np.concatenate([np.frombuffer(one, WORD_ID) for one in (b"", *packed)])
    known = vocabulary.known(ids)
    owner = np.repeat(np.arange(len(packed)), [len(one) // WORD_ID.itemsize for one in packed])
    sizes = np.bincount(owner[known], minlength=len(packed))
    return Groups(vocabulary.row_of[ids[known]], sizes)
