"""A source as DOCX with real heading, list and table styles; the bytes do not know the clock."""

from io import BytesIO
from typing import Any

from docx import Document

from sample_builder.fixed import describe, without_times
from sample_builder.markup import STRONG, Block, Bullets, Grid, Heading, top_level
from sample_builder.source import Source


def to_word(source: Source) -> bytes:
    """Return the document as DOCX."""
    document = Document()
    describe(document.core_properties, source)
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
    return without_times(out.getvalue(), source)


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
