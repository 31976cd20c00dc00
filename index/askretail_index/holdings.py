"""What a library holds: each document, where it came from, and how far it is indexed."""

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row

from askretail_index.library import Library
from askretail_index.originals import hash_file
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Document


@dataclass(frozen=True, slots=True)
class Holding:
    """A document in a library. Its words are found at once, passages with a vector by meaning."""

    document: Document
    path: Path  # where it came from
    passages: int
    embedded: int  # passages that have a vector
    current: bool = True  # False: superseded, its text is kept for quotes that cite it
    changed: bool = False  # whether the file at its path has other bytes now


def holdings(library: Library) -> tuple[Holding, ...]:
    """Return every document in the order of ingest, superseded versions last."""
    rows = library.store.db.execute(
        "SELECT d.id, d.sha, d.source, d.path, d.current, count(p.id) AS passages, "
        "count(v.input) AS embedded FROM documents d LEFT JOIN passages p ON p.document = d.id "
        "LEFT JOIN vectors v ON v.input = p.input GROUP BY d.id ORDER BY d.current DESC, d.id"
    )
    found = (_holding(library, row) for row in rows.fetchall())
    return tuple(holding for holding in found if holding is not None)


def _holding(library: Library, row: Row) -> Holding | None:
    path, current = Path(row["path"]), bool(row["current"])
    try:
        document = library.store.document(row["id"])
    except KeyError:  # replaced since by an ingest that is running
        return None
    return Holding(
        document,
        path,
        row["passages"],
        row["embedded"],
        current,
        current and _changed(path, row["sha"], library.original(row["sha"], row["source"])),
    )


def _changed(path: Path, sha: str, original: Path) -> bool:
    """Tell whether a file is another one than was taken; one that is gone has not changed.

    It is read only if it has the size of the original and was written since.
    """
    try:
        now, then = path.stat(), original.stat()
        if now.st_size != then.st_size:
            return True
        return now.st_mtime > then.st_mtime and hash_file(path) != sha
    except (OSError, UnreadableFile):
        return False
