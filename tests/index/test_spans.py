"""Vectors of sentences and rows: made with their passage, stored small, found again."""

from pathlib import Path

import numpy as np
import pytest

from askretail_index.embed import Embedder, embed_apart, load_embedder
from askretail_index.late import pool
from askretail_index.span_vectors import pack, spans_of, unpack
from askretail_index.write import next_generation

from .made import BRIEF, NOTE, filled

TEXT = "Walmart 2022 report\nPharmacies opened in forty stores. Fuel prices rose again."
PLACES = [(20, 54), (55, 78)]


def test_a_span_gets_the_mean_of_the_words_in_it() -> None:
    words = np.array([[9, 9], [1, 0], [0, 1], [0, 3]], dtype=np.float32)
    offsets = [(0, 0), (0, 2), (3, 5), (6, 8)]  # the first is a special piece without a place
    got = pool(words, offsets, [(0, 2), (3, 8), (20, 30)])
    third = np.array([10, 13]) / np.hypot(10, 13)  # no word in it: the mean of all
    np.testing.assert_allclose(got, [[1, 0], [0, 1], third], rtol=1e-6)


def test_packed_vectors_keep_their_places_and_their_cosines() -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(5, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = [(0, 4), (5, 9), (10, 400), (401, 402), (500, 70_000)]
    again, rows = unpack(pack(places, vectors), 64)
    assert again == places
    np.testing.assert_allclose(rows @ vectors.T, vectors @ vectors.T, atol=0.005)


def test_packed_vectors_of_another_model_are_refused() -> None:
    blob = pack([(0, 1)], np.ones((1, 64), dtype=np.float32))
    with pytest.raises(ValueError):
        unpack(blob, 65)


def test_every_quotable_part_of_a_passage_has_the_cosine_of_its_words(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"note.txt": NOTE, "brief.md": BRIEF})
    store = library.store
    stored = [s for number in store.document_ids() for s in store.passages_of(number)]
    query = embedder.embed_query("lockers in use")
    for found in spans_of(store, stored, query[None, :]):
        texts = [found.stored.passage.text[start:end] for start, end in found.places]
        np.testing.assert_allclose(
            found.cosines[:, 0], embedder.embed_passages(texts) @ query, atol=0.005
        )
    rows = [f for f in spans_of(store, stored, query[None, :]) if f.stored.passage.kind == "table"]
    best = max(rows, key=lambda found: float(found.cosines.max()))
    start, end = best.places[int(best.cosines.argmax())]
    assert best.stored.passage.text[start:end].startswith("Lockers in use")


def test_a_passage_that_waits_for_its_vector_is_cut_all_the_same(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"note.txt": NOTE})
    stored = library.store.passages_of(library.store.document_ids()[0])
    whole = spans_of(library.store, stored, np.ones((1, embedder.dim), dtype=np.float32))
    with library.store.transaction() as db:
        db.execute("DELETE FROM vectors")
        next_generation(db)  # as every change of vectors does
    bare = spans_of(library.store, stored, np.ones((1, embedder.dim), dtype=np.float32))
    assert [found.places for found in bare] == [found.places for found in whole]
    assert not any(found.cosines.any() for found in bare)


@pytest.mark.model
def test_the_model_reads_a_passage_once_for_its_vector_and_those_of_its_sentences() -> None:
    model = load_embedder()
    whole, parts = model.embed_with_spans([TEXT, "short"], [PLACES, [(0, 5)]])
    np.testing.assert_allclose(whole, model.embed_passages([TEXT, "short"]), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(parts[0], axis=1), 1, atol=1e-5)
    query = model.embed_query("Where can customers fill prescriptions?")
    assert (parts[0] @ query).argmax() == 0
    # Not the same as reading the sentence alone, yet close to it: it knows its neighbours.
    alone = embed_apart(model, [TEXT], [PLACES])[0]
    cosines = (alone * parts[0]).sum(axis=1)
    assert 0.6 < cosines.min() < 0.999


@pytest.mark.model
def test_a_model_that_is_not_the_mean_of_its_words_reads_each_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = load_embedder()
    monkeypatch.setattr(type(model.engine), "is_mean_of_words", False)
    _, parts = model.embed_with_spans([TEXT], [PLACES])
    np.testing.assert_allclose(parts[0], embed_apart(model, [TEXT], [PLACES])[0], atol=1e-6)
