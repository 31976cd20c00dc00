"""A source as PDF: running head, "Page n" foot, one or two columns; the bytes never vary."""

import re
from collections.abc import Callable
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as Text

from sample_builder.markup import STRONG, Block, Bullets, Grid, Heading, top_level
from sample_builder.source import Source

WIDTH, HEIGHT = LETTER
MARGIN = 1.0 * inch
GUTTER = 0.3 * inch
TITLE_HEIGHT = 1.35 * inch  # two lines of title, the byline and a little air
NUMBER = re.compile(r"[-+(]?[$€]?\d[\d,.]*\)?( ?(%|x|points|bps|million|billion))?|-|–|n/a")
INK = colors.HexColor("#1d2733")
RULE = colors.HexColor("#8a94a0")
SHADE = colors.HexColor("#e9edf1")

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=8, textColor=INK
)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=18, leading=22)
BYLINE = ParagraphStyle("byline", BODY, fontName="Helvetica", fontSize=9, leading=12, spaceAfter=14)
HEADS = (
    ParagraphStyle(
        "h1", BODY, fontName="Helvetica-Bold", fontSize=13, spaceBefore=10, keepWithNext=1
    ),
    ParagraphStyle(
        "h2", BODY, fontName="Helvetica-Bold", fontSize=11, spaceBefore=6, keepWithNext=1
    ),
)
ITEM = ParagraphStyle("item", BODY, leftIndent=14, bulletIndent=2, spaceAfter=4)
CAPTION = ParagraphStyle("caption", BODY, fontName="Helvetica-Bold", fontSize=9, leading=12)
CELL = ParagraphStyle("cell", BODY, fontName="Helvetica", fontSize=9, leading=11, spaceAfter=0)
FIGURE = ParagraphStyle("figure", CELL, alignment=TA_RIGHT)


def to_pdf(source: Source) -> bytes:
    """Return the document as a PDF of letter-size pages."""
    out = BytesIO()
    # Uncompressed and invariant: the committed file does not depend on zlib or on the clock.
    document = BaseDocTemplate(
        out,
        pagesize=LETTER,
        title=source.title,
        author=source.publisher,
        subject=f"{', '.join(source.companies)}; published {source.published}",
        creator="askretail",
        invariant=1,
        pageCompression=0,
    )
    document.addPageTemplates(_templates(source))
    document.build(_story(source))
    return out.getvalue()


def _templates(source: Source) -> list[Any]:
    draw = _furniture(source)
    top = HEIGHT - 2 * MARGIN
    if source.columns == 1:
        return [PageTemplate("first", [_frame(0, top, WIDTH - 2 * MARGIN)], onPage=draw)]
    width = (WIDTH - 2 * MARGIN - GUTTER) / 2
    right = width + GUTTER
    title = Frame(MARGIN, MARGIN + top - TITLE_HEIGHT, WIDTH - 2 * MARGIN, TITLE_HEIGHT, 0, 0, 0, 0)
    low = top - TITLE_HEIGHT
    first = [title, _frame(0, low, width), _frame(right, low, width)]
    later = [_frame(0, top, width), _frame(right, top, width)]
    return [
        PageTemplate("first", first, onPage=draw),
        PageTemplate("later", later, onPage=draw),
    ]


def _frame(left: float, height: float, width: float) -> Any:
    return Frame(MARGIN + left, MARGIN, width, height, 0, 0, 0, 0)


def _furniture(source: Source) -> Callable[[Any, Any], None]:
    made = f"D:{source.published.replace('-', '')}000000Z"  # in place of the clock's date

    def draw(canvas: Any, _document: Any) -> None:
        canvas.setDateFormatter(lambda *_moment: made)
        canvas.saveState()
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(RULE)
        if source.head:
            canvas.drawString(MARGIN, HEIGHT - 0.6 * inch, source.head)
            canvas.line(MARGIN, HEIGHT - 0.68 * inch, WIDTH - MARGIN, HEIGHT - 0.68 * inch)
        canvas.drawString(MARGIN, 0.6 * inch, source.foot)
        canvas.drawRightString(WIDTH - MARGIN, 0.6 * inch, f"Page {canvas.getPageNumber()}")
        canvas.restoreState()

    return draw


def _story(source: Source) -> list[Any]:
    byline = f"{source.publisher} · {source.published}"
    story: list[Any] = [Text(_inline(source.title), TITLE), Text(_inline(byline), BYLINE)]
    width = WIDTH - 2 * MARGIN
    if source.columns == 2:
        width = (width - GUTTER) / 2
        story += [NextPageTemplate("later"), FrameBreak()]
    blocks = source.blocks
    top = top_level(blocks)
    for block in blocks:
        story += _flow(block, top, width)
    return story


def _flow(block: Block, top: int, width: float) -> list[Any]:
    if isinstance(block, Heading):
        return [Text(_inline(block.text), HEADS[min(block.level - top, 1)])]
    if isinstance(block, Bullets):
        items = [Text(_inline(item), ITEM, bulletText="•") for item in block.items]
        return [*items, Spacer(1, 4)]
    if isinstance(block, Grid):
        caption = [Text(_inline(block.caption), CAPTION)] if block.caption else []
        return [KeepTogether([*caption, _table(block, width)]), Spacer(1, 10)]
    return [Text(_inline(block.text), BODY)]


def _table(grid: Grid, width: float) -> Any:
    figures = [all(NUMBER.fullmatch(row[n]) for row in grid.rows) for n in range(len(grid.header))]
    cells = [
        [
            Text(_inline(cell), FIGURE if figure else CELL)
            for cell, figure in zip(row, figures, strict=True)
        ]
        for row in (grid.header, *grid.rows)
    ]
    table = Table(cells, colWidths=_widths(grid, figures, width), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _widths(grid: Grid, figures: list[bool], width: float) -> list[float]:
    """Share the width by the longest cell of each column, so that figures stay on one line."""
    rows = (grid.header, *grid.rows)
    longest = [max(len(row[n]) for row in rows) for n in range(len(grid.header))]
    shares = [
        min(length, 12) if figure else min(length, 40)
        for length, figure in zip(longest, figures, strict=True)
    ]
    return [width * share / sum(shares) for share in shares]


def _inline(text: str) -> str:
    return STRONG.sub(r"<b>\1</b>", escape(text, quote=False))
