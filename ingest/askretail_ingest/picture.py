"""Read a picture file (PNG, JPEG, TIFF): its pages through OCR, where the extra is installed."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft, Page
from askretail_ingest.ocr import is_installed
from askretail_ingest.scan import PIXELS, scanned_sheet

if TYPE_CHECKING:
    from PIL.Image import Image

HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
MOST_PIXELS = 150_000_000  # of one page: A3 at 600 a inch has 70 million
MOST_PAGES = 2000


def is_picture(path: Path) -> bool:
    """Return whether a file begins as a picture that we read."""
    with path.open("rb") as file:
        return file.read(8).startswith(HEADS)


def draft_picture(path: Path, *, ocr: bool = True) -> Draft:
    """Return the text of a picture file, a page a frame; raises ``UnreadableFile``.

    Without ``ocr``, or without the extra, its pages are empty and told as unread.
    """
    from askretail_ingest.pdf import compose_draft
    from askretail_ingest.pypdf_text import About, blank

    with _opened(path) as pictures:
        count = int(getattr(pictures, "n_frames", 1))
        if count > MOST_PAGES:
            raise UnreadableFile(f"{path.name}: an image of more than {MOST_PAGES} pages; split it")
        numbers = tuple(range(1, count + 1))
        if not (ocr and is_installed()):
            pages = tuple(Page(number, "", 0, 0) for number in numbers)
            return Draft("", pages, (), unread=numbers)
        sheets = [scanned_sheet(number, _frame(pictures, number, path)) for number in numbers]
    sheets = [sheet if sheet.lines else blank(sheet.number) for sheet in sheets]
    return replace(compose_draft(sheets, About(count)), scanned=numbers)


def picture_page(path: Path, number: int) -> tuple["Image", int]:
    """Return page ``number`` of a picture file as OCR reads it, and how many there are."""
    with _opened(path) as pictures:
        return _frame(pictures, number, path), int(getattr(pictures, "n_frames", 1))


@contextmanager
def _opened(path: Path) -> Iterator["Image"]:
    """Give an open picture; whatever Pillow cannot make of it becomes one clear line."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd tags, and sizes that we limit ourselves
            with Image.open(path) as opened:
                yield opened
    except Image.DecompressionBombError as error:
        raise UnreadableFile(_TOO_LARGE.format(path.name)) from error
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise UnreadableFile(f"{path.name}: an image that is damaged; save it again") from error


_TOO_LARGE = f"{{}}: an image of more than {MOST_PIXELS:,} pixels; scan it with fewer"


def _frame(pictures: "Image", number: int, path: Path) -> "Image":
    """Return a frame upright, on white, and no larger than OCR needs."""
    from PIL import Image, ImageOps

    pictures.seek(number - 1)
    if pictures.width * pictures.height > MOST_PIXELS:
        raise UnreadableFile(_TOO_LARGE.format(path.name))
    frame = ImageOps.exif_transpose(pictures.copy())
    if frame.mode in ("I", "I;16", "F"):
        frame = frame.point(lambda value: value / 256).convert("L")
    if frame.mode in ("RGBA", "LA", "PA", "P"):
        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(paper, frame)
    frame = frame.convert("RGB")
    frame.thumbnail((PIXELS, PIXELS))
    return frame
