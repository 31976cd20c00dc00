"""The bytes of the documents, kept under their hash so that pages can be shown after a move."""

import hashlib
import re
import uuid
from collections.abc import Collection
from pathlib import Path

from askretail_index.own_files import refuse_links
from askretail_ingest.errors import UnreadableFile

FILES = "files"
BLOCK = 1 << 20  # bytes read at a time
_SHA = re.compile(r"[0-9a-f]{64}")


def original_name(sha: str, source: str) -> str:
    """Return the name of an original: its hash, with the ending it had.

    A database from elsewhere may say anything: what is no hash never becomes part of a path.
    """
    name = sha if _SHA.fullmatch(sha) else hashlib.sha256(sha.encode()).hexdigest()
    return f"{name}{Path(source).suffix.lower()}"


def hash_file(path: Path) -> str:
    """Return the sha-256 of a file's bytes; raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def keep(path: Path, sha: str, target: Path) -> None:
    """Copy a file to its place among the originals, unless it is there already.

    Raises UnreadableFile when the file has other bytes by now.
    """
    if target.is_file() and hash_file(target) == sha:
        return
    refuse_links([target.parent])
    target.parent.mkdir(exist_ok=True)
    temporary, digest = target.with_name(f"{sha}.{uuid.uuid4().hex}.part"), hashlib.sha256()
    with path.open("rb") as source, temporary.open("xb") as copy:
        while block := source.read(BLOCK):
            digest.update(block)
            copy.write(block)
    if digest.hexdigest() != sha:
        temporary.unlink()
        raise changed(path)
    temporary.replace(target)


def changed(path: Path) -> UnreadableFile:
    """Return the error for a file that was written while it was being read."""
    return UnreadableFile(f"{path.name}: changed while it was read; ingest it again")


def sweep(folder: Path, wanted: Collection[str]) -> None:
    """Delete the originals that no document has, such as a killed run leaves."""
    refuse_links([folder])
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name not in wanted and _SHA.match(path.name):  # never what is not ours
            path.unlink()
