"""Group the lines outside tables into headings, paragraphs, items and footnotes."""

from collections.abc import Sequence

from askretail_ingest.lines import Line
from askretail_ingest.marks import BULLET, COUNTED, END, FOOTNOTE, is_headline
from askretail_ingest.pieces import Norm, Piece

PARTED = 1.32  # pitches between two lines that stand in different paragraphs
SHORT = 0.12  # of the body's width missing at the end of a paragraph's last line
INDENT = 6.0  # points


def group(page: int, lines: Sequence[Line], norm: Norm, *, after_table: bool) -> list[Piece]:
    """Return the pieces of a run of lines, each with a first guess at its kind."""
    pieces: list[Piece] = []
    for line in lines:
        if pieces and not _starts(pieces[-1], line, norm):
            pieces[-1].lines.append(line)
        else:
            pieces.append(Piece("paragraph", page, [line]))
    notes = after_table
    for piece in pieces:
        piece.kind = "paragraph"
        small = _is_small_note(piece, norm)
        notes = notes and (small or _is_signed(piece))
        if notes or small:
            piece.kind = "footnote"
        elif _marker(piece.first):
            piece.kind = "item"
    return pieces


def _is_signed(piece: Piece) -> bool:
    """Return whether a piece starts with the sign of a note: "(1)", "*"; a bare digit is not."""
    return bool(FOOTNOTE.match(piece.plain)) and not piece.plain[0].isdigit()


def _is_small_note(piece: Piece, norm: Norm) -> bool:
    small = piece.size < 0.9 * norm.size and not piece.bold
    return small and bool(FOOTNOTE.match(piece.plain))


def _marker(line: Line) -> str:
    text = line.text
    for pattern in (BULLET, COUNTED):
        if match := pattern.match(text):
            return match[0]
    return ""


def _starts(piece: Piece, line: Line, norm: Norm) -> bool:
    """Return whether a line begins a new piece."""
    last = piece.last
    if line.bold != last.bold or abs(line.size - last.size) > 0.15 * last.size:
        return True
    if is_headline(line.text) and END.search(last.text):
        return True
    if BULLET.match(line.text) or (is_headline(piece.plain) and last.x1 < _short(norm)):
        return True
    step = line.top - last.top
    if step < 0:
        return not _flows_over(last, line)
    if step > PARTED * _pitch(piece, norm) and not _runs_on(last, line, step, norm):
        return True
    return _reshaped(piece, line, norm)


def _short(norm: Norm) -> float:
    """Return the x before which a last line ends."""
    return norm.right - SHORT * (norm.right - norm.left)


def _pitch(piece: Piece, norm: Norm) -> float:
    """Return the usual step in the piece: its own first one if it is tighter than the norm."""
    if len(piece.lines) > 1:
        own = piece.lines[1].top - piece.lines[0].top
        if own > 0:
            return own
    return max(norm.pitch * piece.size / max(norm.size, 1.0), 1.02 * piece.size)


def _runs_on(last: Line, line: Line, step: float, norm: Norm) -> bool:
    """Return whether a sentence plainly goes on, however wide its lines are set apart."""
    full = last.x1 >= _short(norm) and not END.search(last.text)
    return full and line.text[:1].islower() and step < 2.2 * line.size


def _flows_over(last: Line, line: Line) -> bool:
    """Return whether a sentence goes on at the top of the next column."""
    return not END.search(last.text) and line.text[:1].islower()


def _reshaped(piece: Piece, line: Line, norm: Norm) -> bool:
    """Return whether indent, hanging sign, slant or a short last line part two paragraphs."""
    last, ended = piece.last, bool(END.search(piece.last.text))
    short = last.x1 < _short(norm)
    if COUNTED.match(line.text) and (ended or abs(line.x0 - last.x0) > INDENT) and short:
        return True
    if FOOTNOTE.match(line.text) and FOOTNOTE.match(piece.plain):
        return True
    if line.italic != last.italic and (short or ended):
        return True
    if ended and short and not last.bold:
        return True
    margin = min(each.x0 for each in piece.lines[1:]) if len(piece.lines) > 1 else line.x0
    if _marker(piece.first):
        return ended and line.x0 < last.x0 - INDENT
    return ended and line.x0 > margin + INDENT
