"""Word documents (.docx): what the body says, in order, with headings, lists and tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.archive import reading
from askretail_ingest.assemble import Assembly, looks_like_header, one_line
from askretail_ingest.nouns import Draft

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_STYLE = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLE_LEVELS = {"title": 0, "subtitle": 1}
_LOOK_LEVEL = 9  # a bold line stands below all real heading styles
_HEADING_CHARS = 120
_HIDDEN_FROM_TEXT = frozenset(f"{_W}{tag}" for tag in ("del", "moveFrom", "txbxContent"))


def draft_word(path: Path) -> Draft:
    """Return the draft of a .docx file; raises ``UnreadableFile``."""
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    with reading(path, "a broken Word file; open it in Word and save it again"):
        try:
            return _draft(docx.Document(str(path)))
        except (OpcError, PythonDocxError) as why:
            raise ValueError(str(why)) from why


def _draft(document: "WordDocument") -> Draft:
    assembly = Assembly()
    for part in _parts(document, document.element.body):
        _add(assembly, part)
    for note in _footnotes(document):
        assembly.footnote(note)
    hints = [*_hints(document), ("title", assembly.opening)]
    return assembly.finish(hints, furniture=_furniture(document))


def _parts(document: "WordDocument", node: "BaseOxmlElement") -> Iterator["Paragraph | WordTable"]:
    """Yield paragraphs and tables in order, those inside content controls too."""
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

    for child in node:
        if child.tag == f"{_W}p":
            yield Paragraph(child, document._body)
        elif child.tag == f"{_W}tbl":
            yield WordTable(child, document._body)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _parts(document, child)


def _add(assembly: Assembly, part: "Paragraph | WordTable") -> None:
    from docx.text.paragraph import Paragraph

    if not isinstance(part, Paragraph):
        _add_table(assembly, part)
        return
    text = _text(part._p)
    level = _level(part, one_line(text))
    if level is not None:
        assembly.heading(text, level)
    elif _is_item(part):
        assembly.item(text.lstrip("•▪●◦‣·-– \t"))
    else:
        assembly.paragraph(text)


def _level(paragraph: "Paragraph", line: str) -> int | None:
    style = _style(paragraph)
    found = _HEADING_STYLE.match(style)
    if found:
        return int(found.group(1))
    if style in _TITLE_LEVELS:
        return _TITLE_LEVELS[style]
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    short = len(line) <= _HEADING_CHARS and not line.endswith((".", ",", ";", ":"))
    # A bold line right above a table is its caption.
    follows = paragraph._p.getnext()
    captions = follows is not None and follows.tag == f"{_W}tbl"
    return _LOOK_LEVEL if bold and short and not captions and not _is_item(paragraph) else None


def _style(paragraph: "Paragraph") -> str:
    style = paragraph.style
    return (style.name or "").lower() if style is not None else ""


def _is_item(paragraph: "Paragraph") -> bool:
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return numbered or _style(paragraph).startswith("list")


def _text(node: "BaseOxmlElement") -> str:
    """Return the words of a paragraph as printed: insertions kept, deletions and boxes left out."""
    parts: list[str] = []
    for child in node:
        if child.tag in _HIDDEN_FROM_TEXT:
            continue
        if child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag != f"{_W}pPr":
            parts.append(_text(child))
    return "".join(parts)


def _add_table(assembly: Assembly, table: "WordTable") -> None:
    rows = [_cells(row) for row in table._tbl.iter(f"{_W}tr")]
    if rows and max(len(row) for row in rows) == 1:  # a frame around text
        for row in rows:
            assembly.paragraph(row[0])
        return
    marked = sum(1 for row in table._tbl.iter(f"{_W}tr") if _repeats(row))
    header = marked or int(bool(rows) and looks_like_header(rows[0]))
    assembly.table(rows, header=header)


def _cells(row: "BaseOxmlElement") -> list[str]:
    """Return the cells of a row; one that goes on from the row above is empty."""
    cells: list[str] = []
    for cell in row.iter(f"{_W}tc"):
        goes_on = cell.find(f"{_W}tcPr/{_W}vMerge")
        started = goes_on is None or goes_on.get(f"{_W}val") == "restart"
        lines = [_text(paragraph) for paragraph in cell.iter(f"{_W}p")] if started else []
        cells.append(" ".join(line for line in lines if line.strip()))
    return cells


def _repeats(row: "BaseOxmlElement") -> bool:
    return row.find(f"{_W}trPr/{_W}tblHeader") is not None


def _footnotes(document: "WordDocument") -> Iterator[str]:
    """Yield the footnotes and endnotes, which Word keeps in files of their own."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] not in ("footnotes", "endnotes"):
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(f"{_W}type") is None:  # the typed ones are separator lines
                yield " ".join(_text(paragraph) for paragraph in note.iter(f"{_W}p"))


def _furniture(document: "WordDocument") -> str:
    """Return the running heads and feet, each once."""
    lines: dict[str, None] = {}
    for section in document.sections:
        for frame in (section.header, section.footer):
            if not frame.is_linked_to_previous:
                lines.update(dict.fromkeys(one_line(_text(p._p)) for p in frame.paragraphs))
    return " ".join(filter(None, lines))


def _hints(document: "WordDocument") -> Iterator[tuple[str, str]]:
    about = document.core_properties
    yield "title", about.title or ""
    yield "author", about.author or ""
    if about.created is not None:
        yield "created", about.created.date().isoformat()
