"""Vectors like those of questions, to try an index on.

Sentences of a library lie too near to its passages: lists that find .99 of what is nearest to
sentences find .90 for real questions. Means of a few words read alone are harder than both, so
what is found for them is the least that is found for questions (eval/benchmarks.md, "Library: 1M").
"""

from collections.abc import Sequence

import numpy as np

from askretail_index.arrays import Vectors
from askretail_index.late import unit
from askretail_index.store import SQL_BATCH, Store
from askretail_index.vector_rows import sentence_vectors

WORDS = 6  # of a passage, in one question


def trial_questions(
    store: Store, ids: Sequence[int], dim: int, generator: np.random.Generator
) -> Vectors:
    """Return a question about each of the passages, of those whose words are known.

    Where no words are known, each question is half about one passage and half about another.
    """
    chosen = [words for i in ids if len(words := _some_words(store, i, generator))]
    vectors = _word_vectors(store, sorted({word for words in chosen for word in words}))
    means = [np.sum([vectors[word] for word in words], axis=0) for words in chosen]
    if means:
        return unit(np.array(means, dtype=np.float32))
    sentences = sentence_vectors(store, ids, dim)
    return unit(sentences + np.roll(sentences, 1, axis=0))


def _some_words(store: Store, passage: int, generator: np.random.Generator) -> list[int]:
    query = "SELECT w.text FROM passages p JOIN input_words w USING (input) WHERE p.id = ?"
    row = store.db.execute(query, (passage,)).fetchone()
    held = np.frombuffer(row["text"] if row is not None else b"", "<i4")
    words: list[int] = generator.choice(held, min(WORDS, len(held)), replace=False).tolist()
    return words


def _word_vectors(store: Store, words: Sequence[int]) -> dict[int, Vectors]:
    found: dict[int, Vectors] = {}
    for first in range(0, len(words), SQL_BATCH):
        marks = ",".join(map(str, words[first : first + SQL_BATCH]))
        for row in store.db.execute(f"SELECT id, vector FROM words WHERE id IN ({marks})"):
            found[row["id"]] = np.frombuffer(row["vector"], np.float16).astype(np.float32)
    return found
