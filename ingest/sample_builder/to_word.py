"""A source as DOCX with real heading, list and table styles; the bytes do not know the clock."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from sample_builder.markup import STRONG, Block, Bullets, Grid, Heading, top_level
from sample_builder.source import Source

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold


def to_word(source: Source) -> bytes:
    """Return the document as DOCX."""
    document = Document()
    _describe(document, source)
    section = document.sections[0]
    section.header.paragraphs[0].text = source.head
    section.footer.paragraphs[0].text = source.foot
    document.add_heading(source.title, level=0)
    document.add_paragraph(f"{source.publisher} · {source.published}")
    blocks = source.blocks
    top = top_level(blocks)
    for block in blocks:
        _add(document, block, top)
    out = BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _describe(document: Any, source: Source) -> None:
    when = datetime.fromisoformat(source.published).replace(tzinfo=UTC)
    core = document.core_properties
    core.title = source.title
    core.author = core.last_modified_by = source.publisher
    core.subject = ", ".join(source.companies)
    core.comments = ""
    core.created = core.modified = when
    core.revision = 1


def _add(document: Any, block: Block, top: int) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, level=1 + block.level - top)
    elif isinstance(block, Bullets):
        for item in block.items:
            _runs(document.add_paragraph(style="List Bullet"), item)
    elif isinstance(block, Grid):
        _add_table(document, block)
    else:
        _runs(document.add_paragraph(), block.text)


def _add_table(document: Any, grid: Grid) -> None:
    if grid.caption:
        document.add_paragraph(grid.caption, style="Caption")
    table = document.add_table(rows=0, cols=len(grid.header), style="Light Grid Accent 1")
    for row in (grid.header, *grid.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _runs(cell.paragraphs[0], text)
    document.add_paragraph()


def _runs(paragraph: Any, text: str) -> None:
    for number, part in enumerate(STRONG.split(text)):
        if part:
            paragraph.add_run(part).bold = bool(number % 2)


def _without_times(data: bytes) -> bytes:
    """Return the archive with every member at one fixed time, in the order of its name."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
