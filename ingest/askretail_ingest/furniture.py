"""Find running heads, running feet and printed page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from askretail_ingest.lines import Line, Sheet
from askretail_ingest.marks import RULE

EDGE = 4  # lines at each end of a page that may be furniture
REPEATS = 3  # pages that must share a line before it counts as running
SHARE = 0.08  # of a document's pages, so that a statement's company name stays
DRIFT = 14  # points by which a running head may move between pages
NUMBER_REACH = 2  # lines from the end of a page where its number may stand

_LABEL = r"[A-Z]{1,2}(?:\s?-\s?)?\d{1,3}|\d{1,4}|[ivxl]{1,6}"
_ALONE = re.compile(rf"^[-–—\s|]*(?:page\s+)?({_LABEL})(?:\s+of\s+\d+)?[-–—\s|]*$", re.IGNORECASE)
_FIRST = re.compile(rf"^(?:page\s+)?({_LABEL})\s*[|\s]")
_LAST = re.compile(rf"[|\s](?:page\s+)?({_LABEL})(?:\s+of\s+\d+)?$")
# Only a number at an end or after "page" may differ: a table's last row is no running foot.
_COUNTING = re.compile(rf"^(?:{_LABEL})\b|\bpage\s+\d+|\b(?:{_LABEL})$", re.IGNORECASE)


@dataclass(frozen=True)
class Body:
    """A page parted into what is its own and what runs on."""

    sheet: Sheet  # its own lines
    furniture: tuple[str, ...]
    label: str


def part(sheets: Sequence[Sheet]) -> list[Body]:
    """Return the pages without running lines, each with the label printed on it."""
    running = _running(sheets)
    numbers = _numbers(sheets)
    return [_body(sheet, running, numbers.get(sheet.number)) for sheet in sheets]


def _edges(sheet: Sheet) -> list[tuple[str, list[Line]]]:
    """Return the lines from the top inwards and from the bottom inwards."""
    by_height = sorted(sheet.lines, key=lambda line: line.middle)
    middle = sheet.height / 2
    tops = [line for line in by_height[:EDGE] if line.middle < middle]
    feet = [line for line in reversed(by_height[-EDGE:]) if line not in tops]
    return [("top", tops), ("foot", feet)]


def _key(line: Line) -> str:
    return _COUNTING.sub("#", line.text.casefold().strip())


def _running(sheets: Sequence[Sheet]) -> dict[tuple[str, str], list[float]]:
    """Return the heights, one a page, at which each repeated edge line stands."""
    seen: defaultdict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for sheet in sheets:
        for end, lines in _edges(sheet):
            for line in lines:
                seen[end, _key(line)].setdefault(sheet.number, line.middle)
    enough = max(REPEATS, SHARE * len(sheets))
    return {key: list(pages.values()) for key, pages in seen.items() if len(pages) >= enough}


def _is_running(end: str, line: Line, running: dict[tuple[str, str], list[float]]) -> bool:
    if not re.search(r"[^\W\d_]{2}", line.text):
        return False  # a bare number is a page number or it is data
    heights = running.get((end, _key(line)), [])
    # Feet follow the last line on pages cut from HTML, so only heads must keep their height.
    return bool(heights) and (
        end == "foot" or sum(abs(h - line.middle) < DRIFT for h in heights) >= REPEATS
    )


def _numbers(sheets: Sequence[Sheet]) -> dict[int, tuple[Line, str]]:
    """Return the line with the printed number of each page that has one."""
    found: dict[int, tuple[Line, str]] = {}
    candidates: dict[int, list[tuple[Line, str, bool]]] = {}
    for sheet in sheets:
        candidates[sheet.number] = [
            candidate
            for _, lines in _edges(sheet)
            for line in lines[:NUMBER_REACH]
            for candidate in _candidates(line)
        ]
    offsets = Counter(
        offset
        for number, choices in candidates.items()
        for offset in {_offset(label, number) for _, label, _ in choices}
    )
    for number, choices in candidates.items():
        ranked = [
            (offsets[_offset(label, number)], alone, -order, line, label)
            for order, (line, label, alone) in enumerate(choices)
        ]
        ranked = [entry for entry in ranked if entry[0] >= (2 if len(sheets) > 1 else 1)]
        if ranked:
            best = max(ranked, key=lambda entry: entry[:3])
            found[number] = (best[3], best[4])
    return found


def _candidates(line: Line) -> list[tuple[Line, str, bool]]:
    text = line.text.strip()
    if match := _ALONE.match(text):
        return [(line, re.sub(r"\s", "", match[1]), True)]
    if len(text) > 90:
        return []
    ends = (_FIRST.match(text), _LAST.search(text))
    return [(line, match[1], False) for match in ends if match]


def _offset(label: str, number: int) -> tuple[str, int]:
    """Return the label's series and its distance from the page's place in the file."""
    match = re.fullmatch(r"([A-Za-z]+-?)?(\d+)", label)
    if match:
        return match[1] or "", int(match[2]) - number
    return "roman", _roman(label) - number


def _roman(label: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[c] for c in label.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _body(
    sheet: Sheet,
    running: dict[tuple[str, str], list[float]],
    number: tuple[Line, str] | None,
) -> Body:
    numbered, label = number if number else (None, "")
    gone: list[Line] = []
    for end, lines in _edges(sheet):
        for line in lines:
            alone = line is numbered and bool(_ALONE.match(line.text.strip()))
            if not alone and not _is_running(end, line, running):
                break
            gone.append(line)
    if numbered is not None and numbered not in gone and not _ALONE.match(numbered.text.strip()):
        label = ""  # a figure in a sentence, not a page number
    ids = {id(line) for line in gone}
    own = tuple(line for line in sheet.lines if id(line) not in ids and not RULE.match(line.text))
    furniture = tuple(line.text for line in sorted(gone, key=lambda line: line.top))
    return Body(Sheet(sheet.number, sheet.width, sheet.height, own), furniture, label)
