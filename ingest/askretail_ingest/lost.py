"""Mend the "ff" of slanted bold type, where pdfium takes the second f for a shadow of the first."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from askretail_ingest.hyphen import vocabulary
from askretail_ingest.lines import Cell, Line, Sheet

LOST = "\ue000"  # stands where a letter may be missing; private use, so no font means it
_GAP = re.compile(rf"([^\W\d_]*f){LOST}([^\W\d_]+)")


def mend(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets with each lost f back, where the document knows the word with it."""
    if not any(LOST in line.text for sheet in sheets for line in sheet.lines):
        return list(sheets)
    words = vocabulary(line.text for sheet in sheets for line in sheet.lines)
    return [
        replace(sheet, lines=tuple(_line(line, words) for line in sheet.lines)) for sheet in sheets
    ]


def _line(line: Line, words: Counter[str]) -> Line:
    if LOST not in line.text:
        return line
    return line.with_cells(
        tuple(Cell(_text(cell.text, words), cell.x0, cell.x1) for cell in line.cells)
    )


def _text(text: str, words: Counter[str]) -> str:
    def put(match: re.Match[str]) -> str:
        whole = f"{match[1]}f{match[2]}"
        return whole if words[whole.lower()] else f"{match[1]} {match[2]}"

    return _GAP.sub(put, text).replace(LOST, " ")
