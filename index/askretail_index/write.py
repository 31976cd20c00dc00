"""Changes of a library's documents, each in one transaction."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from sqlite3 import Connection

from askretail_index.embed import Embedder
from askretail_index.fit import Contexts, embedder_text
from askretail_index.records import metadata_to_json, table_to_json
from askretail_index.store import Store
from askretail_index.words import joined_variants
from askretail_ingest.context import document_line
from askretail_ingest.nouns import Page, Parsed, Passage

HEAD_LINES = 3  # the first lines of a page, where statements carry their titles
REMEMBERED = 10_000  # changes; an index older than that is made again


def input_hash(context: str, text: str) -> str:
    """Return the key of what the embedder reads for a passage."""
    return hashlib.sha256(embedder_text(context, text).encode()).hexdigest()


def add_document(
    store: Store,
    parsed: Parsed,
    passages: Sequence[Passage],
    path: Path,
    *,
    embedder: Embedder,
    told: str = "",
    moved_from: Path | None = None,
) -> int:
    """Store a document with its pages, passages and words; supersede the one of the same path.

    ``moved_from`` is where the same file was before, when it has been renamed.
    """
    document = parsed.document
    with store.transaction() as db:
        _supersede(db, path, document.id)
        if moved_from is not None:
            _supersede(db, moved_from, document.id)
            db.execute("UPDATE documents SET path = ? WHERE path = ?", (str(path), str(moved_from)))
        cursor = db.execute(
            "INSERT INTO documents (sha, source, path, text, metadata, told) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.source,
                str(path),
                document.text,
                metadata_to_json(document.metadata),
                told,
            ),
        )
        number = int(cursor.lastrowid or 0)
        for page in document.pages:
            _add_page(db, number, page, parsed)
        for index, table in enumerate(parsed.tables):
            db.execute("INSERT INTO tables VALUES (?, ?, ?)", (number, index, table_to_json(table)))
        contexts = Contexts(parsed, count=embedder.count, max_pieces=embedder.max_pieces)
        for passage in passages:
            whole = contexts.whole(passage)
            _add_passage(db, number, passage, whole, contexts.fitted(whole, passage.text))
        next_generation(db)
    store.forget_documents()
    return number


def _add_page(db: Connection, document: int, page: Page, parsed: Parsed) -> None:
    cursor = db.execute(
        'INSERT INTO pages (document, number, label, start, "end", furniture) '
        "VALUES (?, ?, ?, ?, ?, ?)",
        (document, page.number, page.label, page.start, page.end, page.furniture),
    )
    text = parsed.document.text[page.start : page.end]
    sections = dict.fromkeys(name for b in parsed.blocks_on(page) for name in b.section)
    first = "\n".join(text.split("\n")[:HEAD_LINES])
    head = "\n".join((document_line(parsed.document.metadata), *sections, first))
    db.execute(
        "INSERT INTO page_words (rowid, body, head, furniture) VALUES (?, ?, ?, ?)",
        (cursor.lastrowid, joined_variants(text), joined_variants(head), page.furniture),
    )


def _add_passage(db: Connection, document: int, passage: Passage, whole: str, context: str) -> None:
    """Store a passage: all of its context is for the search by words, ``context`` for vectors."""
    cursor = db.execute(
        'INSERT INTO passages (document, page, start, "end", section, kind, tbl, tokens, '
        "context, input) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            passage.page,
            passage.start,
            passage.end,
            json.dumps(passage.section, ensure_ascii=False),
            passage.kind,
            passage.table,
            passage.tokens,
            context,
            input_hash(context, passage.text),
        ),
    )
    db.execute(
        "INSERT INTO passage_words (rowid, body, head) VALUES (?, ?, ?)",
        (cursor.lastrowid, joined_variants(passage.text), joined_variants(whole)),
    )


def supersede(store: Store, path: Path) -> None:
    """Take the version of this path out of search, without another in its place."""
    with store.transaction() as db:
        _supersede(db, path, "")
    store.forget_documents()


def _supersede(db: Connection, path: Path, sha: str) -> None:
    """Take the version of this path out of search; its text stays for quotes that cite it."""
    query = "SELECT id, sha FROM documents WHERE path = ? AND current = 1"
    row = db.execute(query, (str(path),)).fetchone()
    if row is None:
        return
    _drop_passages(db, row["id"])
    if row["sha"] == sha:  # the same text with other metadata: nothing to keep
        db.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
    else:
        db.execute("UPDATE documents SET current = 0 WHERE id = ?", (row["id"],))


def _drop_passages(db: Connection, document: int) -> None:
    ids = "SELECT id FROM passages WHERE document = ?"
    db.execute(f"DELETE FROM passage_words WHERE rowid IN ({ids})", (document,))
    pages = "SELECT id FROM pages WHERE document = ?"
    db.execute(f"DELETE FROM page_words WHERE rowid IN ({pages})", (document,))
    db.execute("DELETE FROM passages WHERE document = ?", (document,))
    next_generation(db)


def remove_document(store: Store, document: int) -> None:
    """Delete a document, its superseded versions, and every vector that no passage uses."""
    with store.transaction() as db:
        _drop_passages(db, document)
        path = "SELECT path FROM documents WHERE id = ?"
        db.execute(f"DELETE FROM documents WHERE path = ({path})", (document,))
        db.execute("DELETE FROM vectors WHERE input NOT IN (SELECT input FROM passages)")
    store.forget_documents()


def next_generation(db: Connection) -> None:
    """Count a change, and mark it so that no other change of any copy has the same mark.

    The mark before it is remembered: an index that carries it lacks only what came since.
    """
    db.execute("INSERT OR IGNORE INTO history (stamp) SELECT value FROM meta WHERE key = 'stamp'")
    newest = "SELECT max(id) FROM history"
    db.execute(f"DELETE FROM history WHERE id <= ({newest}) - ?", (REMEMBERED,))
    db.execute(
        "INSERT INTO meta VALUES ('generation', '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )
    db.execute("INSERT OR REPLACE INTO meta VALUES ('stamp', hex(randomblob(16)))")


def words_changed(db: Connection) -> None:
    """Mark a change of the library's words: who has them in memory reads them again."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('words', hex(randomblob(16)))")
