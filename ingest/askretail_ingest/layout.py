"""Put a page's lines in reading order: rows whole, columns one after the other."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from askretail_ingest.lines import Cell, Line, Sheet
from askretail_ingest.values import is_day, is_value, is_year

COLUMN_LINES = 8  # lines on each side of a gutter before we believe in two columns
MIDDLE = (0.35, 0.65)  # of the width: where a gutter may run
LABEL_GAP = 0.2  # of a line's height, between the two lines of a label in a chart
COLUMN_WIDTH = 0.25  # of the width: prose in a column fills at least this


def reading_order(sheet: Sheet) -> list[Line]:
    """Return the lines as a reader meets them."""
    gutter = find_gutter(sheet)
    if gutter is None:
        return _rows(sheet.lines)
    return _by_columns(sheet.lines, gutter)


def find_gutter(sheet: Sheet) -> float | None:
    """Return the x between two columns of prose, or None on a page with one column."""
    low, high = (share * sheet.width for share in MIDDLE)
    cells = [cell for line in sheet.lines for cell in line.cells]
    wide = [cell for cell in cells if _is_prose(cell, sheet.width)]
    if len(wide) < 2 * COLUMN_LINES:
        return None
    for x in sorted({cell.x0 for cell in wide if low <= cell.x0 <= high + 0.1 * sheet.width}):
        gutter = x - 2
        left = [cell for cell in wide if cell.x1 <= gutter]
        right = [cell for cell in wide if cell.x0 >= gutter]
        crossing = len(wide) - len(left) - len(right)
        if min(len(left), len(right)) >= COLUMN_LINES and crossing <= 0.2 * len(wide):
            return gutter
    return None


def _is_prose(cell: Cell, width: float) -> bool:
    return cell.x1 - cell.x0 >= COLUMN_WIDTH * width and cell.text.count(" ") >= 3


def _by_columns(lines: Sequence[Line], gutter: float) -> list[Line]:
    """Order bands between full-width lines: left column down, then the right one."""
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(_split(lines, gutter), key=lambda part: (round(part.top), part.x0)):
        if line.x1 <= gutter + 2:
            left.append(line)
        elif line.x0 >= gutter - 2:
            right.append(line)
        else:
            ordered += [*_rows(left), *_rows(right), line]
            left, right = [], []
    return [*ordered, *_rows(left), *_rows(right)]


def _split(lines: Sequence[Line], gutter: float) -> list[Line]:
    """Cut lines that pdfium drew across the gutter, where a gap between cells allows it."""
    parts = []
    for line in lines:
        left = tuple(cell for cell in line.cells if cell.x1 <= gutter + 2)
        right = tuple(cell for cell in line.cells if cell.x0 >= gutter - 2)
        if left and right and len(left) + len(right) == len(line.cells):
            parts += [line.with_cells(left), line.with_cells(right)]
        else:
            parts.append(line)
    return parts


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Put cells that were drawn one by one back beside what stands on their line."""
    rows: list[Line] = []
    for line, following in zip_longest(lines, lines[1:]):
        home = None if _is_label(line, following) else _home(line, rows)
        if home is None:
            rows.append(line)
        else:
            rows[home] = rows[home].beside(line)
    return _mend_order(rows)


def _is_label(line: Line, following: Line | None) -> bool:
    """Return whether a figure has the words right below it that say what it is, as in a chart."""
    if following is None or len(line.cells) > 1 or len(following.cells) > 1:
        return False
    gap = following.top - line.bottom
    side_by_side = min(line.x1, following.x1) - max(line.x0, following.x0) < 0
    words = following.text[:1].isalpha() and not is_value(following.text)
    return is_value(line.text) and words and not side_by_side and abs(gap) < LABEL_GAP * line.size


def _home(line: Line, rows: Sequence[Line]) -> int | None:
    """Return the row that the line belongs to: the last one, or for values any on its height."""
    if rows and rows[-1].level_with(line) and _apart(rows[-1], line):
        return len(rows) - 1
    if _is_dates(line):
        for index, row in enumerate(rows):
            if row.level_with(line) and _is_dates(row) and _apart(row, line):
                return index
    if not all(is_value(cell.text) for cell in line.cells):
        return None
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        if row.level_with(line) and row.x0 < line.x0 and _apart(row, line):
            return None if is_value(row.cells[0].text) else index
    return None


def _is_dates(line: Line) -> bool:
    """Return whether a line holds nothing but years and days: heads of columns, or some of them."""
    texts = [cell.text for cell in line.cells]
    return all(is_year(text) or is_day(text) for text in texts)


def _apart(a: Line, b: Line) -> bool:
    return all(x.x1 <= y.x0 + 1 or y.x1 <= x.x0 + 1 for x in a.cells for y in b.cells)


def _mend_order(rows: list[Line]) -> list[Line]:
    """Sort downwards when the page was drawn out of order, keep the drawing order otherwise."""
    jumps = sum(after.bottom < before.top for before, after in pairwise(rows))
    if not jumps or jumps > max(1, len(rows) // 20):
        return rows
    overlaps = any(a.level_with(b) for i, a in enumerate(rows) for b in rows[i + 1 :])
    return rows if overlaps else sorted(rows, key=lambda row: row.top)
