"""The library's database: documents, pages, passages, words and vectors."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from askretail_index.lately import Lately
from askretail_index.own_files import refuse_links
from askretail_index.records import (
    Filed,
    Stored,
    document_from_row,
    metadata_from_json,
    number_from_meta,
    stored_from_row,
    table_from_json,
)
from askretail_index.schema import ADDED, SCHEMA, SCHEMA_VERSION
from askretail_ingest.errors import BadSetting, BusyLibrary, NoLibrary, StaleLibrary
from askretail_ingest.nouns import Document, Table

BUSY_SECONDS = 30
EVERYWHERE = (1, (1 << 63) - 1)  # the range of all row ids
MAX_VALUE = 256 << 20  # bytes of one text or vector; the text of the longest filing has 2 MB
SQLITE_ENDS = ("", "-wal", "-shm", "-journal")
KEPT_DOCUMENTS = 200  # in memory; the text of a long filing has 1 MB
WORD_TABLES = ("passage_words", "page_words")
SQL_BATCH = 500  # variables in one statement; SQLite's own limit is 999 in old builds


class Store:
    """One library's database. Each thread reads through a connection of its own."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open ``path``; raises NoLibrary when it is not there and StaleLibrary when it is old."""
        if not create and not path.is_file():
            raise NoLibrary(f"{path.parent} holds no library: run `askretail ingest PATH` first")
        self.path = path
        self._local = threading.local()
        self._documents: dict[int, Document] = {}
        self._keeping = threading.Lock()
        self.frequencies: dict[tuple[object, ...], int] = {}  # of words, see lexical.py
        self.lately = Lately()  # of passages, see blobs.py
        self._open()

    @property
    def db(self) -> sqlite3.Connection:
        """The connection of the calling thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
            connection.execute("PRAGMA trusted_schema = OFF")  # a file may come from anybody
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for one all-or-nothing change."""
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite itself rolls back when the disk is full
                db.execute("ROLLBACK")
            raise

    def _open(self) -> None:
        """Open or make the database; every way to fail says what to do."""
        try:
            refuse_links(self.path.with_name(f"{self.path.name}{end}") for end in SQLITE_ENDS)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._check_schema()
        except OSError as error:
            raise BadSetting(
                f"{self.path.parent} cannot be made ({error.strerror}): name another --library"
            ) from error
        except sqlite3.OperationalError as error:
            self.close()
            if "locked" in str(error):
                raise BusyLibrary(f"{self.path} is in use: wait, then repeat") from error
            raise BadSetting(
                f"{self.path} cannot be opened ({error}): check its permissions, "
                "or name another --library"
            ) from error
        except sqlite3.DatabaseError as error:
            self.close()
            raise StaleLibrary(
                f"{self.path} is not a library of askretail ({error}): move it away "
                "and ingest the documents again"
            ) from error

    def _check_schema(self) -> None:
        version = int(self.db.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            if self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("it holds tables of another program")
            self._create()
        elif version != SCHEMA_VERSION:
            self.close()
            raise StaleLibrary(
                f"{self.path} has schema {version}, this version reads {SCHEMA_VERSION}: "
                "ingest the documents again into a new --library"
            )
        self._check_tables()
        for statement in ADDED.split(";\n"):
            self.db.execute(statement)

    def _check_tables(self) -> None:
        """Raise ``DatabaseError`` when the file would run something of its own."""
        query = (
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'trigger', 'view')"
        )
        for kind, name, sql in self.db.execute(query):
            virtual = str(sql).upper().startswith("CREATE VIRTUAL")
            if kind != "table" or (virtual and name not in WORD_TABLES):
                raise sqlite3.DatabaseError(f"it holds the {kind} {name}, which is none of ours")

    def _create(self) -> None:
        self.db.execute("PRAGMA journal_mode = WAL")
        with self.transaction() as db:
            if int(db.execute("PRAGMA user_version").fetchone()[0]) == SCHEMA_VERSION:
                return  # another process made it while this one waited for the lock
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def get_meta(self, key: str) -> str:
        """Return a remembered value, "" when there is none."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row["value"])

    def get_number(self, key: str) -> int:
        """Return a remembered number, 0 for none; raises StaleLibrary for what is no number."""
        return number_from_meta(key, self.get_meta(key), self.path)

    def set_meta(self, key: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def generation(self) -> int:
        """Return a number that grows with every change of passages or vectors."""
        return self.get_number("generation")

    def was(self, stamp: str) -> bool:
        """Return whether the library had this stamp before one of its changes."""
        query = "SELECT 1 FROM history WHERE stamp = ?"
        return self.db.execute(query, (stamp,)).fetchone() is not None

    def document_ids(self) -> list[int]:
        """Return the ids of the current documents in the order of their ingest."""
        rows = self.db.execute("SELECT id FROM documents WHERE current = 1 ORDER BY id")
        return [row["id"] for row in rows]

    def filed(self) -> list[Filed]:
        """Return the current documents in the order of their ingest, no text of them read."""
        query = "SELECT id, source, metadata FROM documents WHERE current = 1 ORDER BY id"
        rows = self.db.execute(query)  # of an index that holds all of it
        return [Filed(r["id"], r["source"], metadata_from_json(r["metadata"])) for r in rows]

    def document(self, document_id: int) -> Document:
        """Return a document with its text; raises ``KeyError``."""
        found = self._documents.get(document_id)  # another thread may forget it meanwhile
        if found is None:
            row = self.db.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
            if row is None:
                raise KeyError(document_id)
            pages = self.db.execute(
                "SELECT * FROM pages WHERE document = ? ORDER BY number", (document_id,)
            ).fetchall()
            found = document_from_row(row, pages)
            self._keep(document_id, found)
        return found

    def _keep(self, document_id: int, document: Document) -> None:
        """Keep a document in memory; the one that has been there longest leaves for it."""
        with self._keeping:
            while len(self._documents) >= KEPT_DOCUMENTS:
                del self._documents[next(iter(self._documents))]
            self._documents[document_id] = document

    def version(self, sha: str) -> Document:
        """Return the document of these bytes, be it superseded; raises ``KeyError``."""
        query = "SELECT id FROM documents WHERE sha = ? ORDER BY current DESC, id DESC LIMIT 1"
        row = self.db.execute(query, (sha,)).fetchone()
        if row is None:
            raise KeyError(sha)
        return self.document(row["id"])

    def forget_documents(self) -> None:
        """Drop what was cached, after a change."""
        with self._keeping:
            self._documents.clear()

    def passages(self, ids: Sequence[int]) -> list[Stored]:
        """Return the passages of these ids, in this order; unknown ids are left out."""
        found: dict[int, Stored] = {}
        for first in range(0, len(ids), SQL_BATCH):
            batch = ids[first : first + SQL_BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT * FROM passages WHERE id IN ({marks})"
            for row in self.db.execute(query, batch):
                found[row["id"]] = stored_from_row(row, self.document(row["document"]))
        return [found[i] for i in ids if i in found]

    def passages_of(self, document_id: int, page: int | None = None) -> list[Stored]:
        """Return a document's passages in reading order, or those of one page."""
        where, values = "document = ?", [document_id]
        if page is not None:
            where, values = "document = ? AND page = ?", [document_id, page]
        rows = self.db.execute(f"SELECT * FROM passages WHERE {where} ORDER BY start", values)
        document = self.document(document_id)
        return [stored_from_row(row, document) for row in rows]

    def holds_all(self, documents: Sequence[int]) -> bool:
        """Return whether these are all the current documents, or more."""
        return set(documents).issuperset(self.document_ids())

    def passage_ranges(self, documents: Sequence[int]) -> list[tuple[int, int]]:
        """Return the ``id_ranges`` of the passages of these documents."""
        return self.id_ranges("passages", documents)

    def id_ranges(self, table: str, documents: Sequence[int]) -> list[tuple[int, int]]:
        """Return the first and last id of each document's passages or pages.

        Ids in between are its own. All documents have one range: EVERYWHERE.
        """
        if documents and self.holds_all(documents):
            return [EVERYWHERE]
        query = f"SELECT min(id), max(id) FROM {table} WHERE document = ?"
        rows = [self.db.execute(query, (d,)).fetchone() for d in documents]
        return [(row[0], row[1]) for row in rows if row[0] is not None]

    def table(self, document_id: int, number: int) -> Table:
        """Return the title, unit and header of a table; raises ``KeyError``."""
        row = self.db.execute(
            "SELECT spans FROM tables WHERE document = ? AND number = ?", (document_id, number)
        ).fetchone()
        if row is None:
            raise KeyError((document_id, number))
        return table_from_json(row["spans"])

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
