"""A library examined against its contracts; each fault is a line with its repair."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np

from askretail_index.find import places
from askretail_index.library import DATABASE
from askretail_index.originals import FILES, hash_file, original_name
from askretail_index.records import table_from_json
from askretail_index.span_vectors import fits
from askretail_index.store import Store
from askretail_index.vector_file import INDEX_FILE, is_altered, make_record
from askretail_index.words import joined_variants
from askretail_index.write import input_hash
from askretail_ingest.errors import StaleLibrary
from askretail_ingest.nouns import Document, PassageKind, Table

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
    elif store.db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        yield f"{store.path}: holds parts of documents that are gone: {ANEW}"


def _document(store: Store, number: int) -> Iterator[str]:
    """Yield the faults of a document; what cannot be read at all ends the list."""
    try:
        document = store.document(number)
        yield from _pages(document)
        lost = list(_lost(store, number, document))
        yield from lost
        if not lost:
            yield from _passages(store, number, document)
    except StaleLibrary as error:
        yield str(error)


def _lost(store: Store, number: int, document: Document) -> Iterator[str]:
    """Yield the passages that are not on their page."""
    pages = {page.number: page for page in document.pages}
    for row in store.db.execute(
        'SELECT id, page, start, "end" FROM passages WHERE document = ?', (number,)
    ):
        page = pages.get(row["page"])
        if page is None or not page.start <= row["start"] < row["end"] <= page.end:
            yield f"{document.source}: passage {row['id']} leaves its page: {REPAIR}"


def _passages(store: Store, number: int, document: Document) -> Iterator[str]:
    tables = _tables(store, number)
    yield from _spans(document, tables)
    rows = store.db.execute("SELECT id, input FROM passages WHERE document = ?", (number,))
    inputs = {row["id"]: row["input"] for row in rows}
    bodies = _bodies(store, number)
    for stored in store.passages_of(number):
        passage, what = stored.passage, f"{document.source}: passage {stored.id}"
        if inputs[stored.id] != input_hash(stored.context, passage.text):
            yield f"{what} changed its words: {REPAIR}"
        elif bodies.get(stored.id, "") not in ("", joined_variants(passage.text)):
            yield f"{what} is indexed by other words: {REPAIR}"
        if passage.kind not in get_args(PassageKind):
            yield f"{what} is of no kind that we know: {REPAIR}"
        if passage.table is not None and passage.table not in tables:
            yield f"{what} is of a table that is not there: {REPAIR}"


def _pages(document: Document) -> Iterator[str]:
    """Yield the pages that do not follow each other within the text."""
    end = 0
    for page in document.pages:
        if not end <= page.start <= page.end <= len(document.text):
            yield f"{document.source}: page {page.number} leaves the text: {REPAIR}"
        end = page.end


def _tables(store: Store, number: int) -> dict[int, Table]:
    rows = store.db.execute("SELECT number, spans FROM tables WHERE document = ?", (number,))
    return {row["number"]: table_from_json(row["spans"]) for row in rows}


def _spans(document: Document, tables: dict[int, Table]) -> Iterator[str]:
    """Yield the tables whose title, unit or heads are no place in the text."""
    for number, table in tables.items():
        spans = [span for span in (table.title, table.unit, *table.header) if span is not None]
        if not all(0 <= start <= end <= len(document.text) for start, end in spans):
            yield f"{document.source}: table {number} leaves the text: {REPAIR}"


def _bodies(store: Store, number: int) -> dict[int, str]:
    """Return the words by which the passages of a document are found."""
    rows = store.db.execute(
        "SELECT rowid, body FROM passage_words WHERE rowid IN "
        "(SELECT id FROM passages WHERE document = ?)",
        (number,),
    )
    return {row["rowid"]: row["body"] for row in rows}


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
    dim = store.get_number("dim")
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
    if is_altered(folder, make_record(store, store.get_number("dim"))):
        yield f"{folder / INDEX_FILE}: altered or gone: the next question makes it again"
