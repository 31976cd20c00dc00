"""Turn pieces into the text of a document, its pages, blocks and tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from askretail_ingest.clean import tidy_spaces
from askretail_ingest.furniture import Body
from askretail_ingest.hyphen import join, vocabulary
from askretail_ingest.marks import UNIT
from askretail_ingest.nouns import Block, Draft, Page, Table
from askretail_ingest.pieces import Piece

BETWEEN_PAGES = "\n\n"
CLOSE = ("row", "item", "footnote")  # kinds that follow their like on the next line


@dataclass
class TableParts:
    """The pieces that a table's rows refer to."""

    title: Piece | None = None
    heads: list[Piece] = field(default_factory=list)
    near: list[Piece] = field(default_factory=list)  # where its unit may be printed


class _Writer:
    def __init__(self, words: Counter[str]) -> None:
        self._words = words
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.spans: dict[int, tuple[int, int]] = {}  # id of a piece -> its span

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def page(self, pieces: Sequence[Piece]) -> tuple[int, int]:
        """Write one page; return where it stands."""
        if self.parts:
            self.put(BETWEEN_PAGES)
        start = self.length
        above: Piece | None = None
        for piece in pieces:
            text = render(piece, self._words)
            if not text:
                continue
            if above is not None:
                self.put(_break(above, piece))
            self._block(piece, text)
            above = piece
        return start, self.length

    def _block(self, piece: Piece, text: str) -> None:
        span = (self.length, self.length + len(text))
        self.put(text)
        self.spans[id(piece)] = span
        self.blocks.append(Block(piece.kind, *span, piece.section, piece.table))


def render(piece: Piece, words: Counter[str]) -> str:
    """Return the text of a piece."""
    if piece.kind == "row":
        return " ".join(join(cell, words) for cell in piece.cells).strip()
    text = join([line.text for line in piece.lines], words).strip()
    return text if piece.kind == "heading" else tidy_spaces(text)


def _break(above: Piece, piece: Piece) -> str:
    close = above.kind == piece.kind and piece.kind in CLOSE
    return "\n" if close or above.kind == "heading" else "\n\n"


def compose(
    bodies: Sequence[Body],
    pages: Sequence[Sequence[Piece]],
    tables: Sequence[TableParts],
    labels: Sequence[str],
    hints: tuple[tuple[str, str], ...],
) -> Draft:
    """Return the document that the pieces make up."""
    words = vocabulary(line.text for body in bodies for line in body.sheet.lines)
    writer = _Writer(words)
    made = []
    for body, pieces, label in zip(bodies, pages, labels, strict=True):
        start, end = writer.page(pieces)
        furniture = "\n".join(body.furniture)
        made.append(Page(body.sheet.number, label, start, end, furniture))
    text = "".join(writer.parts)
    return Draft(
        text,
        tuple(made),
        tuple(writer.blocks),
        tuple(_table(parts, writer.spans, text) for parts in tables),
        hints,
    )


def _table(parts: TableParts, spans: dict[int, tuple[int, int]], text: str) -> Table:
    return Table(
        title=spans.get(id(parts.title)) if parts.title else None,
        unit=_unit([*parts.heads, *parts.near], spans, text),
        header=tuple(spans[id(head)] for head in parts.heads if id(head) in spans),
    )


def _unit(
    pieces: Sequence[Piece], spans: dict[int, tuple[int, int]], text: str
) -> tuple[int, int] | None:
    for piece in pieces:
        start, end = spans.get(id(piece), (0, 0))
        if match := UNIT.search(text[start:end]):
            lead = len(match[0]) - len(match[0].lstrip())
            return start + match.start() + lead, start + match.start() + len(match[0].rstrip())
    return None
