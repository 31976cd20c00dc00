"""Pages of a PDF that are pictures: which they are, and what OCR reads on them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.lines import Sheet
from askretail_ingest.scan import PIXELS, scanned_sheet

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURE = 0.05  # of a page's area: an image of less is a logo or a line
OBJECTS = 2000  # of a page that are looked at
STROKES = 100  # paths without any text: letters drawn as outlines, or a drawing


def pictured(path: Path, numbers: Sequence[int], *, least: float = PICTURE) -> tuple[int, ...]:
    """Return those of the pages without text that show something: scans, outlines, drawings.

    ``least`` is the share of its page that an image must take.
    """
    import pypdfium2

    if not numbers:
        return ()
    try:
        with pypdfium2.PdfDocument(path) as file:
            return tuple(number for number in numbers if _shows_something(file, number, least))
    except (pypdfium2.PdfiumError, OSError):
        return ()


def _shows_something(file: object, number: int, least: float) -> bool:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        page = file[number - 1]  # type: ignore[index]
        width, height = page.get_size()
        strokes = 0
        for thing in islice(page.get_objects(max_depth=4), OBJECTS):
            strokes += thing.type == raw.FPDF_PAGEOBJ_PATH
            if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = thing.get_bounds()
                if (right - left) * (top - bottom) >= least * width * height:
                    return True
        return strokes >= STROKES
    except pypdfium2.PdfiumError:
        return False


def picture_of(page: object) -> "Image":
    """Return a page of a PDF as OCR reads it; always the same, so that its words are too."""
    longer = max(*page.get_size(), 1)  # type: ignore[attr-defined]
    picture: Image = page.render(scale=PIXELS / longer).to_pil()  # type: ignore[attr-defined]
    return picture


def scanned_pages(path: Path, numbers: Sequence[int]) -> Iterator[Sheet]:
    """Yield pages of a PDF as OCR reads them; one that cannot be drawn is left out."""
    import pypdfium2

    if not numbers:
        return  # pdfium may not be able to open the file at all, which pypdf could
    with pypdfium2.PdfDocument(path) as file:
        for number in numbers:
            try:
                picture = picture_of(file[number - 1])
            except pypdfium2.PdfiumError:
                continue
            yield scanned_sheet(number, picture)
