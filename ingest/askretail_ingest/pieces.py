"""The noun between lines and blocks."""

from dataclasses import dataclass

from askretail_ingest.lines import Line
from askretail_ingest.nouns import BlockKind


@dataclass
class Piece:
    """Lines that will become one block of the text."""

    kind: BlockKind
    page: int
    lines: list[Line]
    cells: tuple[tuple[str, ...], ...] = ()  # of a row: each cell's lines, left to right
    table: int | None = None
    section: tuple[str, ...] = ()

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def plain(self) -> str:
        """The words, wraps not mended."""
        return " ".join(line.text for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        return all(line.italic for line in self.lines)

    @property
    def size(self) -> float:
        return self.first.size


@dataclass(frozen=True)
class Norm:
    """What is usual in a document."""

    size: float  # height of a line of body text
    pitch: float  # from one line of a paragraph to the next
    left: float  # margins of the body
    right: float
    face: str
