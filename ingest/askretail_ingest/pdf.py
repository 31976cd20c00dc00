"""Read a PDF: text in reading order, its pages, headings, paragraphs and tables."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from askretail_ingest.compose import TableParts, compose
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.furniture import part
from askretail_ingest.headings import assign, mark_headings
from askretail_ingest.layout import reading_order
from askretail_ingest.lines import Sheet
from askretail_ingest.lost import mend
from askretail_ingest.norm import emphasise, measure
from askretail_ingest.nouns import Draft
from askretail_ingest.ocr import is_installed
from askretail_ingest.outline import fill_in
from askretail_ingest.pdf_scan import PICTURE, pictured, scanned_pages
from askretail_ingest.pdfium import PdfiumText
from askretail_ingest.pypdf_text import (
    About,
    NeedsPassword,
    PypdfText,
    blank,
    open_pypdf,
    quiet,
)
from askretail_ingest.segment import name_tables, segment

log = logging.getLogger(__name__)


def draft_pdf(path: Path, *, ocr: bool = True) -> Draft:
    """Return the text and layout of a PDF; raises ``UnreadableFile``.

    Pages that are pictures go through OCR; without ``ocr``, or without the extra, they stay empty
    and are told as unread.
    """
    with quiet():
        sheets, about = _read(path)
    bare = [sheet.number for sheet in sheets if not sheet.lines]
    pictures = pictured(path, bare, least=0.0 if len(bare) == len(sheets) else PICTURE)
    if not (ocr and is_installed()):
        return replace(compose_draft(sheets, about), unread=pictures)
    scans = {sheet.number: sheet for sheet in scanned_pages(path, pictures)}
    sheets = [scans.get(sheet.number, sheet) for sheet in sheets]
    return replace(compose_draft(sheets, about), scanned=tuple(scans))


def _read(path: Path) -> tuple[list[Sheet], About]:
    """Read with both engines; each makes up for what the other cannot open."""
    import pypdfium2

    try:
        pypdf = open_pypdf(path)
        about = pypdf.about()
    except NeedsPassword:
        raise
    except UnreadableFile as error:
        return _pdfium_alone(path, error), About()
    try:
        with PdfiumText(path) as pdfium:
            return [_sheet(number, pdfium, pypdf) for number in range(1, len(pdfium) + 1)], about
    except pypdfium2.PdfiumError as error:
        log.info("%s: pdfium gave up (%s), reading with pypdf", path.name, error)
        return [pypdf.sheet(number) for number in range(1, about.pages + 1)], about


def _pdfium_alone(path: Path, trouble: UnreadableFile) -> list[Sheet]:
    """Read a file that pypdf refused; pdfium mends broken cross-references."""
    import pypdfium2

    try:
        with PdfiumText(path) as pdfium:
            return [_sheet(number, pdfium, None) for number in range(1, len(pdfium) + 1)]
    except (pypdfium2.PdfiumError, OSError):
        raise trouble from None


def _sheet(number: int, pdfium: PdfiumText, pypdf: PypdfText | None) -> Sheet:
    """Read a page with pdfium, and with pypdf where pdfium fails or finds nothing."""
    import pypdfium2

    try:
        sheet = pdfium.sheet(number)
    except pypdfium2.PdfiumError:
        sheet = blank(number)
    return sheet if sheet.lines or pypdf is None else pypdf.sheet(number)


def compose_draft(sheets: Sequence[Sheet], about: About) -> Draft:
    """Return the document that the pages make up, whoever read them."""
    bodies = part(mend(sheets))
    norm = measure([body.sheet for body in bodies])
    loud = emphasise([body.sheet for body in bodies], norm)
    tables: list[TableParts] = []
    pages = [segment(sheet.number, reading_order(sheet), norm, tables) for sheet in loud]
    mark_headings(pages, norm)
    name_tables(pages, tables)
    assign(pages, norm)
    fill_in(pages, about.outline)
    labels = [
        body.label or (about.labels[n] if n < len(about.labels) else "")
        for n, body in enumerate(bodies)
    ]
    return compose(bodies, pages, tables, labels, about.hints)
