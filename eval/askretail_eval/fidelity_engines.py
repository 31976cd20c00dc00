"""pypdf against pdfium as the engine that gives the text of filings."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from askretail_eval.fidelity_pdf import pdfium_pages, pypdf_pages
from askretail_eval.fidelity_words import words_of
from askretail_eval.table import Table

FILES = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """One file through both engines."""

    name: str
    pages: int
    pypdf_seconds: float
    pdfium_seconds: float
    of_pypdf: float  # share of its words that pdfium gives too, page by page
    of_pdfium: float  # share of pdfium's words that pypdf gives too


def spread(paths: Sequence[Path], count: int = FILES) -> list[Path]:
    """Return so many of the files, the first and others at equal steps."""
    step = max(1, len(paths) // count)
    return list(paths[::step])[:count]


def compare(path: Path) -> Compared:
    """Return the speed of both engines on a file, and the words that they agree on."""
    pypdf, slow = _timed(pypdf_pages, path)
    pdfium, fast = _timed(pdfium_pages, path)
    left, right = ([words_of(page) for page in pages] for pages in (pypdf, pdfium))
    return Compared(path.stem, len(pdfium), slow, fast, *in_common(left, right))


def _timed(engine: Callable[[Path], list[str]], path: Path) -> tuple[list[str], float]:
    start = time.perf_counter()
    pages = engine(path)
    return pages, time.perf_counter() - start


def in_common(left: Sequence[Counter[str]], right: Sequence[Counter[str]]) -> tuple[float, float]:
    """Return the share of the left words that stand on the same page right, and the reverse."""
    both = sum((one & other).total() for one, other in zip(left, right, strict=True))
    whole = (sum(page.total() for page in pages) for pages in (left, right))
    first, second = (both / total if total else 1.0 for total in whole)
    return first, second


def engines_table(found: Iterable[Compared]) -> Table:
    """Return a row a file and one for all of them."""
    rows = [
        (
            one.name,
            str(one.pages),
            f"{one.pages / one.pypdf_seconds:.0f}",
            f"{one.pages / one.pdfium_seconds:.0f}",
            f"{one.of_pypdf:.1%}",
            f"{one.of_pdfium:.1%}",
        )
        for one in found
    ]
    head = (
        *("file", "pages", "pypdf, pages/s", "pdfium, pages/s"),
        *("of pypdf's words in pdfium", "of pdfium's words in pypdf"),
    )
    return Table("Engines of PDF text", head, tuple(rows))
