"""Vectors of sentences and rows out of the reading of their whole passage.

The mean of a span's own word vectors, after the model has read them with the context line and
their neighbours ("late chunking", Guenther et al., arXiv 2409.04701): it costs no second reading,
and finds the right sentence as often as one (eval/results.md, "Sentences").
"""

from collections.abc import Sequence

import numpy as np

from askretail_index.arrays import Vectors
from askretail_ingest.spans import Span


def pool(words: Vectors, offsets: Sequence[Span], spans: Sequence[Span]) -> Vectors:
    """Return one row a span, of length 1: the mean of the rows of the words in it.

    ``offsets`` gives the place of each row of ``words`` in the text; a span that holds no word
    gets the mean of all.
    """
    starts, ends = np.array(offsets, dtype=np.int64).reshape(-1, 2).T
    firsts, pasts = np.array(spans, dtype=np.int64).reshape(-1, 2, 1).transpose(1, 0, 2)
    inside = (starts < pasts) & (ends > firsts)  # a row a span, a column a word
    inside[~inside.any(axis=1)] = True
    return unit(inside.astype(np.float32) @ words)  # the sum points where the mean does


def unit(rows: Vectors) -> Vectors:
    """Return rows of length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
