"""Excel workbooks (.xlsx): a page a sheet, its tables row by row as a reader sees them."""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.archive import reading
from askretail_ingest.assemble import Assembly, one_line
from askretail_ingest.grid import Budget, Row, add_grid
from askretail_ingest.nouns import Draft
from askretail_ingest.number_format import printed

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

UNCOUNTED = "[not calculated]"  # a formula whose result the file does not hold
_UNNAMED = re.compile(r"(?:sheet|tabelle|feuil|hoja|foglio)\s*\d*", re.IGNORECASE)
_BARE_NAME = re.compile(r"[A-Za-z_]\w*")
_MERGED = re.compile(rb"mergeCell\s[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})\d")
_CHUNK = 1_000_000  # bytes
_MERGED_BYTES = 200  # more than the mark of a merged cell takes


def draft_workbook(path: Path) -> Draft:
    """Return the draft of an .xlsx file; raises ``UnreadableFile``."""
    with reading(path, "a broken Excel file; open it in Excel and save it again"):
        return _draft(path)


def _draft(path: Path) -> Draft:
    assembly = Assembly()
    budget = Budget(path.name)
    with _opened(path, results=True) as workbook:
        for sheet in workbook.worksheets:
            _add_sheet(assembly, sheet, _rows(path, sheet, budget))
        hints = [*_hints(workbook), ("title", assembly.opening)]
    return assembly.finish(hints)


@contextmanager
def _opened(path: Path, *, results: bool) -> Iterator["Workbook"]:
    """Open a workbook for its results or for its formulas: a cell shows one of the two."""
    from openpyxl import load_workbook

    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # it warns of drawings and rules that it does not keep
        workbook = load_workbook(file, read_only=True, data_only=results, keep_links=False)
        try:
            yield workbook
        finally:
            workbook.close()


def _add_sheet(assembly: Assembly, sheet: "ReadOnlyWorksheet", rows: Iterator[Row]) -> None:
    from openpyxl.utils import get_column_letter

    quoted = sheet.title.replace("'", "''")
    name = sheet.title if _BARE_NAME.fullmatch(sheet.title) else f"'{quoted}'"
    first = next((row for row in rows if any(row.cells)), None)
    if first is not None:
        if not _UNNAMED.fullmatch(sheet.title):
            assembly.heading(sheet.title, 1)
        add_grid(
            assembly,
            chain([first], rows),
            lambda row, column: f"{name}!{get_column_letter(column)}{row}",
        )
    hidden = "" if sheet.sheet_state == "visible" else " (hidden)"
    assembly.end_page(f"sheet {sheet.title}{hidden}")


def _rows(path: Path, sheet: "ReadOnlyWorksheet", budget: Budget) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write wrong ones
    merged = _merged(sheet)
    formulas: set[tuple[int, int]] | None = None
    gap = False
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if not cells and gap:  # a million empty rows are one gap
            continue
        gap = not cells
        if formulas is None and any(_may_be_uncounted(cell) for cell in cells):
            formulas = _formulas(path, sheet.title)
        words = [_words(cell, formulas or set()) for cell in cells]
        budget.spend(words)
        yield Row(number, words, merged.get(number, ()))


def _merged(sheet: "ReadOnlyWorksheet") -> dict[int, list[range]]:
    """Return, by row, the columns (from 0) that are merged into the cell on their left."""
    from openpyxl.utils import column_index_from_string

    found: set[tuple[bytes, ...]] = set()
    with sheet._get_source() as source:  # the library reads them only with the whole sheet
        tail = b""
        while chunk := source.read(_CHUNK):
            found.update(match.groups() for match in _MERGED.finditer(tail + chunk))
            tail = chunk[-_MERGED_BYTES:]
    spans: dict[int, list[range]] = {}
    for first, row, last in found:
        start, end = (column_index_from_string(name.decode()) for name in (first, last))
        spans.setdefault(int(row), []).append(range(start, end))
    return spans


def _may_be_uncounted(cell: "ReadOnlyCell | EmptyCell") -> bool:
    """True for a cell without a value; one that holds an empty text has a type of its own."""
    return cell.value is None and getattr(cell, "row", None) is not None and cell.data_type == "n"


def _formulas(path: Path, title: str) -> set[tuple[int, int]]:
    """Return row and column of the formulas of a sheet."""
    with _opened(path, results=False) as workbook:
        sheet = workbook[title]
        sheet.reset_dimensions()
        return {
            (cell.row, cell.column)
            for cells in sheet.iter_rows()
            for cell in cells
            if cell.data_type == "f"
        }


def _words(cell: "ReadOnlyCell | EmptyCell", formulas: set[tuple[int, int]]) -> str:
    if cell.value is not None:
        return one_line(printed(cell.value, cell.number_format))
    known = _may_be_uncounted(cell) and (cell.row, cell.column) in formulas
    return UNCOUNTED if known else ""


def _hints(workbook: "Workbook") -> Sequence[tuple[str, str]]:
    about = workbook.properties
    made = about.created.date().isoformat() if about.created is not None else ""
    return ("title", about.title or ""), ("author", about.creator or ""), ("created", made)
