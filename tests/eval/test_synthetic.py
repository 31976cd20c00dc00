"""A library made large out of a small one: the same text and words, other vectors near to them."""

from pathlib import Path

import numpy as np
import pytest

from askretail_eval.synthetic import jitter, multiply
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.lexical import search_passages, word_query
from askretail_index.library import Library
from askretail_index.vector_rows import load_vectors
from askretail_index.vocabulary import words_of

ROUNDS = 3
DIM = 512


@pytest.fixture
def small(tmp_path: Path, embedder: Embedder) -> Library:
    """A library of three notes about one company each."""
    for number, word in enumerate(("lockers", "coffee", "parcels")):
        text = f"---\ncompanies: [Fennel {word}]\n---\n\n# Note\n\nThe {word} stand by the door.\n"
        (tmp_path / f"{number}.md").write_text(text)
    made = Library(tmp_path / "small", embedder, create=True)
    ingest(made, [tmp_path / f"{number}.md" for number in range(3)])
    return made


def test_a_large_library_has_every_passage_in_every_round_and_finds_it(
    tmp_path: Path, small: Library, embedder: Embedder
) -> None:
    passages = small.store.count("passages")
    assert multiply(small.folder, tmp_path / "large", (ROUNDS - 1) * passages + 1) == 3 * passages
    large = Library(tmp_path / "large", embedder)
    vector = embedder.embed_query("The coffee stand by the door.")
    nearest, score = small.vectors.search(vector, 1)[0]
    assert large.vectors.search(vector, 1) == [(nearest, pytest.approx(score))]
    worded = search_passages(large.store, word_query("coffee"), 10)
    assert len(worded) == ROUNDS * len(search_passages(small.store, word_query("coffee"), 10))
    companies = {name for one in large.store.filed() for name in one.metadata.companies}
    assert {"Fennel coffee", "Fennel coffee 1", "Fennel coffee 2"} < companies


def test_every_round_knows_its_words(tmp_path: Path, small: Library, embedder: Embedder) -> None:
    passages = small.store.count("passages")
    multiply(small.folder, tmp_path / "large", ROUNDS * passages)
    large = Library(tmp_path / "large", embedder)
    ids, _ = load_vectors(large.store, DIM)
    known, words, _ = words_of(large.store, large.vocabulary, ids.tolist())
    _, own, _ = words_of(small.store, small.vocabulary, ids[:passages].tolist())
    assert known == ids.tolist()
    assert words.sizes.tolist() == ROUNDS * own.sizes.tolist()
    assert words.rows.tolist() == ROUNDS * own.rows.tolist()
    assert large.vocabulary.inputs.tolist() == (ROUNDS * small.vocabulary.inputs).tolist()


def test_jitter_moves_vectors_a_little_and_leaves_them_unit_long() -> None:
    generator = np.random.default_rng(1)
    rows = generator.normal(size=(500, 64)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    moved = jitter(rows, generator)
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-6)
    cosines = np.sum(rows * moved, axis=1)
    assert 0.8 < float(cosines.mean()) < 0.95
    assert float(cosines.max()) < 0.999


def test_a_library_that_is_there_is_not_written_over(tmp_path: Path, small: Library) -> None:
    with pytest.raises(FileExistsError, match="name another folder"):
        multiply(small.folder, small.folder, 10)
