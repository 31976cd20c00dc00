"""A library examined against its contracts; each fault is a line with its repair."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from askretail_index.find import places
from askretail_index.library import DATABASE
from askretail_index.originals import FILES, hash_file, original_name
from askretail_index.span_vectors import fits
from askretail_index.store import Store
from askretail_index.vector_file import INDEX_FILE, is_altered, make_record
from askretail_index.write import input_hash

REPAIR = "run `askretail rebuild`"
ANEW = "move it away and ingest the documents again"
LENGTH_ERROR = 1e-3  # of a vector that should be 1 long


def examine(folder: Path) -> list[str]:
    """Return the faults of a library, an empty list when it is sound.

    Raises NoLibrary, and StaleLibrary when the database is none of ours.
    """
    store = Store(folder / DATABASE)
    try:
        # The rest of a damaged database cannot be relied on to say anything.
        return list(_database(store)) or [
            *(fault for number in store.document_ids() for fault in _document(store, number)),
            *_words(store),
            *_vectors(store),
            *_originals(store, folder / FILES),
            *_index_file(store, folder),
        ]
    except sqlite3.DatabaseError as error:
        return [f"{store.path}: damaged ({error}): {ANEW}"]
    finally:
        store.close()


def _database(store: Store) -> Iterator[str]:
    verdict = store.db.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        yield f"{store.path}: damaged ({' '.join(verdict.split())}): {ANEW}"


def _document(store: Store, number: int) -> Iterator[str]:
    document = store.document(number)
    pages = {page.number: page for page in document.pages}
    rows = store.db.execute("SELECT id, input FROM passages WHERE document = ?", (number,))
    inputs = {row["id"]: row["input"] for row in rows}
    for stored in store.passages_of(number):
        passage = stored.passage
        page = pages.get(passage.page)
        if page is None or not page.start <= passage.start < passage.end <= page.end:
            yield f"{document.source}: passage {stored.id} leaves its page: {REPAIR}"
        if inputs[stored.id] != input_hash(stored.context, passage.text):
            yield f"{document.source}: passage {stored.id} changed its words: {REPAIR}"


def _words(store: Store) -> Iterator[str]:
    pages = store.db.execute(
        "SELECT count(*) FROM pages JOIN documents d ON d.id = document WHERE d.current = 1"
    ).fetchone()[0]
    for what, index, wanted in (
        ("passages", "passage_words", store.count("passages")),
        ("pages", "page_words", pages),
    ):
        indexed = store.count(index)
        if indexed != wanted:
            yield f"{indexed} {what} indexed by words, {wanted} stored: {REPAIR}"


def _vectors(store: Store) -> Iterator[str]:
    missing = store.db.execute(
        "SELECT count(*) FROM passages WHERE input NOT IN (SELECT input FROM vectors)"
    ).fetchone()[0]
    if missing:
        yield f"{missing} passages have no vector yet: run `askretail ingest` again"
    unread = store.db.execute(
        "SELECT count(*) FROM vectors WHERE input NOT IN (SELECT input FROM input_words)"
    ).fetchone()[0]
    if unread:
        yield f"the words of {unread} passages are not known yet: run `askretail ingest` again"
    dim = int(store.get_meta("dim") or 0)
    size = np.dtype(np.float32).itemsize * dim
    wrong = bent = torn = 0
    for row in store.db.execute("SELECT vector, spans FROM vectors"):
        torn += not fits(row["spans"], dim)
        if len(row["vector"]) != size:
            wrong += 1
        elif not _is_unit(np.frombuffer(row["vector"], dtype=np.float32)):
            bent += 1
    if wrong:
        yield f"{wrong} vectors have another size than the model's: {REPAIR}"
    if bent:
        yield f"{bent} vectors have another length than 1: {REPAIR}"
    if torn:
        yield f"{torn} rows of sentence vectors have another size than the model's: {REPAIR}"


def _is_unit(vector: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> bool:
    return bool(abs(float(np.linalg.norm(vector)) - 1) < LENGTH_ERROR)


def _originals(store: Store, files: Path) -> Iterator[str]:
    for place in places(store):
        path = files / original_name(place.sha, place.source)
        if not path.is_file():
            yield f"{place.source}: its original is gone: ingest the file again"
        elif hash_file(path) != place.sha:
            yield f"{place.source}: its original changed: ingest the file again"


def _index_file(store: Store, folder: Path) -> Iterator[str]:
    if is_altered(folder, make_record(store, int(store.get_meta("dim") or 0))):
        yield f"{folder / INDEX_FILE}: altered or gone: the next question makes it again"
