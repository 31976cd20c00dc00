"""Questions made of a library's own words, on which its index is tried."""

import numpy as np

from askretail_index.library import Library
from askretail_index.trial_questions import WORDS, trial_questions
from askretail_index.vector_rows import load_vectors

DIM = 512


def test_a_trial_question_is_the_mean_of_a_few_words_of_its_passage(library: Library) -> None:
    ids, _ = load_vectors(library.store, DIM)
    asked = trial_questions(library.store, ids.tolist(), DIM, np.random.default_rng(1))
    assert np.allclose(np.linalg.norm(asked, axis=1), 1, atol=1e-6)
    wordy = 0
    for stored, vector in zip(library.store.passages(ids.tolist()), asked, strict=True):
        whole = library.embedder.embed_query(stored.passage.text)
        assert set(np.flatnonzero(vector)) <= set(np.flatnonzero(whole))
        wordy += np.count_nonzero(vector) == WORDS
    assert wordy > len(ids) // 2


def test_the_same_seed_asks_the_same(library: Library) -> None:
    ids, _ = load_vectors(library.store, DIM)
    one, same = (
        trial_questions(library.store, ids.tolist(), DIM, np.random.default_rng(7)) for _ in "ab"
    )
    assert np.array_equal(one, same)


def test_without_words_questions_are_about_two_passages_each(library: Library) -> None:
    library.store.db.execute("DELETE FROM input_words")
    ids, vectors = load_vectors(library.store, DIM)
    asked = trial_questions(library.store, ids.tolist(), DIM, np.random.default_rng(1))
    assert len(asked) == len(ids)
    assert float(np.einsum("ij,ij->i", asked, vectors).max()) < 0.99
