"""The walk over an HTML tree: runs of styled text become headings, paragraphs, items, rows."""

import re
from typing import TYPE_CHECKING, NamedTuple

from askretail_ingest.assemble import Assembly
from askretail_ingest.web_style import ITEM_LEVEL, Style, heading_level, is_hidden, restyle
from askretail_ingest.web_table import header_rows, is_layout, read_rows, squeeze
from askretail_ingest.wordlist import word_set

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROPPED = word_set(
    "script style noscript template svg math nav footer button select option textarea iframe"
    " object embed canvas audio video dialog map head title meta link ix:header ix:hidden"
)
_BLOCKS = word_set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure form header hgroup hr html legend main menu ol p pre section summary table tbody td"
    " tfoot th thead tr ul"
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BREAK = "\u2028"  # stands for <br>; cleaning turns it into a space
_DEPTH = 200  # levels; broken pages nest deeper than Python can recurse
_PAGE_NUMBER = re.compile(r"(?:page\s*)?(?:[A-Z]-?)?\d{1,3}|[ivxl]{1,6}", re.IGNORECASE)
_BULLET = re.compile(r"[•▪●◦‣·○■□▸►–—*-]\s+(?=\S)")
_BULLETS = frozenset("•▪●◦‣·○■□▸►–—-*o")
_ITEM = re.compile(r"(?:item|part)\s+[\divx]+[a-c]?\.?:?", re.IGNORECASE)


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style


class Walk:
    """Walks a tree in reading order and adds what is visible to an assembly.

    ``paged`` pages are printed ones: their page numbers are dropped.
    """

    def __init__(self, assembly: Assembly, hidden: frozenset[str], *, paged: bool) -> None:
        self._assembly = assembly
        self._hidden = hidden
        self._paged = paged
        self._runs: list[Run] = []
        self._lists = 0

    def add(self, node: "LexborNode") -> None:
        """Add everything visible inside the node."""
        self._children(node, Style(), 0)
        self._flush()

    def _children(self, node: "LexborNode", style: Style, depth: int) -> None:
        if depth > _DEPTH:
            self._runs.append(Run(node.text(separator=" "), style))
            return
        child = node.child
        while child is not None:
            self._node(child, style, depth + 1)
            child = child.next

    def _node(self, node: "LexborNode", style: Style, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._runs.append(Run(node.text_content or "", style))
            return
        marks = node.attributes
        if tag in _DROPPED or tag.startswith("-") or is_hidden(marks, self._hidden):
            return
        inner = restyle(style, tag, marks.get("style") or "")
        if tag == "br":
            self._runs.append(Run(_BREAK, style))
        elif tag in _HEADINGS:
            self._flush()
            self._children(node, inner, depth)
            self._flush(level=_HEADINGS[tag])
        elif tag == "table" and self._table(node):
            return
        elif tag == "li":
            self._flush()
            self._lists += 1
            self._children(node, inner, depth)
            self._flush()
            self._lists -= 1
        elif tag in _BLOCKS:
            self._flush()
            self._children(node, inner, depth)
            self._flush()
        else:
            self._children(node, inner, depth)

    def _flush(self, *, level: int | None = None) -> None:
        """Add the text gathered so far; an empty line inside it parts two blocks."""
        runs, self._runs = self._runs, []
        if level is not None:
            self._assembly.heading("".join(run.text for run in runs), level)
            return
        part: list[Run] = []
        breaks = 0
        for run in runs:
            if run.text == _BREAK:
                breaks += 1
            elif run.text.strip():
                if breaks > 1:
                    self._add(part)
                    part = []
                breaks = 0
            part.append(run)
        self._add(part)

    def _add(self, runs: list[Run]) -> None:
        text = "".join(run.text for run in runs).strip()
        if not text or (self._paged and _is_furniture(text)):
            return
        bullet = _BULLET.match(text)
        if self._lists or bullet:
            self._assembly.item(text[bullet.end() :] if bullet else text)
            return
        level = heading_level(text, [(run.text, run.style) for run in runs if run.text.strip()])
        if level is None:
            self._assembly.paragraph(text)
        else:
            self._assembly.heading(text, level)

    def _table(self, node: "LexborNode") -> bool:
        """Add a table of values; False when it is a layout whose parts are to be walked."""
        if node.css_first("table table") is not None:
            return False
        rows = read_rows(node, self._words, self._is_hidden)
        self._flush()
        if not rows:
            return True
        if is_layout(rows):
            return False
        if all(_is_bulleted(row.cells) for row in rows):
            for row in rows:
                self._assembly.item(" ".join(filter(None, row.cells[1:])).strip())
        elif len(rows) == 1 and _ITEM.fullmatch(next(filter(None, rows[0].cells))):
            self._assembly.heading(" ".join(filter(None, rows[0].cells)), ITEM_LEVEL)
        else:
            caption = node.css_first("caption")
            title = self._words(caption) if caption is not None else ""
            self._assembly.table(squeeze(rows), header=header_rows(rows), caption=title)
        return True

    def _is_hidden(self, node: "LexborNode") -> bool:
        return is_hidden(node.attributes, self._hidden)

    def _words(self, node: "LexborNode") -> str:
        """Return the visible words of a cell."""
        parts: list[str] = []
        self._gather(node, parts, 0)
        return "".join(parts)

    def _gather(self, node: "LexborNode", parts: list[str], depth: int) -> None:
        child = node.child
        while child is not None and depth < _DEPTH:
            tag = child.tag or ""
            if tag == "-text":
                parts.append(child.text_content or "")
            elif tag not in _DROPPED and not self._is_hidden(child):
                gap = " " if tag == "br" or tag in _BLOCKS or tag in ("li", *_HEADINGS) else ""
                parts.append(gap)
                self._gather(child, parts, depth + 1)
                parts.append(gap)
            child = child.next


def _is_furniture(text: str) -> bool:
    """True for a printed page's number and its link back to the contents."""
    return bool(_PAGE_NUMBER.fullmatch(text)) or text.lower() == "table of contents"


def _is_bulleted(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) == 2 and filled[0] in _BULLETS
