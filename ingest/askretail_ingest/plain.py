"""Plain text: paragraphs, bullets, headings and tables as typists set them."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from askretail_ingest.assemble import Assembly, looks_like_header
from askretail_ingest.decode import decode_prose
from askretail_ingest.nouns import Draft

_ITEM = re.compile(r"^\s*(?:[-*•▪●◦‣–—]\s+|(?=(?:\d{1,2}|[a-z])[.)]\s))(\S.*)$")
_GAP = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_RULE = re.compile(r"^[\s|=\-_+*:]{3,}$")
_ENDS_PROSE = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
_POINTER = re.compile(
    r"^(?:see also|see|read more|read also|read next|related|also read)\b.*:", re.I
)
_WRAP_MIN, _WRAP_MAX = 45, 100  # characters a line in text that an editor wrapped
_HEADING_CHARS, _HEADING_WORDS = 100, 16


def draft_text(text: str) -> Draft:
    """Return the draft of a plain text."""
    assembly = Assembly()
    add_text(assembly, text)
    return assembly.finish([("title", assembly.opening)])


def add_text(assembly: Assembly, text: str) -> None:
    """Add the blocks of a plain text to a document under construction."""
    for group in _groups(text):
        _add_group(assembly, group)


def draft_plain(path: Path) -> Draft:
    """Return the draft of a text file; raises ``UnreadableFile``."""
    return draft_text(decode_prose(path.read_bytes(), path))


def _groups(text: str) -> Iterator[list[str]]:
    """Yield the runs of lines between blank lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").split("\n")
    for blank, run in groupby(lines, key=lambda line: not line.strip()):
        if not blank:
            yield [line.rstrip() for line in run]


def _add_group(assembly: Assembly, lines: list[str]) -> None:
    for is_table, run in groupby(_runs(lines), key=lambda pair: pair[0]):
        part = [line for _, line in run]
        if is_table:
            _add_table(assembly, part)
        else:
            _add_prose(assembly, part)


def _runs(lines: list[str]) -> list[tuple[bool, str]]:
    """Mark the lines that belong to a table: at least two in a row with two or more cells."""
    marks = [len(_cells(line)) > 1 for line in lines]
    wide = [
        mark and any(marks[max(0, i - 1) : i] + marks[i + 1 : i + 2])
        for i, mark in enumerate(marks)
    ]
    return [
        (is_wide or (bool(_RULE.match(line)) and i > 0 and wide[i - 1]), line)
        for i, (is_wide, line) in enumerate(zip(wide, lines, strict=True))
    ]


def _cells(line: str) -> list[str]:
    if _RULE.match(line) or _ITEM.match(line):
        return []
    cells = _GAP.split(line.strip().strip("|").strip())
    spaced = "|" in line or "\t" in line or any(ch.isdigit() for ch in "".join(cells[1:]))
    return cells if spaced and "" not in cells[:1] else []


def _add_table(assembly: Assembly, lines: list[str]) -> None:
    rows = [_cells(line) for line in lines if not _RULE.match(line)]
    ruled = len(lines) > 1 and bool(_RULE.match(lines[1]))
    header = 1 if ruled or looks_like_header(rows[0]) else 0
    assembly.table(rows, header=header)


def _add_prose(assembly: Assembly, lines: list[str]) -> None:
    if len(lines) == 2 and re.fullmatch(r"\s*(?:=+|-+|\*+|~+)\s*", lines[1]):
        assembly.heading(lines[0], 1 if "=" in lines[1] else 2)
        return
    lines = [line for line in lines if not _RULE.match(line)]
    wrapped = _is_wrapped(lines)
    for kind, text in _join(lines, wrapped):
        if kind == "item":
            assembly.item(text)
        elif _is_heading(text, alone=len(lines) == 1 or not wrapped, first=assembly.empty):
            assembly.heading(text, 1 if assembly.empty else 2)
        else:
            assembly.paragraph(text)


def _is_wrapped(lines: list[str]) -> bool:
    """True when an editor broke the lines: none is long, and all but the last are nearly full."""
    if len(lines) < 2 or max(map(len, lines)) > _WRAP_MAX:
        return False
    breaks = [line for line, following in pairwise(lines) if not _ITEM.match(following)]
    full = [line for line in breaks if len(line) >= _WRAP_MIN]
    return bool(breaks) and len(full) == len(breaks) and not all(map(_closed, lines))


def _closed(line: str) -> bool:
    return bool(_ENDS_PROSE.search(line))


def _join(lines: list[str], wrapped: bool) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            pieces.append(("item", item.group(1)))
        elif pieces and (wrapped or (line[:2].isspace() and pieces[-1][0] == "item")):
            kind, text = pieces[-1]
            pieces[-1] = (kind, f"{text} {line.strip()}")
        else:
            pieces.append(("paragraph", line))
    return pieces


def _is_heading(line: str, *, alone: bool, first: bool) -> bool:
    text = line.strip()
    words = text.split()
    if not alone or len(text) > _HEADING_CHARS or len(words) > _HEADING_WORDS or _closed(text):
        return False
    if _POINTER.match(text) or not any(ch.isalpha() for ch in text):
        return False
    if re.match(r"(?i)(?:part [ivx]+|item \d{1,2}[a-c]?)\b", text):
        return True
    if first:  # a text opens with its title, in whatever case
        return True
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capital = [word for word in long_words if word[0].isupper()]
    return words[0][0].isupper() and len(capital) >= 0.6 * max(1, len(long_words))
