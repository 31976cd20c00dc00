"""The file of the vector index beside the database: a cache, trusted only byte for byte."""

import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from pathlib import Path

from askretail_index.store import Store

INDEX_FILE = "vectors.faiss"
RECORD_FILE = "vectors.json"

Record = Mapping[str, object]


def make_record(store: Store, dim: int) -> Record:
    """Return what an index of the library as it is now must have been made from."""
    joined = "SELECT count(*) FROM passages p JOIN vectors v USING (input)"
    return {
        "generation": store.generation(),
        "stamp": store.get_meta("stamp"),
        "model": store.get_meta("model_sha256"),
        "library": store.get_meta("library_id"),
        "count": int(store.db.execute(joined).fetchone()[0]),
        "dim": dim,
    }


def read_index(folder: Path, wanted: Record) -> bytes | None:
    """Return the bytes of the index when they are those written for ``wanted``, else None."""
    sealed = _read_record(folder)
    if not _fits(sealed, wanted):
        return None
    try:
        data = (folder / INDEX_FILE).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sealed.get("sha256") else None


def write_index(folder: Path, data: bytes, record: Record) -> None:
    """Write the index and the record of what it was made from; a reader sees both or neither."""
    sealed = {**record, "sha256": hashlib.sha256(data).hexdigest()}
    replace_file(folder / INDEX_FILE, data)
    replace_file(folder / RECORD_FILE, json.dumps(sealed, indent=1).encode())


def is_altered(folder: Path, wanted: Record) -> bool:
    """Tell whether the record is of the library as it is now, but the index not as written."""
    return _fits(_read_record(folder), wanted) and read_index(folder, wanted) is None


def _fits(sealed: Record, wanted: Record) -> bool:
    return {key: sealed.get(key) for key in wanted} == wanted


def _read_record(folder: Path) -> Record:
    try:
        record = json.loads((folder / RECORD_FILE).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def replace_file(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
