"""The words of a library in memory: how near each is to the words of a question."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from askretail_index.arrays import Vectors
from askretail_index.records import readable
from askretail_index.store import SQL_BATCH, Store

Rows = npt.NDArray[np.intp]

SPARSE = 100  # numbers of words for each word; they are given one after another
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
        found = store.db.execute(
            "SELECT id, word, vector, inputs FROM words ORDER BY id"
        ).fetchall()
        with readable("words"):
            ids = [row["id"] for row in found]
            if found and not 0 < ids[0] <= ids[-1] <= SPARSE * len(ids):  # else it takes any memory
                raise ValueError(f"a word has the number {ids[-1]}, and there are {len(ids)}")
            row_of = np.zeros((ids[-1] if ids else 0) + 1, dtype=np.intp)
            row_of[ids] = np.arange(len(ids))
            flat = np.frombuffer(b"".join(row["vector"] for row in found), dtype=np.float16)
            return cls(
                rows={row["word"]: number for number, row in enumerate(found)},
                vectors=flat.astype(np.float32).reshape(len(found), -1 if found else 0),
                inputs=np.array([row["inputs"] for row in found], dtype=np.int64),
                total=store.count("input_words"),
                row_of=row_of,
            )

    def rarity(self, word: str) -> float:
        """Return how much a word says: log(1 + N / (1 + n)), n of N inputs having it."""
        row = self.rows.get(word)
        held = int(self.inputs[row]) if row is not None else 0
        return math.log(1 + self.total / (1 + (held or UNHEARD)))

    def known(self, ids: npt.NDArray[np.int32]) -> Rows:
        """Return the rows of words by their ids; one that was stored since has none yet."""
        return self.row_of[ids[(ids > 0) & (ids < len(self.row_of))]]

    def rows_in(self, words: Sequence[str]) -> Rows:
        """Return the rows of those of the words that the library has."""
        return np.array([self.rows[w] for w in words if w in self.rows], dtype=np.intp)


def words_of(
    store: Store, vocabulary: Vocabulary, ids: Sequence[int]
) -> dict[int, tuple[Rows, Rows]]:
    """Return the rows of the words of each passage and of its context line, where known."""
    found: dict[int, tuple[Rows, Rows]] = {}
    for first in range(0, len(ids), SQL_BATCH):
        batch = ids[first : first + SQL_BATCH]
        marks = ",".join("?" * len(batch))
        query = (
            "SELECT p.id, w.text, w.context FROM passages p JOIN input_words w USING (input) "
            f"WHERE p.id IN ({marks})"
        )
        for row in store.db.execute(query, batch):
            with readable("words"):
                text, context = (np.frombuffer(row[part], "<i4") for part in ("text", "context"))
            found[row["id"]] = vocabulary.known(text), vocabulary.known(context)
    return found
