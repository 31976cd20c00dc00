"""Office files are zip archives: look before unpacking, and say in one line what is wrong."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from askretail_ingest.errors import UnreadableFile

MAX_MARKUP = 300_000_000  # bytes of XML, unpacked; an office file that people wrote stays far below
MAX_BYTES = 1_000_000_000  # unpacked, pictures and films included
# What the readers of office files and mail raise on broken ones; SyntaxError is bad XML.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,  # a part before the start of the file, or none at all; that it opens was seen before
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,  # a way of packing that Python does not know
    RecursionError,
)


def parts_of(path: Path) -> frozenset[str]:
    """Return the names in a zip archive; raises ``UnreadableFile``, also when it is a zip bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except BROKEN as why:
        raise UnreadableFile(f"{path.name}: a broken zip or Office file; save it again") from why
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(f"{path.name}: locked with a password; save it without one")
    markup = sum(e.file_size for e in entries if e.filename.endswith((".xml", ".rels")))
    size = sum(entry.file_size for entry in entries)
    if markup > MAX_MARKUP or size > MAX_BYTES:
        raise UnreadableFile(
            f"{path.name}: unpacks to {size:,} bytes; split it, or save it as PDF without pictures"
        )
    return frozenset(entry.filename for entry in entries)


@contextmanager
def reading(path: Path, remedy: str) -> Iterator[None]:
    """Turn what a library raises on a broken file into ``UnreadableFile`` with the remedy."""
    try:
        yield
    except BROKEN as why:
        raise UnreadableFile(f"{path.name}: {remedy}") from why
