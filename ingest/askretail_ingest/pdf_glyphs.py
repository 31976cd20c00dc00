"""The characters of a page of a PDF, with their places and fonts, as pdfium tells them."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

SAMPLE = 25  # words that show which way a page is drawn
RECT_BYTES = 16  # of pdfium's FS_RECTF: left, top, right and bottom
_LONG_WORD = re.compile(r"[^\s\ufffe\x02]{4,}")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_ITALIC_FLAG = 64  # PDF 32000-1, table 123
_FORCE_BOLD_FLAG = 1 << 18

Rect = tuple[float, float, float, float]  # left, top, right, bottom in pdfium's page units
Place = tuple[float, float, float, float]  # x0, top, x1, bottom


class Turn:
    """From pdfium's page units to the page turned so that its words run to the right."""

    def __init__(self, left: float, bottom: float, right: float, top: float) -> None:
        self.rotation = 0
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    @property
    def upright(self) -> bool:
        return self.rotation in (0, 180)

    def places(self, rects: Iterable[Rect]) -> list[Place]:
        """Return where rectangles stand on the turned page."""
        left, bottom, right, top = self.left, self.bottom, self.right, self.top
        if self.rotation == 90:
            return [(b - bottom, x - left, t - bottom, r - left) for x, t, r, b in rects]
        if self.rotation == 180:
            return [(right - r, b - bottom, right - x, t - bottom) for x, t, r, b in rects]
        if self.rotation == 270:
            return [(top - t, right - r, top - b, right - x) for x, t, r, b in rects]
        return [(x - left, top - t, r - left, top - b) for x, t, r, b in rects]


class Glyphs:
    """The characters of a page with their boxes and fonts."""

    def __init__(
        self, text_page: Any, left: float, bottom: float, right: float, top: float
    ) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._handle = text_page.raw
        self.turn = Turn(left, bottom, right, top)
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
        words = [word.span() for word in islice(_LONG_WORD.finditer(self.text), SAMPLE)]
        firsts = self.boxes([start for start, _ in words])
        lasts = self.boxes([end - 1 for _, end in words])
        for (x0, y0, x1, y1), (u0, v0, u1, v1) in zip(firsts, lasts, strict=True):
            right, down = u0 + u1 - x0 - x1, v0 + v1 - y0 - y1
            sideways = abs(down) > abs(right)
            ways[(270 if down > 0 else 90) if sideways else (180 if right < 0 else 0)] += 1
        self.turn.rotation = max(ways, key=lambda way: (ways[way], -way), default=0)

    def boxes(self, indices: Sequence[int]) -> list[Place]:
        """Return the place of each of some characters."""
        rects = (ctypes.c_float * (4 * len(indices)))()
        place = ctypes.addressof(rects)
        read, page = _loose_box(), ctypes.cast(self._handle, ctypes.c_void_p).value
        for index in indices:
            read(page, index, place)
            place += RECT_BYTES
        sides = memoryview(rects).cast("B").cast("f").tolist()
        return self.turn.places(zip(sides[::4], sides[1::4], sides[2::4], sides[3::4], strict=True))

    def face(self, index: int) -> tuple[str, bool, bool]:
        """Return the font's name and whether it is bold and italic."""
        self._name.value = b""
        self._raw.FPDFText_GetFontInfo(
            self._handle, index, self._name, len(self._name), ctypes.byref(self._flags)
        )
        return _face(self._name.value, self._flags.value)


@lru_cache(maxsize=256)
def _face(font: bytes, flags: int) -> tuple[str, bool, bool]:
    name = font.decode("utf-8", "replace").split("+")[-1]
    bold = bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD_FLAG)
    return name, bold, bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)


@lru_cache(maxsize=1)
def _loose_box() -> Callable[[int | None, int, int], int]:
    """Return FPDFText_GetLooseCharBox taking addresses: it is called for every word."""
    import pypdfium2.raw as raw

    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    address = ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value
    return kind(address or 0)
