"""A figure as an export states it: its line, and the cells of quoted rows that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from askretail.fields import Fields
from askretail.figure_answer import missing_words
from askretail.footnote import Footnote
from askretail.nouns import Figure
from askretail.render import input_words, other_words


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a quoted row: the characters ``start`` to ``end`` of its document."""

    shown: str
    start: int
    end: int
    note: int  # the number of the row's footnote


@dataclass(frozen=True, slots=True)
class FigureNote:
    """What a file says of a value, and where its inputs stand."""

    text: str
    cells: tuple[Cell, ...]

    def misfit(self, notes: Mapping[int, Footnote]) -> str:
        """Return what is wrong with its cells, "" when each stands in the row that it names."""
        for cell in self.cells:
            note = notes.get(cell.note)
            if note is None or not note.start <= cell.start < cell.end <= note.end:
                return f"“{cell.shown}” has no quoted row"
            if note.quote[cell.start - note.start : cell.end - note.start] != cell.shown:
                return f"“{cell.shown}” does not stand there in row [{cell.note}]"
        return ""


def figure_text(figure: Figure) -> str:
    """Return a figure in a line: its value, its arithmetic and its inputs."""
    inputs = "; ".join(input_words(one) for one in figure.inputs)
    if figure.value is None:
        value = f"not worked out, {missing_words(figure)}"
    else:
        value = f"{figure.shown} = {figure.worked}" if figure.worked else figure.shown
    source = f" {figure.formula} ({figure.source})." if figure.formula else ""
    others = "".join(f" But {other_words(one)}." for one in figure.others)
    line = f"{figure.label}, {figure.period}: {value}.{source} From {inputs}.{others}"
    return " ".join(f"{line[:1].upper()}{line[1:]}".split())


def figure_record(figure: Figure, numbers: Mapping[tuple[str, int, int], int]) -> dict[str, object]:
    """Return what a file keeps of a figure; ``numbers`` are the footnotes of the quoted places."""
    cells = [
        {
            "shown": one.shown,
            "start": one.start,
            "end": one.end,
            "citation": numbers[one.citation.place],
        }
        for one in (*figure.inputs, *figure.others)
    ]
    return {"text": figure_text(figure), "inputs": cells}


def figure_note(fields: Fields, numbers: Mapping[int, int] | None = None) -> FigureNote:
    """Read a figure from JSON; ``numbers`` turns its citations into footnotes. Raises Misfit."""
    cells = []
    for one in fields.parts("inputs"):
        cited = one.whole("citation")
        number = cited if numbers is None else numbers.get(cited, 0)
        cells.append(Cell(one.text("shown"), one.whole("start"), one.whole("end"), number))
    if fields.has("text"):
        return FigureNote(fields.text("text"), tuple(cells))
    name = f"{fields.text('label')}, {fields.text('period')}: {fields.text('shown')}"
    return FigureNote(name, tuple(cells))
