import dataclasses
import doctest
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from askretail_eval import baseline
from askretail_eval.baseline import Baselines, fuse
from askretail_eval.cache import CachedEmbedder, embed_cached
from askretail_eval.chunk import Chunk, cut, cut_page
from askretail_eval.ranking import Found
from askretail_index.embed import Embedder, Vectors

from .made import document

CHUNKS = [
    Chunk("A", 1, "walmart runs clinics beside stores"),
    Chunk("A", 2, "members pay a yearly fee"),
    Chunk("B", 1, "the clinic saw patients daily and weekly at home or away"),
]


@pytest.fixture
def plain(embedder: Embedder) -> Baselines:
    vectors = embedder.embed_passages([chunk.text for chunk in CHUNKS])
    return Baselines(CHUNKS, vectors, embedder)


def texts(found: Sequence[Found]) -> list[tuple[str, int]]:
    return [(hit.doc, hit.page) for hit in found]


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(baseline).failed == 0


def test_dense_ranks_by_cosine(plain: Baselines) -> None:
    assert texts(plain.dense("members pay fee", 2))[0] == ("A", 2)
    assert texts(plain.dense("walmart clinics", 1)) == [("A", 1)]


def test_bm25_puts_first_what_holds_more_of_the_words(plain: Baselines) -> None:
    assert texts(plain.bm25("Is there a fee in Walmart stores?", 10)) == [("A", 1), ("A", 2)]


def test_bm25_takes_signs_as_words_and_finds_nothing_for_stop_words(plain: Baselines) -> None:
    assert texts(plain.bm25('members* OR "fee AND (', 10)) == [("A", 2)]
    assert plain.bm25("what is the?", 10) == []


def test_fusion_is_the_formula_of_reciprocal_ranks() -> None:
    scores = {1: 1 / 61 + 1 / 62, 2: 1 / 62 + 1 / 61, 3: 1 / 63}
    assert fuse([[1, 2, 3], [2, 1]]) == sorted(scores, key=lambda item: (-scores[item], item))
    assert fuse([[5], [4]]) == [4, 5]


def test_fusion_prefers_what_both_rankings_hold(plain: Baselines) -> None:
    assert texts(plain.fusion("walmart clinics", 1)) == [("A", 1)]
    assert len(plain.fusion("walmart clinics", 2)) == 2


def test_a_vector_must_be_there_for_each_chunk(embedder: Embedder) -> None:
    with pytest.raises(ValueError, match="3, not 1"):
        Baselines(CHUNKS, embedder.embed_passages(["one"]), embedder)


def test_a_page_is_cut_between_words() -> None:
    assert cut_page("aa bbb\ncccc  d", max_chars=6) == ["aa bbb", "cccc d"]
    assert cut_page("aa bbb", max_chars=5) == ["aa", "bbb"]
    assert cut_page("abcdefgh ij", max_chars=3) == ["abc", "def", "gh", "ij"]
    assert cut_page(" \n", max_chars=5) == []


def test_a_size_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        cut_page("a", max_chars=0)


def test_no_chunk_crosses_a_page() -> None:
    made = document("plan.v2.pdf", "one two three ", "", "four")
    assert cut([made], max_chars=7) == [
        Chunk("plan.v2", 1, "one two"),
        Chunk("plan.v2", 1, "three"),
        Chunk("plan.v2", 3, "four"),
    ]


class Counting:
    """An embedder that notes what it was asked to embed."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows: Vectors = self.inner.embed_passages(texts)
        return rows


def test_equal_texts_are_embedded_once_and_never_again(embedder: Embedder, tmp_path: Path) -> None:
    counting = Counting(embedder)
    given = ["three words here", "one", "three words here"]
    first = embed_cached(given, counting, tmp_path / "deep" / "vectors.db")
    again = embed_cached([*given, "new"], counting, tmp_path / "deep" / "vectors.db")
    assert counting.asked == ["one", "three words here", "new"]  # shortest first
    assert np.array_equal(first, embedder.embed_passages(given))
    assert np.array_equal(again[:3], first)


def test_the_vectors_of_other_weights_are_not_taken(embedder: Any, tmp_path: Path) -> None:
    other = Counting(dataclasses.replace(embedder, name="other"))
    embed_cached(["one"], embedder, tmp_path / "vectors.db")
    embed_cached(["one"], other, tmp_path / "vectors.db")
    assert other.asked == ["one"]


def test_what_a_stopped_run_embedded_is_kept(
    embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("askretail_eval.cache.BATCH", 1)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embed_cached(["a", "bb", "ccc"], embedder, tmp_path / "vectors.db", progress=stop)
    counting = Counting(embedder)
    embed_cached(["a", "bb", "ccc"], counting, tmp_path / "vectors.db")
    assert counting.asked == ["ccc"]


def test_an_embedder_with_a_memory_gives_the_same_vectors(
    embedder: Embedder, tmp_path: Path
) -> None:
    counting = Counting(embedder)
    for _ in range(2):
        memory = CachedEmbedder(counting, tmp_path / "vectors.db")
        assert np.array_equal(
            memory.embed_passages(["a b", "c"]), embedder.embed_passages(["a b", "c"])
        )
        assert np.array_equal(memory.embed_query("a b"), embedder.embed_query("a b"))
    assert counting.asked == ["c", "a b"]
    assert (memory.sha256, memory.dim, memory.count("a b")) == (embedder.sha256, embedder.dim, 2)


def test_a_question_and_a_passage_of_the_same_words_are_two_vectors(
    embedder: Embedder, tmp_path: Path
) -> None:
    class Prefixing(Counting):
        def embed_query(self, text: str) -> Vectors:
            return embedder.embed_query(f"query {text}")

    memory = CachedEmbedder(Prefixing(embedder), tmp_path / "vectors.db")
    assert np.array_equal(memory.embed_passages(["a"])[0], embedder.embed_query("a"))
    assert np.array_equal(memory.embed_query("a"), embedder.embed_query("query a"))


def test_nothing_to_embed_gives_no_rows(embedder: Embedder, tmp_path: Path) -> None:
    assert len(embed_cached([], embedder, tmp_path / "vectors.db")) == 0
