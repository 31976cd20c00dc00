"""What pypdf tells: labels, metadata, whether a password is needed, and text as a second engine."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from askretail_ingest.clean import normalise
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.lines import Cell, Line, Sheet

LETTER = 5.0  # points a character is taken to be wide, where the engine gives no place
STEP = 12.0
SIZE = 10.0
_DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")
_CELLS = re.compile(r"\s{3,}|\t+")


@dataclass(frozen=True)
class About:
    """What a PDF says of itself."""

    pages: int
    labels: tuple[str, ...]  # one a page, or none at all when they only count 1, 2, 3
    hints: tuple[tuple[str, str], ...]


class PypdfText:
    """An open PDF, page by page."""

    def __init__(self, path: Path) -> None:
        import pypdf

        self._reader = pypdf.PdfReader(path)
        if self._reader.is_encrypted and not self._reader.decrypt(""):
            raise UnreadableFile(f"{path.name} needs a password: save a copy without one")

    def about(self) -> About:
        """Return the labels of the pages and the metadata."""
        reader = self._reader
        count = len(reader.pages)
        labels = tuple(reader.page_labels) if "/PageLabels" in reader.root_object else ()
        if labels == tuple(str(n) for n in range(1, count + 1)) or len(labels) != count:
            labels = ()
        return About(count, labels, tuple(self._hints()))

    def _hints(self) -> Iterator[tuple[str, str]]:
        info = self._reader.metadata
        if info is None:
            return
        for name, key in (("title", "/Title"), ("author", "/Author")):
            value = normalise(str(info.get(key) or "")).replace("\n", " ").strip()
            if value:
                yield name, value
        if match := _DATE.match(str(info.get("/CreationDate") or "")):
            yield "created", "-".join(match.groups())

    def sheet(self, number: int) -> Sheet:
        """Return page ``number`` with places made up from the order of the lines."""
        page = self._reader.pages[number - 1]
        box = page.cropbox
        lines = tuple(_lines(page.extract_text() or ""))
        return Sheet(number, float(box.width), float(box.height), lines)


def _lines(text: str) -> Iterator[Line]:
    top = STEP
    for raw in normalise_keeping_gaps(text):
        cells = tuple(_place(raw))
        if cells:
            yield Line(cells, top, top + SIZE)
        top += STEP


def normalise_keeping_gaps(text: str) -> list[str]:
    """Return the lines of a page, runs of spaces kept as they part cells."""
    return [line.replace("\u00a0", " ") for line in text.splitlines()]


def _place(raw: str) -> Iterator[Cell]:
    start = 0
    for part in _CELLS.split(raw):
        text = normalise(part).strip()
        if text:
            x = (raw.find(part, start)) * LETTER
            yield Cell(text, x, x + len(text) * LETTER)
            start += len(part)


@contextmanager
def opened(path: Path) -> Iterator[PypdfText]:
    """Open a PDF with pypdf; what breaks inside becomes ``UnreadableFile``."""
    import pypdf.errors

    try:
        yield PypdfText(path)
    except UnreadableFile:
        raise
    except (pypdf.errors.FileNotDecryptedError, pypdf.errors.WrongPasswordError) as error:
        raise UnreadableFile(f"{path.name} needs a password: save a copy without one") from error
    except (pypdf.errors.PyPdfError, pypdf.errors.DependencyError, ValueError) as error:
        raise UnreadableFile(f"{path.name} is not a readable PDF: {error}") from error
