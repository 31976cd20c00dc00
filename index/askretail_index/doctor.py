"""A library examined against its contracts; each fault is a line with its repair."""

import hashlib
from pathlib import Path

from askretail_index.library import DATABASE, FILES
from askretail_index.store import Store
from askretail_index.write import input_hash

REPAIR = "run `askretail rebuild`"


def examine(folder: Path) -> list[str]:
    """Return the faults of a library, an empty list when it is sound."""
    store = Store(folder / DATABASE)
    try:
        return [
            *_database(store),
            *(fault for number in store.document_ids() for fault in _document(store, number)),
            *_vectors(store),
            *_originals(store, folder / FILES),
        ]
    finally:
        store.close()


def _database(store: Store) -> list[str]:
    verdict = store.db.execute("PRAGMA quick_check").fetchone()[0]
    if verdict == "ok":
        return []
    return [f"{store.path}: damaged ({verdict}): ingest the documents again into a new library"]


def _document(store: Store, number: int) -> list[str]:
    document, faults = store.document(number), []
    pages = {page.number: page for page in document.pages}
    for stored in store.passages_of(number):
        passage = stored.passage
        page = pages.get(passage.page)
        if page is None or not page.start <= passage.start < passage.end <= page.end:
            faults.append(f"{document.source}: passage {stored.id} leaves its page: {REPAIR}")
        row = store.db.execute("SELECT input FROM passages WHERE id = ?", (stored.id,)).fetchone()
        if row["input"] != input_hash(stored.context, passage.text):
            faults.append(f"{document.source}: passage {stored.id} changed its words: {REPAIR}")
    return faults


def _vectors(store: Store) -> list[str]:
    faults = []
    missing = store.db.execute(
        "SELECT count(*) FROM passages WHERE input NOT IN (SELECT input FROM vectors)"
    ).fetchone()[0]
    if missing:
        faults.append(f"{missing} passages have no vector yet: run `askretail ingest` again")
    size = 4 * int(store.get_meta("dim") or 0)
    wrong = store.db.execute(
        "SELECT count(*) FROM vectors WHERE length(vector) != ?", (size,)
    ).fetchone()[0]
    if wrong:
        faults.append(f"{wrong} vectors have another size than the model's: {REPAIR}")
    words = store.count("passage_words"), store.count("passages")
    if words[0] != words[1]:
        faults.append(f"{words[0]} passages indexed by words, {words[1]} stored: {REPAIR}")
    return faults


def _originals(store: Store, files: Path) -> list[str]:
    faults = []
    for row in store.db.execute("SELECT source, sha FROM documents WHERE current = 1"):
        path = files / f"{row['sha']}{Path(row['source']).suffix.lower()}"
        if not path.is_file():
            faults.append(f"{row['source']}: its original is gone: ingest the file again")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha"]:
            faults.append(f"{row['source']}: its original changed: ingest the file again")
    return faults
