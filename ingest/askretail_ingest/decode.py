"""Bytes to text, for the formats that are text."""

import re
from pathlib import Path

from askretail_ingest.errors import UnreadableFile

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_\-]+)")
MAX_CHARS = 20_000_000  # of text; the longest 10-K has 1.4 million
_ENDLESS_WORD = re.compile(r"\S{200000}")  # characters without a space: no language writes so
_BINARY_SHARE = 0.02  # control bytes in a text; real ones have none, binaries one in ten


def decode(data: bytes, path: Path) -> str:
    """Return the text of the bytes; raises ``UnreadableFile`` when they are no text.

    Byte order mark first, then UTF-8, the encoding that the file declares, and cp1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if is_binary(data):
        raise UnreadableFile(f"{path.name}: not a text file; save it as PDF, DOCX, HTML or text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(data)


def decode_prose(data: bytes, path: Path) -> str:
    """Return the text of bytes that are text all through, without markup; refuses what is none.

    A line without end would keep the patterns that look for headings and tables busy for long.
    """
    text = decode(data, path)
    check_length(text, path)
    return text


def check_length(text: str, path: Path) -> None:
    """Raise ``UnreadableFile`` for a text that nobody wrote to be read."""
    if len(text) > MAX_CHARS:
        raise UnreadableFile(f"{path.name}: more than {MAX_CHARS:,} characters; split it")
    if _ENDLESS_WORD.search(text):
        raise UnreadableFile(f"{path.name}: one endless word, so no text; leave it out")


def is_binary(data: bytes) -> bool:
    """True when the bytes hold what no text holds."""
    head = data[:65536]
    odd = sum(
        head.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 26, 27)
    )
    return odd > _BINARY_SHARE * max(1, len(head)) or b"\x00\x00" in head


def _decode_old(data: bytes) -> str:
    declared = _DECLARED.search(data[:2048])
    names = [declared.group(1).decode("ascii")] if declared else []
    for name in names:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    # A UTF-8 file with a few broken bytes is still UTF-8; an old Windows file is not.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    multibyte = sum(ord(ch) > 127 for ch in text) - broken
    return text if multibyte > broken else data.decode("cp1252", errors="replace")
