"""A row of a table as text, taken apart into its label and its figures, each with its place."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

PIPE = " | "  # between the cells of formats that keep their cells

FIGURE = (
    r"(?:[-–—]?(?:[$€£]\s?)?[-–—]?(?:\(\s?)?[$€£]?\d[\d,]*(?:\.\d+)?(?:\s?\))?(?:\s?%\)?)?"
    r"(?:\s(?:thousand|million|billion))?|[$€£]\s?[—–-]|[—–](?:\s?%)?|n/a)"
)
_ROW = re.compile(rf"(\S.*?)((?:\s+(?:{FIGURE}|-)(?=\s|$))+)")
_FIGURES = re.compile(rf"(?:{FIGURE}|-)(?=\s|$)")
_ONLY_FIGURES = re.compile(rf"(?:(?:^|\s+)(?:{FIGURE}|-)(?=\s|$))+")
_DASH = re.compile(r"[$€£]?\s?[—–-](?:\s?%)?")
_NUMBER = re.compile(
    r"(?P<minus>[-–—]?)(?P<mark>[$€£]?)(?P<also>[-–—]?)(?P<open>\(?)[$€£]?"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<close>\)?)(?P<percent>%?)\)?(?:\*+)?"
)
_WORD = re.compile(r"\s(thousand|million|billion)$")
_TIMES = {"thousand": Decimal(10) ** 3, "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}
_FOOTNOTE = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True)
class Cell:
    """A piece of a row at ``[start, end)`` of the text that the row was cut from."""

    start: int
    end: int
    text: str

    @cached_property
    def value(self) -> Decimal | None:
        """The number in it, None when it holds words; see ``number``."""
        return number(self.text)

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return "%" in self.text


def number(text: str) -> Decimal | None:
    """Return the number that a cell prints: parentheses are negative, a dash is nothing at all.

    >>> [str(number(text)) for text in ("$ 1,203", "(4.5)%", "—", "$3.9 billion", "n/a")]
    ['1203', '-4.5', '0', '3900000000.0', 'None']
    """
    bare = text.strip()
    if _DASH.fullmatch(bare):
        return Decimal(0)
    word = _WORD.search(bare)
    match = _NUMBER.fullmatch(re.sub(r"\s", "", _WORD.sub("", bare)))
    if match is None:
        return None
    size = Decimal(match["digits"].replace(",", "")) * (_TIMES[word[1]] if word else 1)
    below = match["minus"] or match["also"] or match["open"]
    return -size if below else size


def cells(row: str, start: int = 0, *, columns: int = 0) -> tuple[Cell, ...]:
    """Return a row's label and its figures; of more figures than ``columns`` the first are label.

    ``start`` is where the row begins in the text that places are counted in.
    """
    if PIPE in row:
        return _piped(row, start)
    lead = len(row) - len(row.lstrip())
    bare = row.strip()
    match = _ROW.fullmatch(bare)
    if match is None:
        return (Cell(start + lead, start + lead + len(bare), bare),)
    figures = list(_FIGURES.finditer(bare, match.start(2)))
    while len(figures) > 1 and figures[0][0].count("(") < figures[0][0].count(")"):
        del figures[0]  # "(net of $24 in 2018) 1,973": the bracket was opened in the label
    kept = figures[-columns:] if columns else figures
    label = bare[: kept[0].start()].rstrip()
    first = start + lead
    places = [(0, len(label)), *(found.span() for found in kept)]
    return tuple(Cell(first + begin, first + end, bare[begin:end]) for begin, end in places)


def figures(row: str, start: int = 0) -> tuple[Cell, ...]:
    """Return the figures of a row that has no label, empty when it holds words too."""
    if PIPE in row or not _ONLY_FIGURES.fullmatch(row.strip()):
        return ()
    return tuple(Cell(start + m.start(), start + m.end(), m[0]) for m in _FIGURES.finditer(row))


def in_columns(found: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    """Return the figures that stand in so many columns, empty where it cannot be told.

    A footnote mark behind the label is no figure, nor is a share printed beside an amount.
    """
    filled = tuple(cell for cell in found if cell.text)
    if len(filled) == columns:
        return filled
    amounts = tuple(cell for cell in filled if not cell.is_share)
    if len(amounts) == columns:
        return amounts
    extra = len(amounts) - columns
    if extra > 0 and all(_FOOTNOTE.fullmatch(cell.text) for cell in amounts[:extra]):
        return amounts[extra:]
    return ()


def beside_shares(found: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    """Return the amounts of a row that has a share in percent behind each, else nothing.

    For tables whose heads say so: the shares then stand without their sign.
    """
    shares = found[1::2]
    alike = all(cell.is_share or "." in cell.text or cell.value == 0 for cell in shares)
    return found[::2] if len(found) == 2 * columns and alike else ()


def _piped(row: str, start: int) -> tuple[Cell, ...]:
    found, at = [], 0
    for part in row.split("|"):
        lead = len(part) - len(part.lstrip())
        bare = part.strip()
        found.append(Cell(start + at + lead, start + at + lead + len(bare), bare))
        at += len(part) + 1
    return tuple(found)
