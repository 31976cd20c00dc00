"""Answers and hits as plain text, for the terminal and for ``str(answer)``."""

from collections.abc import Mapping, Sequence

from askretail.figure_answer import missing_words
from askretail.nouns import Answer, Citation, Figure, Hit, Input, Point
from askretail_ingest.nouns import Document

Numbers = Mapping[tuple[str, int, int], int]  # of a citation, by its place


def answer_to_text(answer: Answer) -> str:
    """Return the answer with numbered quotes, each with its document and page."""
    lines = []
    if answer.standalone != answer.question:
        lines.append(f"Question: {answer.standalone}")
    if answer.reading.chips:
        lines.append(f"Read as: {' · '.join(answer.reading.chips)}")
    lines.append(answer.lead)
    numbers = {(c.document.id, c.start, c.end): n for n, c in enumerate(answer.citations, 1)}
    for point in answer.points:
        lines.extend(_point(point, numbers))
    if answer.nearest:
        lines.extend(("", "Nearest:"))
        lines.extend(_cited("–", citation) for citation in answer.nearest)
    return "\n".join(lines)


def _point(point: Point, numbers: Numbers) -> list[str]:
    lines = [""]
    if point.group:
        lines.append(f"{point.group}:")
    if not point.citations:
        lines.append(f"  {point.text}")
    for figure in point.figures:
        lines.extend(f"  {line}" for line in figure_lines(figure, numbers))
    for c in point.citations:
        lines.append(_cited(f"[{numbers[(c.document.id, c.start, c.end)]}]", c))
    return lines


def figure_lines(figure: Figure, numbers: Numbers) -> list[str]:
    """Return a figure in words: what it is, how it was worked out, of which quotes."""
    name = f"{figure.label}, {figure.period}"
    if figure.value is None:
        lines = [f"{name}: not worked out, {missing_words(figure)}"]
    else:
        lines = [f"{name}: {figure.shown}"]
    if figure.worked and figure.value is not None:
        lines.append(f"  = {figure.worked}")
    if figure.formula:
        lines.append(f"  {figure.formula} ({figure.source})")
    lines.extend(f"  {input_words(one)} [{numbers[one.citation.place]}]" for one in figure.inputs)
    lines.extend(
        f"  but {other_words(one)} [{numbers[one.citation.place]}]" for one in figure.others
    )
    return lines


def input_words(one: Input) -> str:
    """Return "inventory FY2020: 7,367"."""
    return f"{one.label} {one.period}: {one.shown}"


def other_words(one: Input) -> str:
    """Return "Foot Locker 10-K FY2023 prints 870"."""
    return f"{one.citation.document.title} prints {one.shown}"


def _cited(mark: str, citation: Citation) -> str:
    context = [s.text for s in citation.context if s.role in ("title", "unit", "header")]
    above = f"    {' · '.join(context)}\n" if context else ""
    return f"{above}{mark} “{citation.quote}”\n    {place(citation)}"


def place(citation: Citation) -> str:
    """Return "Walmart annual report FY2022 (file.pdf), page 38, Item 1 > Healthcare"."""
    name, title = document_name(citation.document), citation.document.title
    return place_in(name, title, citation.page, citation.label, citation.section)


def place_in(name: str, title: str, page: int, label: str, section: Sequence[str]) -> str:
    """Return a place in the document of this name; the title is no heading of its own."""
    printed = f"page {page}" + (f" ({label})" if label else "")
    headings = [head for head in section[-2:] if head != title]
    return " · ".join([f"{name}, {printed}", *([" > ".join(headings)] if headings else [])])


def document_name(document: Document) -> str:
    """Return what a reader calls a document: its title, its period and its file."""
    period = "" if document.period is None else str(document.period)
    return named(document.title, period, document.doc_type, document.source)


def named(title: str, period: str, doc_type: str, source: str) -> str:
    """Return the name of a document: "Walmart annual report · FY2022 · 10-K (file.pdf)"."""
    return f"{' · '.join(part for part in (title, period, doc_type) if part)} ({source})"


def by_group(points: Sequence[Point]) -> dict[str, list[Point]]:
    """Return the points of each group, groups in order of appearance."""
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(point.group, []).append(point)
    return groups


def hits_to_text(hits: Sequence[Hit]) -> str:
    """Return a ranking, one passage a paragraph."""
    return "\n\n".join(
        f"{n}. {document_name(hit.document)}, page {hit.page} (score {hit.score:.2f})\n   "
        + hit.text.replace("\n", "\n   ")
        for n, hit in enumerate(hits, 1)
    )
