"""What a library still has of a document that was quoted: that very version, and today's."""

from collections.abc import Callable
from dataclasses import dataclass

from askretail_index.store import Store
from askretail_ingest.nouns import Document


@dataclass(frozen=True, slots=True)
class Versions:
    """``quoted`` has the bytes that were quoted; ``current`` is what stands in its place now."""

    quoted: Document | None
    current: Document | None


Lookup = Callable[[str, str], Versions]  # by sha-256 and file name


def versions(store: Store, sha: str, source: str) -> Versions:
    """Return the version with these bytes, and the current one of its path, else of its name."""
    row = store.db.execute(
        "SELECT id, path, current FROM documents WHERE sha = ? ORDER BY current DESC, id DESC",
        (sha,),
    ).fetchone()
    quoted = None if row is None else store.document(row["id"])
    if row is not None and row["current"]:
        return Versions(quoted, quoted)
    where, value = ("source", source) if row is None else ("path", row["path"])
    now = store.db.execute(
        f"SELECT id FROM documents WHERE current = 1 AND {where} = ? ORDER BY id DESC", (value,)
    ).fetchone()
    return Versions(quoted, None if now is None else store.document(now["id"]))
