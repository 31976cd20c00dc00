"""One match of words gives the best rows of any documents, and the score of any row."""

from pathlib import Path

import pytest

from askretail_index import lexical
from askretail_index.embed import Embedder
from askretail_index.lexical import WordQuery, search_pages, search_passages, word_query
from askretail_index.library import Library
from askretail_index.word_scores import PASSAGES, TITLED_PAGES, RowScores, row_scores

from .made import filled, sales_notes

QUESTION = word_query("sales of lockers in spring")


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Library:
    """Twenty notes on sales; spring stands in eight, lockers in three."""
    return filled(tmp_path, embedder, sales_notes())[0]


@pytest.mark.parametrize("scored", [60_000, 4])  # a small library, a large one
def test_the_best_rows_are_those_of_a_search_of_the_same_documents(
    library: Library, monkeypatch: pytest.MonkeyPatch, scored: int
) -> None:
    monkeypatch.setattr(lexical, "SCORED", scored)
    store, everything = library.store, library.store.document_ids()
    for index, search in ((PASSAGES, search_passages), (TITLED_PAGES, search_pages)):
        for about in (everything, everything[1:9]):
            scores = RowScores(store, index, QUESTION, about)
            for documents in (about, [about[0], about[5]]):
                found = scores.best(5, documents)
                assert found == search(store, QUESTION, 5, documents=documents)
                assert found


@pytest.mark.parametrize("scored", [60_000, 4])
def test_any_row_has_the_score_that_a_search_gives_it(
    library: Library, monkeypatch: pytest.MonkeyPatch, scored: int
) -> None:
    monkeypatch.setattr(lexical, "SCORED", scored)
    store, everything = library.store, library.store.document_ids()
    wanted = dict(search_passages(store, QUESTION, 99))
    some = [*list(wanted)[:3], 9_999]
    assert RowScores(store, PASSAGES, QUESTION, everything).of(some) == {
        row: wanted[row] for row in some[:3]
    }
    assert row_scores(store, PASSAGES, QUESTION, some) == {row: wanted[row] for row in some[:3]}


def test_rows_without_any_of_the_words_have_no_score(library: Library) -> None:
    store, everything = library.store, library.store.document_ids()
    rows = [row for row, _ in search_passages(store, word_query("lockers"), 99)]
    assert len(rows) == 3
    for query in (WordQuery(()), word_query("anchovies")):
        scores = RowScores(store, PASSAGES, query, everything)
        assert (scores.best(5, everything), scores.of(rows)) == ([], {})
        assert row_scores(store, PASSAGES, query, rows) == {}
    assert RowScores(store, PASSAGES, QUESTION, []).best(5, []) == []
    assert row_scores(store, PASSAGES, QUESTION, []) == {}
