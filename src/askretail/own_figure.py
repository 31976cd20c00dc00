"""A figure that a filer reports by itself, where it defines the measure in its own way."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from askretail.figure_data import Formula, plain
from askretail.statement import fold_caption
from askretail_ingest.cells import Cell, cells
from askretail_ingest.nouns import Document

_NON_GAAP = re.compile(r" non gaap(?: financial)?(?: measure)?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))  # that tables of amounts are in
LEAST = 100  # an amount of fewer digits may as well be a change in percent
HALF = Decimal("0.5")

Place = tuple[int, int]


def printed_otherwise(document: Document, formula: Formula, value: Decimal) -> tuple[Place, ...]:
    """Return the rows that print the measure, if there are any and none of them has this value.

    ``value`` is as worked out: dollars, or the ratio itself. Rows of segments do no harm: it is
    enough that one row agrees.
    """
    rows = [(place, found) for place, found in _rows(document, formula) if found]
    if not rows or any(_agrees(cell, formula, value) for _, found in rows for cell in found):
        return ()
    return tuple(place for place, _ in rows)


def _rows(document: Document, formula: Formula) -> Iterator[tuple[Place, Sequence[Cell]]]:
    """Yield the rows whose caption is the name of the measure, with their figures."""
    said = {fold_caption(plain(say)) for say in (formula.name, *formula.say)}
    for match in _line_starts(formula).finditer(document.text):
        start = match.start()
        end = document.text.find("\n", start)
        end = len(document.text) if end < 0 else end
        label, *rest = cells(document.text[start:end], start)
        if _NON_GAAP.sub("", plain(fold_caption(label.text))) in said:
            yield (start, end), [cell for cell in rest if _may_be(cell, formula)]


def _may_be(cell: Cell, formula: Formula) -> bool:
    """Return whether a cell can print the measure: an amount, a share or a small number."""
    if not cell.value or _YEAR.fullmatch(cell.text):
        return False
    if formula.unit == "money":
        return not cell.is_share and ("." in cell.text or abs(cell.value) >= LEAST)
    if formula.unit in ("percent", "share"):
        return cell.is_share or ("." in cell.text and abs(cell.value) < LEAST)
    return "." in cell.text and not cell.is_share


@lru_cache(maxsize=64)
def _line_starts(formula: Formula) -> re.Pattern[str]:
    says = sorted({plain(say) for say in (formula.name, *formula.say)}, key=len, reverse=True)
    ways = "|".join(re.escape(say).replace(r"\ ", r"[\s-]") for say in says)
    return re.compile(rf"^(?:{ways})\b", re.IGNORECASE | re.MULTILINE)


def _agrees(cell: Cell, formula: Formula, value: Decimal) -> bool:
    """Return whether a cell prints the value, rounded as it is printed there."""
    printed = cell.value or Decimal(0)
    unit = Decimal(1).scaleb(-len(cell.text.partition(".")[2].rstrip("% )")))
    if formula.unit == "money":
        sizes = [value / scale for scale in SCALES]
    elif formula.unit in ("percent", "share"):
        sizes = [value * 100, value]
    else:
        sizes = [value]
    return any(abs(abs(size) - abs(printed)) <= HALF * unit for size in sizes)
