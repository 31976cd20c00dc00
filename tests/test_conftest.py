"""The fixtures that other tests lean on."""

import dataclasses

import numpy as np

from askretail_index.embed import Embedder


def test_the_test_embedder_gives_the_cosine_of_shared_words(embedder: Embedder) -> None:
    rows = embedder.embed_passages(["net sales grew fast", "Net SALES fell hard"])
    assert rows.shape == (2, embedder.dim)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(rows[0] @ rows[1], 0.5, rtol=1e-6)  # 2 of 4 words, each way


def test_the_test_embedder_embeds_a_question_as_it_embeds_a_passage(embedder: Embedder) -> None:
    text = "Which banner closed stores?"
    np.testing.assert_array_equal(embedder.embed_query(text), embedder.embed_passages([text])[0])


def test_the_test_embedder_gives_unit_rows_to_texts_without_words(embedder: Embedder) -> None:
    np.testing.assert_allclose(np.linalg.norm(embedder.embed_query(" \n")), 1)
    assert embedder.embed_passages([]).shape == (0, embedder.dim)


def test_another_name_is_another_model(embedder: Embedder) -> None:
    assert dataclasses.is_dataclass(embedder)
    assert not isinstance(embedder, type)
    assert dataclasses.replace(embedder, name="other").sha256 != embedder.sha256
