"""The outline of a PDF ("bookmarks") as the section that each page begins with."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from askretail_ingest.clean import normalise
from askretail_ingest.pieces import Piece

DEPTH = 4  # headings in a path, as in headings.py


class Mark(NamedTuple):
    """An entry of the outline."""

    page: int  # from 1
    level: int  # from 0
    title: str


def marks(entries: object, level: int = 0) -> Iterator[tuple[int, object]]:
    """Yield pypdf's entries with their level; a list within the list holds what is below."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, list):
            yield from marks(entry, level + 1)
        else:
            yield level, entry


def paths_of(found: Sequence[Mark], pages: int) -> tuple[tuple[str, ...], ...]:
    """Return for each page the path of the first entry on it, else of the last one before it.

    >>> paths_of([Mark(1, 0, "Part I"), Mark(3, 1, "Stores"), Mark(3, 1, "Staff")], 3)
    (('Part I',), ('Part I',), ('Part I', 'Stores'))
    """
    paths: list[tuple[str, ...]] = []
    path: list[str] = []
    waiting = sorted(found, key=lambda mark: mark.page)[::-1]
    for number in range(1, pages + 1):
        first: tuple[str, ...] = ()
        while waiting and waiting[-1].page <= number:
            mark = waiting.pop()
            title = " ".join(normalise(mark.title).split())
            if title:
                path = [*path[: mark.level], title]
                first = first or tuple(path)
        paths.append((first or tuple(path))[:DEPTH])
    return tuple(paths)


def fill_in(pages: Sequence[Sequence[Piece]], paths: Sequence[tuple[str, ...]]) -> None:
    """Give pieces that no printed heading stands above the path of the outline.

    What is printed goes first: outlines name half of the headings, and often only the files that
    a PDF was put together from.
    """
    for pieces, path in zip(pages, paths, strict=False):
        for piece in pieces:
            piece.section = piece.section or path
