"""Word search in a large library: rare words first, and nothing lost in a small one."""

from pathlib import Path

import pytest

from askretail_index import lexical
from askretail_index.embed import Embedder
from askretail_index.lexical import affordable, search_pages, search_passages, word_query
from askretail_index.library import Library
from askretail_index.store import EVERYWHERE

from .made import filled, sales_notes

QUESTION = word_query("sales of lockers in spring or of anchovies")


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Library:
    """Twenty notes on sales; spring stands in eight, lockers in three, anchovies in none."""
    return filled(tmp_path, embedder, sales_notes())[0]


def test_all_words_are_looked_for_while_every_passage_may_be_scored(library: Library) -> None:
    assert affordable(library.store, "passage_words", QUESTION.parts, 20) == list(QUESTION.parts)


@pytest.mark.parametrize(
    ("scored", "kept"),
    [(19, ["lockers", "spring"]), (11, ["lockers", "spring"]), (10, ["lockers"]), (1, ["lockers"])],
)
def test_common_words_are_left_out_where_they_bring_up_too_many_passages(
    library: Library, monkeypatch: pytest.MonkeyPatch, scored: int, kept: list[str]
) -> None:
    monkeypatch.setattr(lexical, "SCORED", scored)
    assert affordable(library.store, "passage_words", QUESTION.parts, 20) == kept


def test_in_few_documents_common_words_still_count(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "SCORED", 4)
    documents = library.store.document_ids()[9:12]
    found = search_passages(library.store, QUESTION, 5, documents=documents)
    assert [s.document for s in library.store.passages([i for i, _ in found])] == documents
    assert search_passages(library.store, word_query("sales"), 50) != []


def test_rare_words_find_what_all_words_find_first(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for search in (search_passages, search_pages):
        library.store.frequencies.clear()
        monkeypatch.setattr(lexical, "SCORED", 60_000)
        best = [i for i, _ in search(library.store, QUESTION, 2)]
        monkeypatch.setattr(lexical, "SCORED", 12)
        assert [i for i, _ in search(library.store, QUESTION, 2)] == best


def test_frequencies_follow_the_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "SCORED", 10)
    assert affordable(library.store, "passage_words", QUESTION.parts, 20) == ["lockers"]
    library.remove([f"{n:02}.txt" for n in range(1, 8)])
    kept = affordable(library.store, "passage_words", QUESTION.parts, 13)
    assert kept == ["lockers", "spring"]


def test_all_documents_together_are_no_filter(library: Library) -> None:
    store = library.store
    everything = store.document_ids()
    assert store.passage_ranges(everything) == [EVERYWHERE]
    assert store.passage_ranges(everything[1:]) != [EVERYWHERE]
    for documents in (everything, [*everything, 900]):
        assert search_passages(store, QUESTION, 9, documents=documents) == search_passages(
            store, QUESTION, 9
        )
