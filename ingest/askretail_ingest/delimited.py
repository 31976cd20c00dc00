"""Tables as text: CSV with commas, semicolons, tabs or bars."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from askretail_ingest.archive import reading
from askretail_ingest.assemble import Assembly, one_line
from askretail_ingest.decode import decode_prose
from askretail_ingest.grid import Budget, Row, add_grid
from askretail_ingest.nouns import Draft
from askretail_ingest.plain import draft_text

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50
_SAMPLE_CHARS = 100_000
_MAX_FIELD = 1_000_000  # characters in a cell; more is an open quotation mark
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line


def draft_delimited(path: Path) -> Draft:
    """Return the draft of a CSV file; raises ``UnreadableFile``."""
    text = decode_prose(path.read_bytes(), path).replace("\x00", "")
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else _delimiter(text)
    if not delimiter:
        return draft_text(text)
    assembly = Assembly()
    with reading(path, "a broken table (a cell never ends); save it again as CSV or XLSX"):
        lines = 1 if declared else 0
        rows = _rows(text, delimiter, Budget(path.name), lines)
        add_grid(assembly, rows, lambda line, _: f"line {line}")
    return assembly.finish([("title", assembly.opening)])


def _delimiter(text: str) -> str:
    """Return what parts the cells: it gives most lines the same number of cells; "" for none."""
    sample = "\n".join(text[:_SAMPLE_CHARS].splitlines()[:_SAMPLE_LINES])
    found: list[tuple[int, int, str]] = []
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(
                len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter)
            )
        except csv.Error:
            continue
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if wide:
            found.append((*max(wide), delimiter))
    # With the same agreement the mark that makes more cells is right: "1,5;2,5" has two of each.
    return max(found, key=lambda rating: rating[:2])[2] if found else ""


def _rows(text: str, delimiter: str, budget: Budget, line: int) -> Iterator[Row]:
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = line
    try:
        for cells in reader:
            words = [one_line(cell) for cell in cells]
            budget.spend(words)
            yield Row(before + 1, words)
            before = line + reader.line_num
    except csv.Error as why:
        raise ValueError(str(why)) from why
