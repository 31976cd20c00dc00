"""PowerPoint decks (.pptx): a page a slide, in the order in which a slide is read."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.archive import reading
from askretail_ingest.assemble import Assembly, looks_like_header, one_line
from askretail_ingest.nouns import Draft
from askretail_ingest.number_format import printed

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.series import _BaseSeries
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table
    from pptx.text.text import TextFrame, _Paragraph

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINE = 228_600  # EMU, a quarter of an inch: shapes that start so close stand on one line
_HEADING_CHARS = 100
NOTES = "Notes"  # the section of what the speaker says; PowerPoint calls it so


def draft_slides(path: Path) -> Draft:
    """Return the draft of a .pptx file; raises ``UnreadableFile``."""
    import pptx
    from pptx.exc import PackageNotFoundError, PythonPptxError

    with reading(path, "a broken PowerPoint file; open it in PowerPoint and save it as PPTX"):
        try:
            return _draft(pptx.Presentation(str(path)))
        except (PackageNotFoundError, PythonPptxError) as why:
            raise ValueError(str(why)) from why


def _draft(deck: "Presentation") -> Draft:
    assembly = Assembly()
    title = ""
    for number, slide in enumerate(deck.slides, start=1):
        furniture = _add_slide(assembly, slide)
        title = title or assembly.opening
        hidden = " (hidden)" if slide._element.get("show") == "0" else ""
        assembly.end_page(f"slide {number}{hidden}", furniture=furniture)
    about = deck.core_properties
    made = about.created.date().isoformat() if about.created is not None else ""
    hints = [("title", about.title or ""), ("author", about.author or ""), ("created", made)]
    return assembly.finish([*hints, ("title", title), ("type", "presentation")])


def _add_slide(assembly: Assembly, slide: "Slide") -> str:
    """Add what a slide shows and what its speaker says; return its footer."""
    title = slide.shapes.title
    heading = _words(title) if title is not None else ""
    assembly.heading(heading, 1)
    furniture: list[str] = []
    for shape in _in_reading_order(slide.shapes):
        words = _words(shape)
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if _is_placeholder(shape, "FOOTER", "SLIDE_NUMBER", "DATE"):
            furniture.append(words)
        elif not heading and _is_title(words):
            assembly.heading(words, 1)
        else:
            _add_shape(assembly, shape)
        heading = heading or words  # only the first words of a slide can be its title
    _add_notes(assembly, slide)
    return " ".join(furniture)


def _add_notes(assembly: Assembly, slide: "Slide") -> None:
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        assembly.heading(NOTES, 2)
        _add_text(assembly, notes, listed=False)


def _words(shape: "BaseShape") -> str:
    from pptx.shapes.autoshape import Shape

    return shape.text_frame.text.strip() if isinstance(shape, Shape) else ""


def _in_reading_order(shapes: Iterable["BaseShape"]) -> Iterator["BaseShape"]:
    """Yield shapes line by line, each line from left to right; a group's own come together."""
    from pptx.shapes.group import GroupShape

    line, top = 0, None
    placed: list[tuple[int, int, BaseShape]] = []
    for shape in sorted(shapes, key=lambda shape: shape.top or 0):
        if top is None or (shape.top or 0) - top > _LINE:
            line, top = line + 1, shape.top or 0
        placed.append((line, shape.left or 0, shape))
    for _, _, shape in sorted(placed, key=lambda place: place[:2]):
        if isinstance(shape, GroupShape):
            yield from _in_reading_order(shape.shapes)
        else:
            yield shape


def _is_placeholder(shape: "BaseShape", *kinds: str) -> bool:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    return kind is not None and kind.name in kinds


def _is_title(words: str) -> bool:
    fits = 0 < len(words) <= _HEADING_CHARS
    return fits and "\n" not in words and not words.endswith((".", ":"))


def _add_shape(assembly: Assembly, shape: "BaseShape") -> None:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.graphfrm import GraphicFrame

    if isinstance(shape, Shape):
        listed = _is_placeholder(shape, "BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT")
        _add_text(assembly, shape.text_frame, listed=listed)
    elif not isinstance(shape, GraphicFrame):
        return
    elif shape.has_table:
        _add_table(assembly, shape.table)
    elif shape.has_chart:
        _add_chart(assembly, shape.chart)
    else:
        for line in _diagram_lines(shape):
            assembly.item(line)


def _add_text(assembly: Assembly, frame: "TextFrame", *, listed: bool) -> None:
    for paragraph in frame.paragraphs:
        text = one_line(paragraph.text)
        if _is_item(paragraph, listed=listed):
            assembly.item(text.lstrip("•▪●◦‣·-– \t"))
        else:
            assembly.paragraph(text)


def _is_item(paragraph: "_Paragraph", *, listed: bool) -> bool:
    properties = paragraph._p.pPr
    if properties is not None:
        if properties.find(f"{_A}buNone") is not None:
            return False
        if any(properties.find(f"{_A}{mark}") is not None for mark in ("buChar", "buAutoNum")):
            return True
    return listed or paragraph.level > 0 or paragraph.text.lstrip().startswith(("•", "▪", "●"))


def _add_table(assembly: Assembly, table: "Table") -> None:
    rows = [
        ["" if cell.is_spanned else cell.text_frame.text for cell in row.cells]
        for row in table.rows
    ]
    header = int(table.first_row or (bool(rows) and looks_like_header(rows[0])))
    assembly.table(rows, header=header)


def _add_chart(assembly: Assembly, chart: "Chart") -> None:
    """Add the figures behind a chart: a row a category, a column a series."""
    title = chart.chart_title.text_frame.text if _has_title(chart) else ""
    for plot in chart.plots:
        series = list(plot.series)
        labels = [" ".join(map(str, names)) for names in plot.categories.flattened_labels]
        columns = [[printed(value, _format(one)) for value in one.values] for one in series]
        rows = [
            [label, *(column[at] if at < len(column) else "" for column in columns)]
            for at, label in enumerate(labels)
        ]
        if rows and series:
            assembly.table([["", *(one.name for one in series)], *rows], header=1, caption=title)


def _has_title(chart: "Chart") -> bool:
    return bool(chart.has_title and chart.chart_title.has_text_frame)


def _format(series: "_BaseSeries") -> str:
    """Return the number format of a series' values."""
    found = series._element.find(".//{*}val//{*}formatCode")
    return found.text or "General" if found is not None else "General"


def _diagram_lines(shape: "BaseShape") -> Iterator[str]:
    """Yield the lines of a SmartArt drawing, which PowerPoint keeps in a part of its own."""
    from pptx.oxml import parse_xml

    for mark in shape._element.iter(f"{_DIAGRAM}relIds"):
        data = parse_xml(shape.part.related_part(mark.get(f"{_RELATION}dm")).blob)
        for paragraph in data.iter(f"{_A}p"):
            yield "".join(paragraph.itertext(f"{_A}t"))
