"""Conversations kept on disk: one SQLite file beside the library, one row a turn."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from askretail.fields import Misfit
from askretail.nouns import Turn
from askretail.stored import answer_from_json, answer_to_json
from askretail.verifying import Verdict, verdict_on
from askretail_index.own_files import refuse_links
from askretail_index.store import MAX_VALUE, SQLITE_ENDS
from askretail_index.versions import Lookup
from askretail_ingest.errors import BadSetting, BusyLibrary, StaleLibrary

FILE = "conversations.db"  # in the folder of its library
SAMPLE_FILE = "sample-conversations.db"  # in the user's own folder: a sample is read only
VERSION = 1  # PRAGMA user_version
BUSY_SECONDS = 10
TITLE = 80  # characters of the first question that name a conversation
MAX_TITLE = 200  # characters

SCHEMA = (
    """CREATE TABLE conversations (
      id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: a page may still hold it
      title TEXT NOT NULL,
      begun TEXT NOT NULL,    -- ISO 8601, UTC
      changed TEXT NOT NULL
    )""",
    """CREATE TABLE turns (
      conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,  -- from 0
      question TEXT NOT NULL,
      answer TEXT,              -- JSON, see stored.py
      PRIMARY KEY (conversation, number)
    ) WITHOUT ROWID""",
    f"PRAGMA user_version = {VERSION}",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in the list."""

    id: int
    title: str
    turns: int
    begun: str  # ISO 8601, UTC
    changed: str


class Conversations:
    """The conversations of one library; the file is made when the first one is saved."""

    def __init__(self, file: Path, lookup: Lookup) -> None:
        self.file = file
        self._lookup = lookup

    def listed(self) -> tuple[Listed, ...]:
        """Return every conversation, the one changed last first."""
        if not self.file.is_file():
            return ()
        query = (
            "SELECT id, title, (SELECT count(*) FROM turns WHERE conversation = id) AS size, "
            "begun, changed FROM conversations ORDER BY changed DESC, id DESC"
        )
        with self._opened() as db:
            return tuple(Listed(*row) for row in db.execute(query))

    def turns(self, conversation: int) -> tuple[Turn, ...]:
        """Return a conversation with its answers as they were given; raises BadSetting for none.

        Documents come from the library, superseded ones too. Of one that is gone there is what
        was quoted.
        """
        query = "SELECT question, answer FROM turns WHERE conversation = ? ORDER BY number"
        with self._opened() as db:
            self._title(db, conversation)
            rows = db.execute(query, (conversation,)).fetchall()
        try:
            return tuple(
                Turn(question, None if answer is None else answer_from_json(answer, self._lookup))
                for question, answer in rows
            )
        except Misfit as error:
            raise StaleLibrary(
                f"{self.file}: conversation {conversation} cannot be read ({error}): delete it, "
                "or open it with the version of askretail that wrote it"
            ) from error

    def save(
        self,
        turns: Sequence[Turn],
        conversation: int | None = None,
        *,
        first: int = 0,
        known: int | None = None,
    ) -> int:
        """Keep turns and return the number of their conversation.

        They take the place of what is kept from turn ``first`` on, counted from 0. A new
        conversation begins without one, where it was deleted meanwhile, and where it has another
        number of turns than the caller has ``known``: somebody else went on with it.
        """
        now = datetime.now(UTC).isoformat()
        with self._opened() as db:
            if conversation is None or not self._goes_on(db, conversation, known):
                title = _flat(turns[0].question)[:TITLE] if turns else ""
                cursor = db.execute(
                    "INSERT INTO conversations (title, begun, changed) VALUES (?, ?, ?)",
                    (title or "Conversation", now, now),
                )
                conversation, first = int(cursor.lastrowid or 0), 0
            db.execute(
                "DELETE FROM turns WHERE conversation = ? AND number >= ?", (conversation, first)
            )
            db.executemany(
                "INSERT INTO turns VALUES (?, ?, ?, ?)",
                (
                    (conversation, number, _whole(turn.question), _answer(turn))
                    for number, turn in enumerate(turns, start=first)
                ),
            )
            db.execute("UPDATE conversations SET changed = ? WHERE id = ?", (now, conversation))
        return conversation

    def title(self, conversation: int) -> str:
        """Return the name of a conversation; raises BadSetting for none."""
        with self._opened() as db:
            return self._title(db, conversation)

    def verdict(self, turns: Sequence[Turn]) -> Verdict:
        """Return what became of the quotes of turns since they were given."""
        return verdict_on(turns, self._lookup)

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another name; raises BadSetting for an empty one."""
        name = _flat(title)
        if not 0 < len(name) <= MAX_TITLE:
            raise BadSetting(f"a name has 1 to {MAX_TITLE} characters, not {len(name)}")
        with self._opened() as db:
            self._title(db, conversation)
            db.execute("UPDATE conversations SET title = ? WHERE id = ?", (name, conversation))

    def delete(self, conversation: int) -> None:
        """Delete one conversation; raises BadSetting for none."""
        with self._opened() as db:
            self._title(db, conversation)
            db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def delete_all(self) -> int:
        """Delete every conversation; return how many there were."""
        if not self.file.is_file():
            return 0
        with self._opened() as db:
            return db.execute("DELETE FROM conversations").rowcount

    def _goes_on(self, db: sqlite3.Connection, conversation: int, known: int | None) -> bool:
        query = "SELECT 1 FROM conversations WHERE id = ?"
        if db.execute(query, (conversation,)).fetchone() is None:
            return False
        query = "SELECT count(*) FROM turns WHERE conversation = ?"
        return known is None or db.execute(query, (conversation,)).fetchone()[0] == known

    def _title(self, db: sqlite3.Connection, conversation: int) -> str:
        query = "SELECT title FROM conversations WHERE id = ?"
        row = db.execute(query, (conversation,)).fetchone()
        if row is None:
            raise BadSetting(f"there is no conversation {conversation} in {self.file}")
        return str(row[0])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for one all-or-nothing piece of work; errors say what to do."""
        try:
            refuse_links(self.file.with_name(f"{self.file.name}{end}") for end in SQLITE_ENDS)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(_connected(self.file)) as db, _transaction(db):
                yield db
        except OSError as error:
            raise BadSetting(f"{self.file} cannot be made ({error.strerror})") from error
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BusyLibrary(f"{self.file} is in use: wait, then repeat") from error
            raise BadSetting(f"{self.file} cannot be used ({error})") from error
        except sqlite3.DatabaseError as error:
            raise StaleLibrary(
                f"{self.file} holds no conversations of askretail ({error}): move it away"
            ) from error


def _connected(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    db.execute("PRAGMA trusted_schema = OFF")  # a library may come from anybody
    # What is deleted is gone from the file too: it may be nobody else's business.
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        _check(db)
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite itself rolls back when the disk is full
            db.execute("ROLLBACK")
        raise


def _check(db: sqlite3.Connection) -> None:
    """Make the tables of a new file; refuse those of another program or of another version."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version == VERSION:
        others = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        if (odd := db.execute(others).fetchone()) is not None:
            raise sqlite3.DatabaseError(f"it holds {odd[0]}, which is none of ours")
        return
    if version or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise sqlite3.DatabaseError(f"it has form {version}, this version reads {VERSION}")
    for statement in SCHEMA:
        db.execute(statement)


def _answer(turn: Turn) -> str | None:
    return None if turn.answer is None else answer_to_json(turn.answer)


def _whole(text: str) -> str:
    """Return a text without half characters, which SQLite does not take."""
    return text.encode("utf-8", "ignore").decode()


def _flat(text: str) -> str:
    return " ".join(_whole(text).split())
