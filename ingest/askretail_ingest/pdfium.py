"""The default engine of PDF text: pdfium gives lines with their place and font."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from askretail_ingest.clean import LINE_HYPHEN, normalise
from askretail_ingest.lines import Cell, Line, Sheet
from askretail_ingest.lost import LOST
from askretail_ingest.pdf_glyphs import Glyphs

GAP = 0.95  # of the line's height: a wider space parts two cells; justified prose stays below
TIGHT = 0.18  # of the line's height: a space is wider, unless a letter was lost in it
LEVEL = 0.3  # of a word's height that stands on its line; a superscript keeps more
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_LINE_ENDS = f"{LINE_HYPHEN}\x02"


class PdfiumText:
    """An open PDF, page by page; use as a context manager."""

    def __init__(self, path: Path) -> None:
        import pypdfium2

        self._file = pypdfium2.PdfDocument(path)

    def __enter__(self) -> "PdfiumText":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._file)

    def sheet(self, number: int) -> Sheet:
        """Return page ``number`` (from 1); raises ``pypdfium2.PdfiumError`` for a broken page."""
        page = self._file[number - 1]
        try:
            left, bottom, right, top = page.get_cropbox()
            text_page = page.get_textpage()
            try:
                glyphs = Glyphs(text_page, left, bottom, right, top)
                lines = tuple(_lines(glyphs))
            finally:
                text_page.close()
        finally:
            page.close()
        size = (right - left, top - bottom)
        width, height = size if glyphs.turn.upright else reversed(size)
        return Sheet(number, width, height, lines)


class _Word(NamedTuple):
    """Where a word stands in the page's text and on the page."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    height: float


def _words(glyphs: Glyphs) -> list[_Word]:
    spans = [match.span() for match in _WORD.finditer(glyphs.text)]
    firsts = glyphs.boxes([start for start, _ in spans])
    lasts = glyphs.boxes([end - 1 for _, end in spans])
    return [
        _Word(start, end, x0, top, last[2], bottom, bottom - top)
        for (start, end), (x0, top, _, bottom), last in zip(spans, firsts, lasts, strict=True)
    ]


def _lines(glyphs: Glyphs) -> Iterator[Line]:
    """Yield the lines of a page: pdfium's own, broken again where words leave the line."""
    line: list[_Word] = []
    tall: _Word | None = None  # the tallest word, which says where the line is
    for word in _words(glyphs):
        if tall is not None and _parted(glyphs.text, line[-1], word, tall):
            yield _line(glyphs, line)
            line, tall = [], None
        line.append(word)
        if tall is None or word.height > 1.05 * tall.height:
            tall = word
    if line:
        yield _line(glyphs, line)


def _parted(text: str, last: _Word, word: _Word, tall: _Word) -> bool:
    if text[last.end - 1] in _LINE_ENDS or "\n" in text[last.end : word.start]:
        return True
    if word.x0 < last.x0 - tall.height:
        return True  # back to the left: another line, or a cell drawn out of order
    if word.top == tall.top and word.height == tall.height > 0:
        return False  # as nearly all words are
    overlap = min(tall.bottom, word.bottom) - max(tall.top, word.top)
    return overlap < LEVEL * min(tall.height, word.height)


def _line(glyphs: Glyphs, words: list[_Word]) -> Line:
    heights = sorted([(word.height, word.bottom) for word in words])
    height, bottom = heights[len(heights) // 2]  # symbols and superscripts differ; most do not
    height = max(height, 1.0)
    face, bold, italic = glyphs.face(words[0].start)
    last_face, last_bold, last_italic = glyphs.face(words[-1].start)
    return Line(
        cells=tuple(_cells(glyphs.text, words, GAP * height)),
        top=bottom - height,
        bottom=bottom,
        face=face if face == last_face else "",
        bold=bold and last_bold,
        italic=italic and last_italic,
    )


def _cells(text: str, words: list[_Word], gap: float) -> Iterator[Cell]:
    parts: list[str] = []
    x0, x1 = words[0].x0, words[0].x1
    for word in words:
        if word.x0 - x1 > gap:
            yield Cell(normalise("".join(parts)), x0, x1)
            parts, x0 = [], word.x0
        elif parts:
            lost = word.x0 - x1 < TIGHT * word.height and parts[-1][-1] == "f"
            parts.append(LOST if lost else " ")
        parts.append(text[word.start : word.end])
        x1 = word.x1
    yield Cell(normalise("".join(parts)), x0, x1)
