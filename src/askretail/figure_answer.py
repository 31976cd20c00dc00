"""Figures and quotes to the parts of one answer, and the line that leads it."""

from collections.abc import Sequence
from dataclasses import replace

from askretail.nouns import Answer, Citation, Figure, Point

LED = 4  # figures that the lead names
MORE = 2  # quotes beside a figure that lacks an input, of each group


def complete(figures: Sequence[Point], groups: Sequence[str]) -> bool:
    """Return whether figures answer the whole question: every group, and no input missing."""
    worked = all(figure.value is not None for point in figures for figure in point.figures)
    return bool(figures) and worked and len(figures) >= len(groups)


def with_figures(
    figures: Sequence[Point], points: Sequence[Point], groups: Sequence[str]
) -> list[Point]:
    """Return the points with the figures of their group in front.

    A group with a whole figure needs no other quote; one whose figure lacks an input keeps them.
    """
    own = {point.group: point for point in figures}
    if "" in own:
        return [own[""], *_others(own[""], points)]
    quoted = {point.group: point for point in points}
    joined = []
    for group in groups:
        point = own.get(group)
        if point is None:
            joined.append(quoted.get(group) or Point(group, f"no evidence for {group}"))
        elif complete([point], [group]) or group not in quoted:
            joined.append(point)
        else:
            rest = _others(point, [quoted[group]])
            joined.append(replace(point, citations=(*point.citations, *_cited(rest))))
    return joined


def led_by_figures(answer: Answer) -> Answer:
    """Return the answer with the values in its first line; partial when an input is missing."""
    figures = [(point.group, figure) for point in answer.points for figure in point.figures]
    if not figures:
        return answer
    said = "; ".join(_said(group, figure) for group, figure in figures[:LED])
    rows = len(answer.citations)
    notes = [point.text for point in answer.points if not point.citations]
    notes.extend(note for note in answer.reading.relaxed if note not in notes)
    lead = "; ".join((f"{said} ({rows} {'quote' if rows == 1 else 'quotes'})", *notes)) + "."
    short = any(figure.value is None for _, figure in figures)
    return replace(answer, lead=lead, status="partial" if short else answer.status)


def _said(group: str, figure: Figure) -> str:
    name = f"{group}, {figure.label}" if group else figure.label[:1].upper() + figure.label[1:]
    if figure.value is None:
        return f"{name}, {figure.period}: not worked out, {missing_words(figure)}"
    said = f"{name}, {figure.period}: {figure.shown}"
    return f"{said}, though another document prints otherwise" if figure.others else said


def missing_words(figure: Figure) -> str:
    """Return why a figure has no value."""
    return ", ".join(figure.missing) or "because a divisor is zero"


def _others(figure: Point, points: Sequence[Point]) -> list[Point]:
    """Return points without the quotes that a figure has as its inputs."""
    taken = {citation.place for citation in figure.citations}
    left = [
        replace(point, citations=tuple(c for c in point.citations if c.place not in taken)[:MORE])
        for point in points
    ]
    return [point for point in left if point.citations]


def _cited(points: Sequence[Point]) -> list[Citation]:
    return [citation for point in points for citation in point.citations]
