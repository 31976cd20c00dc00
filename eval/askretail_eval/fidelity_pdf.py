"""PDFs as their engines give them, before we arrange anything.

As a program it writes pdfium's pages as one JSON list: a file that crashes pdfium then does so
in a process of its own.
"""

import ctypes
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from askretail_ingest.pypdf_text import quiet

Engine = Literal["pdfium", "pypdf"]

SECONDS = 60.0
_GRID = 1_000_000  # pdfium counts device places in whole numbers


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a page and its middle, in shares of the picture from the top left."""

    char: str
    x: float
    y: float


def pdfium_pages(path: Path) -> list[str]:
    """Return the text of every page; raises ``pypdfium2.PdfiumError`` for a broken file."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as file:
        return [page.get_textpage().get_text_bounded() for page in file]


def pypdf_pages(path: Path, *, most: int | None = None) -> list[str]:
    """Return the text of every page, or of the first ``most``."""
    import pypdf

    with quiet():
        return [page.extract_text() or "" for page in pypdf.PdfReader(path).pages[:most]]


def page_by(engine: Engine, path: Path, number: int) -> str:
    """Return the text of one page, counted from 1, as one engine gives it."""
    import pypdf
    import pypdfium2

    if engine == "pypdf":
        with quiet():
            return pypdf.PdfReader(path).pages[number - 1].extract_text() or ""
    with pypdfium2.PdfDocument(path) as file:
        return str(file[number - 1].get_textpage().get_text_bounded())


def pdfium_pages_apart(path: Path) -> list[str]:
    """Return pdfium's pages, read in another process; none when it fails, crashes or hangs."""
    command = [sys.executable, "-m", "askretail_eval.fidelity_pdf", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.SubprocessError:
        return []
    return [str(page) for page in json.loads(done.stdout)]


def page_count(path: Path) -> int:
    """Return the number of pages of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as file:
        return len(file)


def join(paths: Sequence[Path], target: Path, *, pages: int) -> Path:
    """Write one PDF of the first ``pages`` pages that the files have together."""
    import pypdf

    writer = pypdf.PdfWriter()
    for path in paths:
        reader = pypdf.PdfReader(path)
        for page in reader.pages[: pages - len(writer.pages)]:
            writer.add_page(page)
        if len(writer.pages) >= pages:
            break
    with target.open("wb") as file:
        writer.write(file)
    return target


def letters_of(path: Path, number: int) -> list[Letter]:
    """Return the visible characters of a page as pdfium has them."""
    import pypdfium2
    import pypdfium2.raw as raw

    x, y = ctypes.c_int(), ctypes.c_int()
    letters = []
    with pypdfium2.PdfDocument(path) as file:
        page = file[number - 1]
        text = page.get_textpage()
        for place in range(text.count_chars()):
            char = chr(min(raw.FPDFText_GetUnicode(text.raw, place), 0x10FFFF))
            left, bottom, right, top = text.get_charbox(place, loose=True)
            across, up = (left + right) / 2, (bottom + top) / 2
            raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, across, up, x, y)
            letters.append(Letter(char, x.value / _GRID, y.value / _GRID))
    return letters


if __name__ == "__main__":
    json.dump(pdfium_pages(Path(sys.argv[1])), sys.stdout)
