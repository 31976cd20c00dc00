"""The default engine of PDF text: pdfium gives lines with their place and font."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from askretail_ingest.clean import LINE_HYPHEN, normalise
from askretail_ingest.lines import Cell, Line, Sheet
from askretail_ingest.lost import LOST

GAP = 0.95  # of the line's height: a wider space parts two cells; justified prose stays below
TIGHT = 0.18  # of the line's height: a space is wider, unless a letter was lost in it
LEVEL = 0.3  # of a word's height that stands on its line; a superscript keeps more
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_LONG_WORD = re.compile(r"[^\s\ufffe\x02]{4,}")
SAMPLE = 25  # words that show which way a page is drawn
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_ITALIC_FLAG = 64  # PDF 32000-1, table 123
_FORCE_BOLD_FLAG = 1 << 18


class Box(Protocol):
    """A pdfium rectangle in page units."""

    left: float
    top: float
    right: float
    bottom: float


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
                glyphs = _Glyphs(text_page, left, bottom, right, top)
                lines = tuple(_lines(glyphs))
            finally:
                text_page.close()
        finally:
            page.close()
        size = (right - left, top - bottom)
        width, height = size if glyphs.turn.upright else reversed(size)
        return Sheet(number, width, height, lines)


class _Turn:
    """From pdfium's page units to the page turned so that its words run to the right."""

    def __init__(self, left: float, bottom: float, right: float, top: float) -> None:
        self.rotation = 0
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    @property
    def upright(self) -> bool:
        return self.rotation in (0, 180)

    def __call__(self, box: Box) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom."""
        if self.rotation == 90:
            return (
                box.bottom - self.bottom,
                box.left - self.left,
                box.top - self.bottom,
                box.right - self.left,
            )
        if self.rotation == 180:
            return (
                self.right - box.right,
                box.bottom - self.bottom,
                self.right - box.left,
                box.top - self.bottom,
            )
        if self.rotation == 270:
            return (
                self.top - box.top,
                self.right - box.right,
                self.top - box.bottom,
                self.right - box.left,
            )
        return (
            box.left - self.left,
            self.top - box.top,
            box.right - self.left,
            self.top - box.bottom,
        )


class _Glyphs:
    """The characters of a page with their boxes and fonts."""

    def __init__(
        self, text_page: object, left: float, bottom: float, right: float, top: float
    ) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._handle = getattr(text_page, "raw")  # noqa: B009 (typed stubs are missing)
        self.turn = _Turn(left, bottom, right, top)
        self._plain = left == 0
        self._top = top
        self._box = raw.FS_RECTF()
        self._box_ref = ctypes.byref(self._box)
        self._name = ctypes.create_string_buffer(96)
        self._flags = ctypes.c_int()
        self.text = self._read()
        self._set_turn()

    def _read(self) -> str:
        count = self._raw.FPDFText_CountChars(self._handle)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self._raw.FPDFText_GetText(self._handle, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (self._raw.FPDFText_GetUnicode(self._handle, i) for i in range(count))
        return "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)

    def _set_turn(self) -> None:
        """Turn the page by the way most of its first words run, whatever its own rotation."""
        ways: Counter[int] = Counter()
        for word in islice(_LONG_WORD.finditer(self.text), SAMPLE):
            x0, y0, x1, y1 = self.box(word.start())
            u0, v0, u1, v1 = self.box(word.end() - 1)
            right, down = u0 + u1 - x0 - x1, v0 + v1 - y0 - y1
            sideways = abs(down) > abs(right)
            ways[(270 if down > 0 else 90) if sideways else (180 if right < 0 else 0)] += 1
        self.turn.rotation = max(ways, key=lambda way: (ways[way], -way), default=0)
        self._plain = self._plain and self.turn.rotation == 0

    def box(self, index: int) -> tuple[float, float, float, float]:
        self._raw.FPDFText_GetLooseCharBox(self._handle, index, self._box_ref)
        box = self._box
        if self._plain:
            return box.left, self._top - box.top, box.right, self._top - box.bottom
        return self.turn(box)

    def face(self, index: int) -> tuple[str, bool, bool]:
        """Return the font's name and whether it is bold and italic."""
        self._name.value = b""
        self._raw.FPDFText_GetFontInfo(
            self._handle, index, self._name, len(self._name), ctypes.byref(self._flags)
        )
        name = self._name.value.decode("utf-8", "replace").split("+")[-1]
        flags = self._flags.value
        bold = bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD_FLAG)
        return name, bold, bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)


class _Word(NamedTuple):
    """Where a word stands in the page's text and on the page."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def _words(glyphs: _Glyphs) -> Iterator[_Word]:
    for match in _WORD.finditer(glyphs.text):
        start, end = match.span()
        x0, top, x1, bottom = glyphs.box(start)
        if end - start > 1:
            x1 = glyphs.box(end - 1)[2]
        yield _Word(start, end, x0, top, x1, bottom)


def _lines(glyphs: _Glyphs) -> Iterator[Line]:
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
    if text[last.end - 1] in (LINE_HYPHEN, "\x02") or "\n" in text[last.end : word.start]:
        return True
    if word.x0 < last.x0 - tall.height:
        return True  # back to the left: another line, or a cell drawn out of order
    overlap = min(tall.bottom, word.bottom) - max(tall.top, word.top)
    return overlap < LEVEL * min(tall.height, word.height)


def _line(glyphs: _Glyphs, words: list[_Word]) -> Line:
    heights = sorted((word.height, word.bottom) for word in words)
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
