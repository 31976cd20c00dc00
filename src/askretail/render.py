"""Answers and hits as plain text, for the terminal and for ``str(answer)``."""

from collections.abc import Sequence

from askretail.nouns import Answer, Citation, Hit, Point
from askretail_ingest.nouns import Document


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


def _point(point: Point, numbers: dict[tuple[str, int, int], int]) -> list[str]:
    lines = [""]
    if point.group:
        lines.append(f"{point.group}:")
    if not point.citations:
        lines.append(f"  {point.text}")
    for c in point.citations:
        lines.append(_cited(f"[{numbers[(c.document.id, c.start, c.end)]}]", c))
    return lines


def _cited(mark: str, citation: Citation) -> str:
    context = [s.text for s in citation.context if s.role in ("title", "unit", "header")]
    above = f"    {' · '.join(context)}\n" if context else ""
    return f"{above}{mark} “{citation.quote}”\n    {place(citation)}"


def place(citation: Citation) -> str:
    """Return "Walmart annual report FY2022 (file.pdf), page 38, Item 1 > Healthcare"."""
    page = f"page {citation.page}" + (f" ({citation.label})" if citation.label else "")
    parts = [f"{document_name(citation.document)}, {page}"]
    headings = [head for head in citation.section[-2:] if head != citation.document.title]
    if headings:
        parts.append(" > ".join(headings))
    return " · ".join(parts)


def document_name(document: Document) -> str:
    """Return what a reader calls a document: its title, its period and its file."""
    period = "" if document.period is None else f" · {document.period}"
    return f"{document.title}{period} · {document.doc_type} ({document.source})"


def hits_to_text(hits: Sequence[Hit]) -> str:
    """Return a ranking, one passage a paragraph."""
    return "\n\n".join(
        f"{n}. {document_name(hit.document)}, page {hit.page} (score {hit.score:.2f})\n   "
        + hit.text.replace("\n", "\n   ")
        for n, hit in enumerate(hits, 1)
    )
