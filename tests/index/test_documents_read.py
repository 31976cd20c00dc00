"""When the text of a document is read, and how many of them stay in memory."""

import numpy as np
import pytest

from askretail_index import store as store_module
from askretail_index.blobs import blobs_of
from askretail_index.library import Library
from askretail_index.vocabulary import words_of
from askretail_index.write import words_changed


def test_what_is_known_of_documents_is_told_without_reading_their_texts(library: Library) -> None:
    statements: list[str] = []
    store = library.store
    store.db.set_trace_callback(statements.append)
    filed = store.filed()
    store.db.set_trace_callback(None)
    (query,) = statements
    plan = [row["detail"] for row in store.db.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plan == ["SEARCH documents USING COVERING INDEX documents_shelf (current=?)"]
    documents = [store.document(number) for number in store.document_ids()]
    assert [one.id for one in filed] == store.document_ids()
    assert [(f.source, f.metadata) for f in filed] == [(d.source, d.metadata) for d in documents]


def test_few_documents_stay_in_memory_and_every_one_can_be_read_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "KEPT_DOCUMENTS", 2)
    store = library.store
    texts = [store.document(number).text for number in store.document_ids()]
    assert list(store._documents) == store.document_ids()[-2:]
    assert [store.document(number).text for number in store.document_ids()] == texts


def test_words_that_another_process_has_stored_since_are_left_out(library: Library) -> None:
    store, vocabulary = library.store, library.vocabulary
    (stored,) = store.passages_of(store.document_ids()[0])[:1]
    ids, known, _ = words_of(store, vocabulary, [stored.id])
    newer = np.array([len(vocabulary.row_of) + 5], dtype="<i4").tobytes()
    with store.transaction() as db:
        db.execute("UPDATE input_words SET text = CAST(text || ? AS BLOB)", (newer,))
        words_changed(db)
    assert len(blobs_of(store, [stored.id])[stored.id].text) == 4 * (len(known.rows) + 1)
    same, found, _ = words_of(store, vocabulary, [stored.id])
    assert same == ids == [stored.id]
    assert found.rows.tolist() == known.rows.tolist() != []
