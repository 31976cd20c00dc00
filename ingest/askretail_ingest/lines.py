"""The nouns of a page's layout: cells in lines on a sheet.

Lengths are points; y grows downwards from the top of the page as it is shown.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple


class Cell(NamedTuple):
    """Words on one line with no wide gap between them."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Line:
    """What stands on one line, cell by cell, left to right."""

    cells: tuple[Cell, ...]
    top: float
    bottom: float
    face: str = ""  # name of its font; "" when it has several
    bold: bool = False  # from its first to its last word
    italic: bool = False

    @property
    def x0(self) -> float:
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        return self.cells[-1].x1

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @cached_property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    def with_cells(self, cells: tuple[Cell, ...]) -> "Line":
        """Return the same line with other cells."""
        return replace(self, cells=cells)

    def level_with(self, other: "Line") -> bool:
        """Return whether both stand on the same line of the page."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.6 * min(self.size, other.size)

    def beside(self, other: "Line") -> "Line":
        """Return one line with the cells of both, left to right."""
        cells = tuple(sorted(self.cells + other.cells, key=lambda cell: cell.x0))
        first = self if self.x0 <= other.x0 else other
        return replace(
            first,
            cells=cells,
            top=min(self.top, other.top),
            bottom=max(self.bottom, other.bottom),
            bold=self.bold and other.bold,
            italic=self.italic and other.italic,
        )


@dataclass(frozen=True)
class Sheet:
    """One page as its engine read it: lines in the order in which they were drawn."""

    number: int  # from 1
    width: float
    height: float
    lines: tuple[Line, ...]
