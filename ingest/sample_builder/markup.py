"""The Markdown that sources are written in: headings, paragraphs, lists, captioned tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askretail_ingest.errors import BadSetting

HEADING = re.compile(r"(#{1,4}) +(.+)")
RULE = re.compile(r"\|[\s:|-]+\|")
CAPTION = re.compile(r"Table \d+\. ")
STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 for the highest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text on one line; ``**strong**`` is its only mark."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of items."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: every row has as many cells as the header."""

    caption: str  # "" when the table has none
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Grid


def parse(body: str, name: str) -> tuple[Block, ...]:
    """Return the blocks of a body in order; ``name`` is the file named in an error."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        blocks.extend(_chunk(chunk.split("\n"), name))
    return _with_captions(blocks)


def top_level(blocks: Sequence[Block]) -> int:
    """Return the highest level of heading in use, which a document prints as its first level."""
    return min((block.level for block in blocks if isinstance(block, Heading)), default=1)


def chapters(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Return the highest headings, each with the blocks under it."""
    top = top_level(blocks)
    found: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == top:
            found.append((block.text, []))
        elif found:
            found[-1][1].append(block)
    return found


def _chunk(lines: list[str], name: str) -> list[Block]:
    heading = HEADING.fullmatch(lines[0].strip())
    if heading:
        rest = lines[1:]
        return [
            Heading(len(heading[1]), heading[2].strip()),
            *(_chunk(rest, name) if rest else []),
        ]
    if lines[0].startswith("|"):
        return [_grid(lines, name)]
    if lines[0].startswith("- "):
        return [Bullets(_items(lines))]
    for number, line in enumerate(lines):
        if number and line.startswith(("|", "- ", "#")):
            return [Paragraph(_joined(lines[:number])), *_chunk(lines[number:], name)]
    return [Paragraph(_joined(lines))]


def _grid(lines: list[str], name: str) -> Grid:
    table = [line.strip() for line in lines if line.strip()]
    if len(table) < 3 or not RULE.fullmatch(table[1]):
        raise BadSetting(f"{name}: a table needs a header, a rule and rows: {table[0]!r}")
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table]
    header, rows = cells[0], cells[2:]
    for line, row in zip(table[2:], rows, strict=True):
        if len(row) != len(header):
            raise BadSetting(f"{name}: {len(header)} cells expected, {len(row)} found: {line!r}")
    return Grid("", header, tuple(rows))


def _items(lines: list[str]) -> tuple[str, ...]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:].strip())
        else:
            items[-1] += " " + line.strip()
    return tuple(items)


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _with_captions(blocks: list[Block]) -> tuple[Block, ...]:
    """Move a paragraph such as "Table 1. Net sales" into the table below it."""
    merged: list[Block] = []
    for block in blocks:
        above = merged[-1] if merged else None
        if isinstance(block, Grid) and isinstance(above, Paragraph) and CAPTION.match(above.text):
            merged[-1] = Grid(above.text, block.header, block.rows)
        else:
            merged.append(block)
    return tuple(merged)
