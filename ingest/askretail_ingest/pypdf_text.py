"""What pypdf tells: labels, outline, metadata, need of a password, and text as a second engine."""

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from askretail_ingest.clean import normalise
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.lines import Cell, Line, Sheet
from askretail_ingest.outline import Mark, marks, paths_of

LETTER = 5.0  # points a character is taken to be wide, where the engine gives no place
STEP = 12.0
SIZE = 10.0
_DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")
_CELLS = re.compile(r"\s{3,}|\t+")


_PASSWORD = "{}: needs a password; save a copy without one"


class NeedsPassword(UnreadableFile):
    """A PDF opens with a password alone."""


@dataclass(frozen=True)
class About:
    """What a PDF says of itself."""

    pages: int = 0
    labels: tuple[str, ...] = ()  # one a page, or none at all when they only count 1, 2, 3
    hints: tuple[tuple[str, str], ...] = ()
    outline: tuple[tuple[str, ...], ...] = ()  # the path of each page, or none at all


class PypdfText:
    """An open PDF, page by page."""

    def __init__(self, path: Path) -> None:
        import pypdf

        self._reader = pypdf.PdfReader(path)
        if self._reader.is_encrypted and not self._reader.decrypt(""):
            raise NeedsPassword(_PASSWORD.format(path.name))

    def about(self) -> About:
        """Return the labels of the pages and the metadata, as far as they can be read."""
        try:
            count = len(self._reader.pages)
            about = About(count, self._labels(count), tuple(self._hints()))
        except breakage():
            return About()
        try:
            return replace(about, outline=self._outline(count))
        except breakage():
            return about

    def _outline(self, count: int) -> tuple[tuple[str, ...], ...]:
        from pypdf.generic import Destination

        found = []
        for level, entry in marks(self._reader.outline):
            if not isinstance(entry, Destination):
                continue
            place = self._reader.get_destination_page_number(entry)
            if place is not None and place >= 0:
                found.append(Mark(place + 1, level, str(entry.title or "")))
        return paths_of(found, count) if found else ()

    def _labels(self, count: int) -> tuple[str, ...]:
        if "/PageLabels" not in self._reader.root_object:
            return ()
        labels = tuple(self._reader.page_labels)
        counting = tuple(str(number) for number in range(1, count + 1))
        return () if labels == counting or len(labels) != count else labels

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
        try:
            page = self._reader.pages[number - 1]
            box = page.cropbox
            lines = tuple(_lines(page.extract_text() or ""))
        except breakage():
            return blank(number)
        return Sheet(number, float(box.width), float(box.height), lines)


def blank(number: int) -> Sheet:
    """Return a page without text, of the size of a US letter."""
    return Sheet(number, 612, 792, ())


def _lines(text: str) -> Iterator[Line]:
    top = STEP
    for raw in text.replace("\u00a0", " ").splitlines():
        cells = tuple(_place(raw))
        if cells:
            yield Line(cells, top, top + SIZE)
        top += STEP


def _place(raw: str) -> Iterator[Cell]:
    start = 0
    for part in _CELLS.split(raw):
        text = normalise(part).strip()
        if text:
            x = (raw.find(part, start)) * LETTER
            yield Cell(text, x, x + len(text) * LETTER)
            start += len(part)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep pypdf's remarks about odd files off the terminal."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def open_pypdf(path: Path) -> PypdfText:
    """Open a PDF; raises ``NeedsPassword`` or ``UnreadableFile``."""
    import pypdf.errors

    try:
        return PypdfText(path)
    except (pypdf.errors.FileNotDecryptedError, pypdf.errors.WrongPasswordError) as error:
        raise NeedsPassword(_PASSWORD.format(path.name)) from error
    except OSError as error:
        raise UnreadableFile(f"{path.name}: cannot be opened ({error.strerror})") from error
    except breakage() as error:
        raise UnreadableFile(
            f"{path.name}: not a readable PDF; fetch or export it again"
        ) from error


def breakage() -> tuple[type[Exception], ...]:
    """Return what pypdf raises on broken files: its own errors, and Python's where it trips."""
    import pypdf.errors

    own = (pypdf.errors.PyPdfError, pypdf.errors.DependencyError, zlib.error, struct.error)
    deep = (RecursionError, NotImplementedError, AssertionError, ArithmeticError)
    return (*own, *deep, ValueError, LookupError, TypeError, AttributeError, EOFError)
