"""Answers and hits as JSON values."""

import hashlib
from collections.abc import Mapping

from askretail.nouns import Answer, Citation, Figure, Hit, Input, Reading
from askretail_ingest.nouns import Document, Period


def answer_to_dict(answer: Answer) -> dict[str, object]:
    """Return an answer as JSON values; citations are numbered from 1 in order of appearance."""
    numbers = {_place(c): n for n, c in enumerate(answer.citations, start=1)}
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "status": answer.status,
        "lead": answer.lead,
        "reading": _reading(answer.reading),
        "points": [
            {
                "group": point.group,
                "text": point.text,
                "citations": [numbers[_place(c)] for c in point.citations],
                "figures": [_figure(figure, numbers) for figure in point.figures],
            }
            for point in answer.points
        ],
        "citations": [
            {"number": n, **citation_to_dict(c)} for n, c in enumerate(answer.citations, 1)
        ],
        "nearest": [citation_to_dict(c) for c in answer.nearest],
        "searched": {"documents": answer.searched[0], "passages": answer.searched[1]},
        "timings": dict(answer.timings),
    }


def hit_to_dict(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON values."""
    return {
        "document": _document(hit.document),
        "page": hit.page,
        "section": list(hit.section),
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "score": hit.score,
    }


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.document.id, citation.start, citation.end


def citation_to_dict(citation: Citation) -> dict[str, object]:
    """Return a citation as JSON values: all that is needed to check it against a library."""
    return {
        "document": _document(citation.document),
        "page": citation.page,
        "label": citation.label,
        "section": list(citation.section),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "context": [
            {"role": s.role, "page": s.page, "start": s.start, "end": s.end, "text": s.text}
            for s in citation.context
        ],
        "score": citation.score,
    }


def text_sha256(document: Document) -> str:
    """Return what tells two readings of one file apart; quotes count the characters of one."""
    return hashlib.sha256(document.text.encode()).hexdigest()


def _figure(figure: Figure, numbers: Mapping[tuple[str, int, int], int]) -> dict[str, object]:
    return {
        "label": figure.label,
        "period": figure.period,
        "value": None if figure.value is None else float(figure.value),
        "shown": figure.shown,
        "unit": figure.unit,
        "formula": figure.formula,
        "worked": figure.worked,
        "source": figure.source,
        "inputs": [_input(one, numbers) for one in figure.inputs],
        "missing": list(figure.missing),
        "others": [_input(one, numbers) for one in figure.others],
    }


def _input(one: Input, numbers: Mapping[tuple[str, int, int], int]) -> dict[str, object]:
    return {
        "label": one.label,
        "period": one.period,
        "shown": one.shown,
        "value": float(one.value),
        "citation": numbers[_place(one.citation)],
        "start": one.start,
        "end": one.end,
    }


def _document(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "text_sha256": text_sha256(document),
        "source": document.source,
        "title": document.title,
        "companies": list(document.companies),
        "period": _period(document.period),
        "doc_type": document.doc_type,
        "published": document.published,
    }


def _period(period: Period | None) -> dict[str, object] | None:
    if period is None:
        return None
    return {
        "year": period.year,
        "quarter": period.quarter,
        "end": period.end,
        "name": period.name,
        "text": str(period),
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "companies": list(reading.companies),
        "unknown": list(reading.unknown),
        "periods": [str(period) for period in reading.periods],
        "doc_types": list(reading.doc_types),
        "metrics": list(reading.metrics),
        "statements": list(reading.statements),
        "intent": reading.intent,
        "relaxed": list(reading.relaxed),
        "chips": list(reading.chips),
        "filters": {
            "companies": list(reading.filters.companies),
            "periods": list(reading.filters.periods),
            "doc_types": list(reading.filters.doc_types),
            "sources": list(reading.filters.sources),
        },
        "changes": [{"chip": change.chip, "to": change.to} for change in reading.changes],
    }
