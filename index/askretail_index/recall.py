"""How much of what an exact search finds an index finds."""

from collections.abc import Sequence

import numpy as np

from askretail_index.arrays import Vectors
from askretail_index.vector_rows import Ids

TOP = 10  # recall@10


class ExactTop:
    """The nearest of all vectors to some questions, gathered block by block."""

    def __init__(self, questions: Vectors, top: int = TOP) -> None:
        self.questions = questions
        self._top = top
        self._scores = np.zeros((len(questions), 0), np.float32)
        self._ids = np.zeros((len(questions), 0), np.int64)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take a block into account."""
        scores = np.concatenate((self._scores, self.questions @ vectors.T), axis=1)
        numbers = np.concatenate(
            (self._ids, np.broadcast_to(ids, (len(self.questions), len(ids)))), axis=1
        )
        best = np.argsort(-scores, axis=1, kind="stable")[:, : self._top]
        self._scores = np.take_along_axis(scores, best, axis=1)
        self._ids = np.take_along_axis(numbers, best, axis=1)

    @property
    def ids(self) -> list[list[int]]:
        """The ids of the nearest to each question, best first."""
        found: list[list[int]] = self._ids.tolist()
        return found

    def recall(self, found: Sequence[Sequence[int]]) -> float:
        """Return the share of the nearest that was found, over all questions; 1 without any."""
        wanted = [set(row) for row in self.ids]
        hits = sum(len(row & set(got)) for row, got in zip(wanted, found, strict=True))
        return hits / max(sum(map(len, wanted)), 1) if wanted else 1.0
