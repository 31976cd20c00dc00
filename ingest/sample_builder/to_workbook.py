"""A source as XLSX: a sheet for each highest heading; figures are numbers, not words."""

import re
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from sample_builder.fixed import published, without_times
from sample_builder.markup import Block, Bullets, Grid, Paragraph, chapters, parse
from sample_builder.source import Source

BOLD = Font(bold=True)
WIDTHS = (34, 16)  # characters: the first column, every other one
_FIGURE = re.compile(r"(-?[\d,]+(?:\.(\d+))?)(%?)")


def to_workbook(source: Source) -> bytes:
    """Return the document as XLSX."""
    book = Workbook()
    book.remove(book.worksheets[0])
    about = book.properties
    about.title = source.title
    about.creator = about.lastModifiedBy = source.publisher
    about.created = published(source).replace(tzinfo=None)
    for title, blocks in chapters(parse(source.body, source.path.name)):
        sheet = book.create_sheet(title)
        sheet.column_dimensions["A"].width = WIDTHS[0]
        for letter in "BCDEFG":
            sheet.column_dimensions[letter].width = WIDTHS[1]
        for block in blocks:
            _add(sheet, block)
    out = BytesIO()
    book.save(out)
    return without_times(out.getvalue(), source)


def _add(sheet: Any, block: Block) -> None:
    if isinstance(block, Grid):
        _add_table(sheet, block)
    elif isinstance(block, Bullets):
        for item in block.items:
            sheet.append([item])
    elif isinstance(block, Paragraph):
        sheet.append([])
        sheet.append([block.text])


def _add_table(sheet: Any, grid: Grid) -> None:
    sheet.append([grid.caption])
    sheet.cell(sheet.max_row, 1).font = BOLD
    sheet.append(grid.header)
    top = sheet.max_row
    for cell in sheet[top]:
        cell.font = BOLD
    for number, row in enumerate(grid.rows, start=top + 1):
        for column, words in enumerate(row, start=1):
            _fill(sheet.cell(number, column), words)


def _fill(cell: Any, words: str) -> None:
    """Put words or a figure in a cell, with the format that prints the figure as written."""
    figure = _FIGURE.fullmatch(words)
    if figure is None:
        cell.value = words
        return
    digits, places, percent = figure[1].replace(",", ""), len(figure[2] or ""), figure[3]
    value = float(digits) if places or percent else int(digits)
    cell.value = round(value / 100, places + 2) if percent else value
    whole = "#,##0" if not percent else "0"
    cell.number_format = whole + ("." + "0" * places if places else "") + percent
