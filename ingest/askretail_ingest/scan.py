"""A picture of a page as a sheet: its words, read by OCR, put into lines."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from askretail_ingest.clean import normalise
from askretail_ingest.layout import reading_order
from askretail_ingest.lines import Cell, Line, Sheet
from askretail_ingest.ocr import Word, read_picture

if TYPE_CHECKING:
    from PIL.Image import Image

LETTER = 792.0  # points of the longer side that any picture is taken to have, as US letter
PIXELS = 1650  # of the longer side that OCR reads: 150 a inch on US letter
GAP = 0.95  # of a word's height: a wider space parts two cells, as in pdfium.py
ALIKE = (0.75, 1.33)  # of the usual height: boxes of one type differ by so much


def scanned_sheet(number: int, picture: "Image") -> Sheet:
    """Return the lines of a picture, in points as if it were a page of US letter."""
    return _sheet(number, picture.size, read_picture(picture))


def words_in_order(picture: "Image") -> list[Word]:
    """Return the words of a picture in the order in which its text has them."""
    runs = read_picture(picture)
    words = [word for run in runs for word in run]
    point = _point(picture.size)
    ordered = []
    for line in reading_order(_sheet(1, picture.size, runs)):
        for cell in line.cells:
            inside = [word for word in words if _lies_in(word, cell, line, point)]
            ordered += sorted(inside, key=lambda word: word.x0)
    return ordered


def _lies_in(word: Word, cell: Cell, line: Line, point: float) -> bool:
    across = (word.x0 + word.x1) / 2 * point
    down = (word.top + word.bottom) / 2 * point
    return cell.x0 <= across <= cell.x1 and line.top <= down <= line.bottom


def _point(size: tuple[int, int]) -> float:
    """Return how many points a pixel is, if the picture were a page of US letter."""
    return LETTER / max(*size, 1)


def _sheet(number: int, size: tuple[int, int], runs: Sequence[Sequence[Word]]) -> Sheet:
    point = _point(size)
    lines = [line for run in runs for line in _lines(run, point)]
    usual = median(line.size for line in lines) if lines else 0.0
    width, height = (side * point for side in size)
    return Sheet(number, width, height, tuple(_set_alike(line, usual) for line in lines))


def _lines(run: Sequence[Word], point: float) -> Iterator[Line]:
    """Yield the line of a run; where a wide space parts it, its cells stand side by side."""
    height = max(median(word.bottom - word.top for word in run), 1.0)
    parts: list[list[Word]] = [[run[0]]]
    for word in run[1:]:
        apart = word.x0 - parts[-1][-1].x1 > GAP * height
        parts.append([word]) if apart else parts[-1].append(word)
    cells = tuple(
        Cell(
            normalise(" ".join(word.text for word in part)), part[0].x0 * point, part[-1].x1 * point
        )
        for part in parts
    )
    top = median(word.top for word in run)
    bottom = median(word.bottom for word in run)
    yield Line(cells, top * point, bottom * point)


def _set_alike(line: Line, usual: float) -> Line:
    """Return the line with the usual height, unless it is set in another size."""
    low, high = ALIKE
    if not low * usual < line.size < high * usual:
        return line
    return Line(line.cells, line.middle - usual / 2, line.middle + usual / 2)
