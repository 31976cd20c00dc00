"""Which documents a library has, by path, by bytes, by whom they are about."""

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row
from typing import Self

from askretail_index.records import metadata_from_json
from askretail_index.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """A current document and where it came from."""

    id: int
    path: Path
    source: str
    sha: str
    told: str  # sha-256 of its catalogue row and sidecar

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(row["id"], Path(row["path"]), row["source"], row["sha"], row["told"])


def places(store: Store) -> list[Place]:
    """Return the current documents in the order of their ingest."""
    return _places(store, "TRUE ORDER BY id")


def at_path(store: Store, path: Path) -> Place | None:
    """Return the document that came from this path, if there is one."""
    return next(iter(_places(store, "path = ?", str(path))), None)


def with_bytes(store: Store, sha: str, *, but: Path) -> Place | None:
    """Return a document of these bytes that came from elsewhere, if there is one."""
    return next(iter(_places(store, "sha = ? AND path != ? ORDER BY id", sha, str(but))), None)


def known_companies(store: Store, *, but: int = 0) -> tuple[str, ...]:
    """Return the companies of all documents but one, each once, in the order of their ingest."""
    query = "SELECT metadata FROM documents WHERE current = 1 AND id != ? ORDER BY id"
    rows = store.db.execute(query, (but,))
    names = (name for row in rows for name in metadata_from_json(row["metadata"]).companies)
    return tuple(dict.fromkeys(names))


def original_sources(store: Store) -> list[tuple[str, str]]:
    """Return hash and file name of every version, those superseded too."""
    rows = store.db.execute("SELECT sha, source FROM documents")
    return [(row["sha"], row["source"]) for row in rows]


def _places(store: Store, where: str, *values: str) -> list[Place]:
    query = f"SELECT id, path, source, sha, told FROM documents WHERE current = 1 AND {where}"
    return [Place.from_row(row) for row in store.db.execute(query, values)]
