"""A file to its text and layout, by the reader of its format; what it is, nobody has asked yet.

All that a child process needs which reads one file: read.py would load what describes it as well.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from askretail_ingest.decode import check_length, is_binary
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft
from askretail_ingest.ocr import INSTALL, is_installed
from askretail_ingest.picture import HEADS, draft_picture

_HEAD_BYTES = 8192
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MAX_BYTES = 500_000_000  # of a file; the largest filings have 20 million
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = {".xls": "XLSX", ".ppt": "PPTX", ".xlsx": "XLSX", ".pptx": "PPTX", ".msg": "EML"}
_OTHER_ZIPS = (
    ("xl/workbook.bin", "a binary Excel file", "save it as XLSX"),
    ("content.xml", "an OpenDocument file", "save it as DOCX, XLSX or PPTX"),
)
_OTHER_IMAGES = (b"GIF8", b"BM", b"\x00\x00\x00\x0cjP")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 looks binary but is text


def read_draft(path: Path, *, ocr: bool = True) -> Draft:
    """Return the text and layout of a file, before anyone asks what it is.

    Without ``ocr`` pages that are pictures are only counted: reading them takes seconds a page.
    """
    draft = _reader(path, bytes_of(path), ocr)(path)
    if not draft.text.strip() and not (draft.unread and is_installed()):
        raise UnreadableFile(f"{path.name}: {_why_empty(draft)}")
    check_length(draft.text, path)
    return draft


def no_text_layer(pages: Sequence[int]) -> str:
    """Return what to do about pages that are pictures in a document that has text as well."""
    which = f"page {pages[0]} has" if len(pages) == 1 else f"{len(pages)} pages have"
    return f"{which} no text layer; {INSTALL}, then remove it and ingest it again"


def _why_empty(draft: Draft) -> str:
    if draft.unread:
        return f"no text layer; run OCR first: {INSTALL}, then ingest it again"
    if draft.scanned:
        return "no text layer, and OCR finds no words; leave it out"
    return "no text in it; leave it out"


def check_name(path: Path) -> None:
    """Raise ``UnreadableFile`` for a path that no library can store."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as why:
        raise UnreadableFile(f"{path.name}: its name or folder is not UTF-8; rename it") from why


def bytes_of(path: Path) -> bytes:
    check_name(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableFile(f"{path.name}: larger than {_MAX_BYTES:,} bytes; split it")
        data = path.read_bytes()
    except FileNotFoundError as why:
        raise UnreadableFile(f"{path}: no such file or folder") from why
    except OSError as why:
        raise UnreadableFile(f"{path}: cannot be opened ({why.strerror})") from why
    if not data.strip():
        raise UnreadableFile(f"{path.name}: an empty file")
    return data


def _reader(path: Path, data: bytes, ocr: bool) -> Callable[[Path], Draft]:
    """Return the reader of the file's format: the content decides, the ending helps with text."""
    head = data[:_HEAD_BYTES]
    if b"%PDF-" in head[:1024]:
        from askretail_ingest.pdf import draft_pdf

        return partial(draft_pdf, ocr=ocr)
    if head.startswith(HEADS):
        return partial(draft_picture, ocr=ocr)
    if head.startswith(_ZIP):
        return _zip_reader(path)
    _refuse(path, head)
    return _text_reader(path, head)


def _zip_reader(path: Path) -> Callable[[Path], Draft]:
    from askretail_ingest.archive import parts_of
    from askretail_ingest.slides import draft_slides
    from askretail_ingest.word import draft_word
    from askretail_ingest.workbook import draft_workbook

    names = parts_of(path)
    for part, reader in (
        (r"word/document\d*\.xml", draft_word),  # the Word of browsers numbers it
        (r"ppt/presentation\d*\.xml", draft_slides),
        (r"xl/workbook\d*\.xml", draft_workbook),
    ):
        if any(re.fullmatch(part, name) for name in names):
            return reader
    for part, kind, remedy in _OTHER_ZIPS:
        if part in names:
            raise UnreadableFile(f"{path.name}: {kind}, which cannot be read; {remedy}")
    raise UnreadableFile(f"{path.name}: a zip archive, which cannot be read; unpack it")


def _refuse(path: Path, head: bytes) -> None:
    """Raise for the formats that we know and do not read."""
    if head.startswith(_OLE):
        form = _OLD.get(path.suffix.lower(), "DOCX")
        raise UnreadableFile(
            f"{path.name}: an old or locked Office file; save it as {form} without password"
        )
    if head.startswith(_OTHER_IMAGES) and is_binary(head):
        raise UnreadableFile(f"{path.name}: an image; save it as PNG, TIFF or PDF")
    if head.startswith(b"{\\rtf"):
        raise UnreadableFile(f"{path.name}: a rich text file; save it as DOCX or PDF")
    if path.suffix.lower() == ".pdf":
        raise UnreadableFile(f"{path.name}: not a readable PDF; fetch or export it again")
    if not head.startswith(_WIDE_MARKS) and is_binary(head):
        raise UnreadableFile(f"{path.name}: not a document we read; save it as PDF, DOCX or text")


def _text_reader(path: Path, head: bytes) -> Callable[[Path], Draft]:
    from askretail_ingest.delimited import draft_delimited
    from askretail_ingest.mail import draft_mail, is_mail
    from askretail_ingest.marked import draft_markdown
    from askretail_ingest.plain import draft_plain
    from askretail_ingest.web import draft_html

    ending = path.suffix.lower()
    if is_mail(head, named=ending == ".eml"):
        return draft_mail
    if ending in (".md", ".markdown"):
        return draft_markdown
    if ending in (".html", ".htm", ".xhtml") or _HTML.search(head.replace(b"\x00", b"")):
        return draft_html
    return draft_delimited if ending in (".csv", ".tsv") else draft_plain
