"""The file of the vector index beside the database: a cache, trusted only byte for byte."""

import hashlib
import json
import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from askretail_index.seal import is_sealed, seal
from askretail_index.store import Store

INDEX_FILE = "vectors.faiss"
RECORD_FILE = "vectors.json"
MARK = "seal"
MAX_RECORD = 1 << 16  # bytes

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Facts:
    """How an index searches: ``lists`` is 0 when exactly."""

    lists: int = 0
    probes: int = 0
    rescored: int = 0
    recall: float = 1.0  # recall@10, as measured when it was built
    taught: int = 0  # passages that there were when it was built


def facts_of(record: Record) -> Facts:
    fields = record.get("facts")
    return Facts(**fields) if isinstance(fields, dict) else Facts()


def make_record(store: Store, dim: int) -> Record:
    """Return what an index of the library as it is now must have been made from."""
    return {
        "generation": store.generation(),
        "stamp": store.get_meta("stamp"),
        "model": store.get_meta("model_sha256"),
        "library": store.get_meta("library_id"),
        "count": store.count("vectors"),
        "dim": dim,
    }


def find_index(folder: Path, wanted: Record) -> tuple[Path, Record] | None:
    """Return the index and its record when it is as we wrote it, and made for ``wanted``."""
    return _found(folder, lambda sealed: _fits(sealed, wanted))


def find_older(store: Store, folder: Path, wanted: Record) -> tuple[Path, Record] | None:
    """Return the index and its record when it lacks only changes that came since."""
    return _found(folder, lambda sealed: is_older(store, sealed, wanted))


def is_older(store: Store, record: Record, wanted: Record) -> bool:
    """Tell whether a record is of the same library and model, at or before the present change.

    Ids are never given twice: what such an index says of an id still holds.
    """
    same = all(record.get(key) == wanted[key] for key in ("library", "model", "dim"))
    stamp = record.get("stamp")
    return same and (stamp == wanted["stamp"] or store.was(str(stamp)))


def _found(folder: Path, fits: Callable[[Record], bool]) -> tuple[Path, Record] | None:
    sealed = _read_record(folder)
    file = folder / INDEX_FILE
    if not fits(sealed) or _hash(file) != sealed.get("sha256"):
        return None
    return file, sealed


def write_index(folder: Path, write: Callable[[Path], None], record: Record) -> Path:
    """Have the index written, seal it with the record of what it was made from; return its path.

    A reader sees both or neither.
    """
    file = folder / INDEX_FILE
    temporary = _temporary(file)
    write(temporary)
    with temporary.open("rb") as written:
        os.fsync(written.fileno())
    content = {**record, "sha256": _hash(temporary)}
    temporary.replace(file)
    sealed = {**content, MARK: seal(content)}
    replace_file(folder / RECORD_FILE, json.dumps(sealed, indent=1).encode())
    return file


def is_recorded(folder: Path, wanted: Record) -> bool:
    """Tell whether the record beside the index is of this state of the library."""
    return _fits(_read_record(folder), wanted)


def is_altered(folder: Path, wanted: Record) -> bool:
    """Tell whether the record is of the library as it is now, but the index not as written."""
    return _fits(_read_record(folder), wanted) and find_index(folder, wanted) is None


def _fits(sealed: Record, wanted: Record) -> bool:
    return {key: sealed.get(key) for key in wanted} == wanted


def _read_record(folder: Path) -> Record:
    """Return the record of the index, without its mark; an empty one unless it is ours."""
    file = folder / RECORD_FILE
    try:
        if file.stat().st_size > MAX_RECORD:
            return {}
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(record, dict):
        return {}
    mark = record.pop(MARK, None)
    return record if is_sealed(record, mark) else {}


def _hash(file: Path) -> str:
    """Return the sha-256 of a plain file, "" when there is none."""
    try:
        if file.is_symlink():
            return ""
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole: a reader sees the old one or the new one."""
    temporary = _temporary(path)
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _temporary(path: Path) -> Path:
    return path.with_name(f"{path.name}.{uuid.uuid4().hex}")
