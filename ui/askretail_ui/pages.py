"""Pages of PDF originals as the page shows them: a picture, and boxes around the quote."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.errors import AskRetailError
from askretail_ingest.nouns import Document

if TYPE_CHECKING:
    from askretail_ui.desk import Desk

SECONDS = 30  # for one page; a page of a filing takes one
KEPT = 16  # pages in memory, of about 150 kB each: forth and back does not draw again
PROGRAM = "askretail_ingest.pdf_boxes"

UNSURE = "The quote cannot be pointed out on this page for certain; it is on the page all the same."


class NoPage(AskRetailError):
    """A page cannot be shown; the text says why."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What the browser gets: ``drawn`` is the JSON of ``askretail_ingest.pdf_boxes``."""

    drawn: str
    note: str

    def to_json(self) -> str:
        return f'{{"note": {json.dumps(self.note)}, "page": {self.drawn}}}'


def shown_page(desk: "Desk", sha: str, number: int, start: int, end: int) -> ShownPage:
    """Return page ``number`` of a document, with boxes if the quote ``start:end`` is on it.

    Raises ``NoPage``.
    """
    document, path = original(desk, sha)
    if not 1 <= number <= len(document.pages):
        raise NoPage(f"{document.source} has no page {number}")
    quote, before, after = _quote(document, number, start, end)
    drawn = _drawn(path, number, quote, before, after)
    unsure = quote and not json.loads(drawn)["boxes"]
    return ShownPage(drawn, UNSURE if unsure else "")


def original(desk: "Desk", sha: str) -> tuple[Document, Path]:
    """Return the document with these bytes, an older version too, and its file.

    Raises ``NoPage``.
    """
    for engine in desk.opened:
        document = engine.version(sha)
        if document is not None:
            path = engine.original(document)
            if path.is_file():
                return document, path
            raise NoPage(f"The original of {document.source} is gone: ingest the file again")
    raise NoPage("This document is no longer in the library")


def _quote(document: Document, number: int, start: int, end: int) -> tuple[str, str, str]:
    """Return the quote and the rest of its page around it, empty on another page."""
    page = document.pages[number - 1]
    if not page.start <= start < end <= page.end:
        return "", "", ""
    text = document.text
    return text[start:end], text[page.start : start], text[end : page.end]


@lru_cache(maxsize=KEPT)
def _drawn(path: Path, number: int, quote: str, before: str, after: str) -> str:
    """Return the JSON of the program that draws, a process of its own; raises ``NoPage``."""
    asked = {"path": str(path), "number": number, "quote": quote, "before": before, "after": after}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", PROGRAM],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise NoPage("This page cannot be drawn; the quote stands in its text above") from error
    return done.stdout
