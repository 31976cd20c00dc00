"""The pages worth ranking, each with what every search says of it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from askretail import candidates
from askretail.assistant import Assistant
from askretail.candidates import find_candidates, printed_words
from askretail.signals import Candidate
from askretail_index.embed import Embedder, Vectors
from askretail_index.lexical import search_pages, search_passages, word_query
from askretail_index.library import Library

from .conftest import write_notes
from .made import reading

QUESTION = "Which clinics offer dental checks?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("candidates")
    write_notes(folder)
    with Assistant.open(folder / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([folder])
    opened = Library(folder / "library", embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def vector(embedder: Embedder) -> Vectors:
    return embedder.embed_query(QUESTION)


def find(library: Library, vector: Vectors, *documents: int) -> list[Candidate]:
    scope = list(documents) or library.store.document_ids()
    return find_candidates(library, reading(QUESTION), vector[None], scope, scope)


def test_every_passage_of_a_candidate_has_its_cosine_and_the_best_of_its_sentences(
    library: Library, vector: Vectors, embedder: Embedder
) -> None:
    found = find(library, vector)
    assert [(c.document, c.page) for c in found] == [
        (number, 1) for number in library.store.document_ids()
    ]
    for candidate in found:
        stored = library.store.passages_of(candidate.document)
        assert set(candidate.passages) == {one.id for one in stored} == set(candidate.sentences)
        for one in stored:
            text = f"{one.context}\n{one.passage.text}"
            cosine = float(embedder.embed_passages([text])[0] @ vector)
            assert candidate.passages[one.id] == pytest.approx(cosine, abs=1e-4)
        assert candidate.cosines == sorted(candidate.passages.values(), reverse=True)


def test_word_scores_are_those_of_the_searches(library: Library, vector: Vectors) -> None:
    found = {c.document: c for c in find(library, vector)}
    query = word_query(QUESTION)
    passages = dict(search_passages(library.store, query, 99))
    assert passages
    assert {i: s for c in found.values() for i, s in c.bm25_passages.items()} == pytest.approx(
        passages
    )
    ids = {number: c.bm25_page for number, c in found.items() if c.bm25_page}
    best = [score for _, score in search_pages(library.store, query, 99)]
    assert sorted(ids.values(), reverse=True) == pytest.approx(best)


def test_only_documents_in_scope_bring_up_pages(library: Library, vector: Vectors) -> None:
    first, second, *_ = library.store.document_ids()
    assert [c.document for c in find(library, vector, first)] == [first]
    everything = library.store.document_ids()
    narrow = find_candidates(library, reading(QUESTION), vector[None], everything, [second])
    assert [c.document for c in narrow] == everything  # the wider scope is searched too


@pytest.mark.parametrize("first", [0, candidates.FIRST])
def test_a_page_without_vectors_is_brought_up_by_its_words_and_gets_them(
    vector: Vectors,
    tmp_path: Path,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
    first: int,
) -> None:
    monkeypatch.setattr(candidates, "FIRST", first)
    write_notes(tmp_path)
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path])
    bare = Library(tmp_path / "library", embedder)
    bare.store.db.execute("DELETE FROM vectors")
    (best, *_) = sorted(find(bare, np.zeros_like(vector)), key=lambda c: -c.bm25_page)
    bare.close()
    assert "dental checks" in bare.store.document(best.document).text
    assert bool(best.passages) == bool(best.sentences) == bool(first)
    assert best.bm25_page > 0 < max(best.bm25_passages.values())


def test_the_printed_words_are_those_of_the_metrics_and_the_heads_of_their_statements() -> None:
    words = printed_words(reading("?", metrics=("capex",)))
    assert "purchases of property and equipment" in words
    assert any("cash flows" in word for word in words)
    assert len(set(words)) == len(words)
    assert printed_words(reading("?")) == ()
