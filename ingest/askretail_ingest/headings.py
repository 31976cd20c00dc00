"""Tell headings from text, and give every piece its path of headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from askretail_ingest.clean import normalise
from askretail_ingest.marks import END, EXHIBIT, ITEM, NOTE, NUMBERED, PART, STATEMENT
from askretail_ingest.pieces import Norm, Piece

LONGEST = 330  # characters of a heading; risk factors print whole sentences in bold
LINES = 4
DEPTH = 4  # headings in a path
FILING = 3  # items headed in a document before it counts as a filing
CONTENTS = 4  # items named on one page make it a table of contents
_CONTINUED = re.compile(r"[\s,—–-]*\(?continued\)?[.:]?$", re.IGNORECASE)
_BOXES = re.compile("[☐☑☒¨þ]")
_LETTER = re.compile(r"[^\W\d_]")


def mark_headings(pages: Sequence[Sequence[Piece]], norm: Norm) -> None:
    """Set the kind of the pieces that are headings."""
    for pieces in pages:
        contents = _is_contents(pieces)
        for piece, after in zip_longest(pieces, pieces[1:]):
            if piece.kind in ("row", "footnote"):
                continue
            alone = (rank(piece.plain) or 0) > 0 or not _shares_its_height(piece, pieces)
            if not contents and alone and is_heading(piece, after, norm):
                piece.kind = "heading"
        _drop_tail(pieces)


def _is_contents(pieces: Sequence[Piece]) -> bool:
    """Return whether a page lists items and says nothing under them."""
    items = sum(bool(ITEM.match(piece.plain)) for piece in pieces)
    said = any(piece.kind == "paragraph" and END.search(piece.plain) for piece in pieces)
    return items >= CONTENTS and (items >= 2.5 * CONTENTS or not said)


def _shares_its_height(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Return whether something stands beside a piece, as beside the head of a column."""
    return any(
        other is not piece and other.first.top <= piece.last.bottom and line.level_with(piece.first)
        for other in pieces
        for line in other.lines
    )


def _drop_tail(pieces: Sequence[Piece]) -> None:
    """A bold line under a table's last row or a signature is no heading of what follows.

    A part or an item is one all the same: "Item 15" goes on with "(a)", as a footnote begins.
    """
    for piece, after in pairwise(pieces):
        ends = piece.kind == "heading" and after.kind == "footnote"
        if ends and rank(piece.plain) not in (0, 1):
            piece.kind = "paragraph"


def is_heading(piece: Piece, after: Piece | None, norm: Norm) -> bool:
    """Return whether a piece heads what follows it."""
    text = piece.plain
    if not _LETTER.search(text) or len(text) > LONGEST or len(piece.lines) > LINES:
        return False
    if rank(text) is not None and _headline_shape(piece):
        return True
    if text.endswith((";", ",")) or (piece.kind == "item" and not piece.bold):
        return False
    if text.startswith("(") or (END.search(text) and text.endswith(":") and len(text) > 60):
        return False
    large = piece.size > 1.15 * norm.size
    if any(len(line.cells) > 1 for line in piece.lines) or _BOXES.search(text):
        return False
    if text.endswith(":") and after is not None and after.kind == "row":
        return False
    if piece.bold:
        return len(text) > 2
    if len(text) > 120 or len(piece.lines) > 2 or not in_column(piece, norm):
        return False
    capitals = text.isupper() and len(_LETTER.findall(text)) > 3
    plain_end = not END.search(text)
    return plain_end and (large or capitals or (piece.italic and after is not None))


def in_column(piece: Piece, norm: Norm) -> bool:
    """Return whether a piece starts at the left margin or stands in the middle."""
    return abs(piece.first.x0 - norm.left) < 40 or is_centred(piece, norm)


def is_centred(piece: Piece, norm: Norm) -> bool:
    """Return whether a piece stands in the middle between the margins."""
    line, middle = piece.first, (norm.left + norm.right) / 2
    return abs((line.x0 + line.x1) / 2 - middle) < 12 and line.x0 > norm.left + 40


def _headline_shape(piece: Piece) -> bool:
    """A sentence that happens to start with "Item 7" or "Note 3" is no headline."""
    text = piece.plain
    return (len(text) < 200 and not re.search(r"[a-z]\.$", text)) or piece.bold


def rank(text: str) -> int | None:
    """Return the level of a headline of filings: 0 part, 1 item, 2 statement or note."""
    if EXHIBIT.match(text) or (PART.match(text) and len(text) < 60):
        return 0
    if ITEM.match(text):
        return 1
    if STATEMENT.match(_CONTINUED.sub("", text)) or (NOTE.match(text)):
        return 2
    return None


@dataclass(frozen=True)
class _Level:
    depth: float
    text: str
    look: tuple[object, ...] = ()


class Sections:
    """The headings that are open while a document is read from the top."""

    def __init__(self, norm: Norm, *, filing: bool) -> None:
        self._norm = norm
        self._cover = filing  # headings above a filing's first part or item head nothing
        self._open: list[_Level] = []
        self._in_statements = False

    @property
    def path(self) -> tuple[str, ...]:
        texts = [level.text for level in self._open]
        return tuple(texts if len(texts) <= DEPTH else [*texts[:2], *texts[2 - DEPTH :]])

    def enter(self, piece: Piece) -> None:
        """Close what a heading ends, and open it."""
        text = title(piece.plain)
        depth: float | None = rank(text)
        if depth is None and self._in_statements and NUMBERED.match(text) and len(text) < 150:
            depth = 2
        if depth is not None and depth < 2:
            self._cover = False
        if self._cover:
            self._open = [_Level(9, text)]
            return
        if depth is not None:
            self._in_statements = (
                bool(re.match(r"item\s+(?:8|1)\b", text, re.IGNORECASE)) or depth == 2
            )
            self._close(depth)
            self._open.append(_Level(depth, text))
            return
        look = self._look(piece)
        depth = 3 + self._prominence(piece)
        for index, level in enumerate(self._open):
            if level.look == look:
                del self._open[index:]
                break
        self._close(depth, keep_equal=True)
        self._open.append(_Level(depth, text, look))

    def _close(self, depth: float, *, keep_equal: bool = False) -> None:
        while self._open and (
            self._open[-1].depth > depth or (self._open[-1].depth == depth and not keep_equal)
        ):
            self._open.pop()

    def _look(self, piece: Piece) -> tuple[object, ...]:
        centred = is_centred(piece, self._norm)
        return (round(piece.size), piece.bold, piece.italic, piece.plain.isupper(), centred)

    def _prominence(self, piece: Piece) -> float:
        """Return 0 for the most striking heading, more for a quieter one; 1 at most."""
        size = min(max((piece.size / self._norm.size - 1) * 0.5, 0.0), 0.5)
        strength = (
            size
            + 0.2 * piece.bold
            + 0.15 * piece.plain.isupper()
            + 0.1 * is_centred(piece, self._norm)
            - 0.05 * piece.italic
        )
        return round(1 - strength, 2)


def title(text: str) -> str:
    """Return a heading as it stands in a path: one line, no "(continued)"."""
    return _CONTINUED.sub("", normalise(text)).strip()


def assign(pages: Sequence[Sequence[Piece]], norm: Norm) -> None:
    """Give every piece the path of the headings above it."""
    ranks = [rank(p.plain) for pieces in pages for p in pieces if p.kind == "heading"]
    sections = Sections(norm, filing=ranks.count(1) >= FILING)
    for pieces in pages:
        for piece in pieces:
            if piece.kind == "heading":
                sections.enter(piece)
            piece.section = sections.path
