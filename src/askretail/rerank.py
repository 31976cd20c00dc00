"""The first passages of a ranking put in order once more by a cross-encoder, where one is set."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from askretail.features import Matrix, standardise
from askretail.nouns import Hit
from askretail_index.reranker import Reranker

RERANKED = 30  # passages; each costs a reading of its own


def reranked(reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with the first RERANKED by what the ranking and the cross-encoder say.

    Both count the same, in standard deviations: a cross-encoder alone knows nothing of companies
    and years. The scores stay where they were, so that they still fall with the rank.
    """
    first = hits[:RERANKED]
    own = np.array([hit.score for hit in first], dtype=np.float64)
    read = reranker.scores(question, [hit.text for hit in first]).astype(np.float64)
    both: Matrix = standardise(own) + standardise(read)
    order = np.argsort(-both, kind="stable").tolist()
    moved = [replace(first[i], score=hit.score) for i, hit in zip(order, first, strict=True)]
    return [*moved, *hits[RERANKED:]]
