"""A source as PPTX: a slide for each highest heading; what stands under "Notes" is spoken."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.util import Inches, Pt

from sample_builder.fixed import describe, without_times
from sample_builder.markup import Block, Bullets, Grid, Heading, Paragraph, chapters, parse
from sample_builder.source import Source

SPOKEN = "Notes"
TITLE_AND_BODY, TITLE_ONLY = 1, 5  # layouts of the library's own template
LEFT, TOP, WIDTH, LINE = 0.5, 1.6, 9.0, 0.4  # inches
BULLET, CAPTION, CELL = Pt(22), Pt(16), Pt(14)


def to_slides(source: Source) -> bytes:
    """Return the document as PPTX."""
    deck = Presentation()
    describe(deck.core_properties, source)
    for title, blocks in chapters(parse(source.body, source.path.name)):
        shown, spoken = _parted(blocks)
        listed = any(isinstance(block, Bullets) for block in shown)
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_BODY if listed else TITLE_ONLY])
        slide.shapes.title.text = title
        for block in shown:
            _add(slide, block)
        if spoken:
            slide.notes_slide.notes_text_frame.text = "\n".join(spoken)
    out = BytesIO()
    deck.save(out)
    return without_times(out.getvalue(), source)


def _parted(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Return what a slide shows, and the paragraphs that its speaker says."""
    marks = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.text == SPOKEN]
    end = marks[0] if marks else len(blocks)
    return list(blocks[:end]), [b.text for b in blocks[end:] if isinstance(b, Paragraph)]


def _add(slide: Any, block: Block) -> None:
    if isinstance(block, Bullets):
        frame = slide.placeholders[1].text_frame
        frame.text = "\n".join(block.items)
        for paragraph in frame.paragraphs:
            paragraph.font.size = BULLET
    elif isinstance(block, Grid):
        _add_table(slide, block)
    elif isinstance(block, Paragraph):
        _add_line(slide, block.text)


def _add_line(slide: Any, text: str) -> None:
    box = slide.shapes.add_textbox(Inches(LEFT), Inches(TOP - LINE), Inches(WIDTH), Inches(LINE))
    box.text_frame.text = text
    box.text_frame.paragraphs[0].font.size = CAPTION


def _add_table(slide: Any, grid: Grid) -> None:
    _add_line(slide, grid.caption)
    rows = (grid.header, *grid.rows)
    place = (Inches(LEFT), Inches(TOP), Inches(WIDTH), Inches(LINE * len(rows)))
    table = slide.shapes.add_table(len(rows), len(grid.header), *place).table
    for cells, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(cells.cells, words, strict=True):
            cell.text = word
            cell.text_frame.paragraphs[0].font.size = CELL
