"""A page of a PDF or of a scan as a picture, and where on it a quote stands.

As a program it reads one JSON object from stdin and writes one to stdout, so that a page which
hangs or crashes pdfium does so in a process of its own.
"""

import base64
import ctypes
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.ocr import Word, is_installed
from askretail_ingest.offset_map import letters_of, offset_map
from askretail_ingest.pdf_scan import picture_of
from askretail_ingest.picture import is_picture, picture_page
from askretail_ingest.scan import words_in_order

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 1800  # of a page's longer side: a letter page is sharp at twice the width of its card
SCALE = 2.5  # pixels a point at most; a small page is not blown up
QUALITY = 80  # of the WebP; small print stays clean
LEVEL = 0.5  # of a character's height that lies on its line
_UNIT = 1_000_000  # pdfium counts device places in whole numbers


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in shares of its width and height from the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as WebP; ``boxes`` mark the quote, one a line, none when it is not surely found."""

    webp: bytes
    pages: int  # of the whole PDF
    boxes: tuple[Box, ...] = ()


def page_image(
    path: Path, number: int, quote: str = "", *, before: str = "", after: str = ""
) -> PageImage:
    """Draw page ``number`` (from 1) and find ``quote`` on it.

    ``before`` and ``after`` are the rest of the page's text: they tell which place is meant when
    the page says the same twice. Raises ``pypdfium2.PdfiumError`` for a page that cannot be drawn.
    """
    import pypdfium2

    if is_picture(path):
        scan, pages = picture_page(path, number)
        return PageImage(_webp(scan), pages, tuple(_scanned_boxes(scan, quote, before, after)))
    with pypdfium2.PdfDocument(path) as file:
        page = file[number - 1]
        scale = min(SCALE, PIXELS / max(*page.get_size(), 1))
        drawn = _webp(page.render(scale=scale).to_pil())
        boxes = tuple(_boxes(page, quote, before, after))
        return PageImage(drawn, len(file), boxes)


def quote_boxes(path: Path, number: int, quote: str, before: str, after: str) -> tuple[Box, ...]:
    """Return the boxes that ``page_image`` gives for a page of a PDF, without drawing it."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as file:
        return tuple(_boxes(file[number - 1], quote, before, after))


def _webp(picture: "Image") -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def _places(read: str, quote: str, before: str, after: str) -> list[int]:
    """Return where in ``read`` the quote stands, letter by letter; none unless all are sure."""
    places = offset_map(before + quote + after, read)
    seen = [len(before) + n for n, char in enumerate(quote) if letters_of(char).strip()]
    return [places[n] for n in seen] if all(n in places for n in seen) else []


def _boxes(page: object, quote: str, before: str, after: str) -> Iterator[Box]:
    import pypdfium2.raw as raw

    text_page = getattr(page, "get_textpage")()  # noqa: B009 (typed stubs are missing)
    if quote and not text_page.count_chars():
        yield from _scanned_boxes(picture_of(page), quote, before, after)
        return
    codes = [raw.FPDFText_GetUnicode(text_page.raw, i) for i in range(text_page.count_chars())]
    text = "".join(chr(code) if 0 < code <= 0x10FFFF else "\ufffd" for code in codes)
    corners = [
        _on_image(page, *text_page.get_charbox(place, loose=True))
        for place in _places(text, quote, before, after)
    ]
    for left, top, right, bottom in _lines(corners):
        if 0 < (left + right) / 2 < 1 and 0 < (top + bottom) / 2 < 1:  # else beside the paper
            yield Box(left, top, right - left, bottom - top)


Corners = tuple[float, float, float, float]  # left, top, right, bottom


def _scanned_boxes(picture: "Image", quote: str, before: str, after: str) -> Iterator[Box]:
    """Yield the boxes of the words that OCR reads in a picture, as it did when it was ingested."""
    if not quote or not is_installed():
        return
    text, places = "", list[Word]()
    for word in words_in_order(picture):
        text += f"{word.text} "
        places += [word] * (len(word.text) + 1)
    width, height = picture.size
    words = dict.fromkeys(places[place] for place in _places(text, quote, before, after))
    corners = [(w.x0 / width, w.top / height, w.x1 / width, w.bottom / height) for w in words]
    for left, top, right, bottom in _lines(corners):
        yield Box(left, top, right - left, bottom - top)


def _on_image(page: object, left: float, bottom: float, right: float, top: float) -> Corners:
    """Return a rectangle of the page as it lies on the picture of the page."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for across, up in ((left, top), (right, bottom)):
        raw.FPDF_PageToDevice(page, 0, 0, _UNIT, _UNIT, 0, across, up, x, y)
        points.append((x.value / _UNIT, y.value / _UNIT))
    (x0, y0), (x1, y1) = points
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _lines(corners: Sequence[Corners]) -> list[Corners]:
    """Join the characters of each line; the gaps between a row's columns are bridged."""
    steps = list(pairwise(corners))
    across, down = (sum(abs(b[axis] - a[axis]) for a, b in steps) for axis in (0, 1))
    low = 0 if down > across else 1  # words of a turned page run up or down the picture
    lines: list[list[Corners]] = []
    for one in corners:
        if lines and _level(lines[-1][-1], one, low):
            lines[-1].append(one)
        else:
            lines.append([one])
    return [list(accumulate(line, _union))[-1] for line in lines]


def _level(one: Corners, other: Corners, low: int) -> bool:
    high = low + 2
    overlap = min(one[high], other[high]) - max(one[low], other[low])
    return overlap > LEVEL * min(one[high] - one[low], other[high] - other[low])


def _union(a: Corners, b: Corners) -> Corners:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def main() -> None:
    """Answer one request of JSON on stdin with one on stdout."""
    asked = json.load(sys.stdin)
    image = page_image(Path(asked.pop("path")), asked.pop("number"), **asked)
    boxes = [asdict(box) for box in image.boxes]
    webp = base64.b64encode(image.webp).decode()
    json.dump({"webp": webp, "pages": image.pages, "boxes": boxes}, sys.stdout)


if __name__ == "__main__":
    main()
