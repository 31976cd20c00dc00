"""Quotes to an answer: how many, in which groups, under which one-line lead."""

from collections.abc import Sequence

from askretail.nouns import Answer, Citation, Intent, Point, Reading, Status

# Quotes an answer of each kind needs at most; a group of a comparison counts by itself.
QUOTES: dict[Intent, int] = {
    "fact": 4,
    "number": 3,
    "list": 4,
    "comparison": 2,
    "change": 3,
    "why": 4,
    "overview": 5,
    "yes_no": 3,
}
# Of score below the best quote, where 1 is odds of e to 1; beyond it 3 in 100 answers gain.
MARGIN = 1.5
OVERVIEW_MARGIN = 2.5  # an overview gathers themes, not one fact


def margin(intent: Intent) -> float:
    return OVERVIEW_MARGIN if intent == "overview" else MARGIN


def found_answer(
    question: str,
    reading: Reading,
    points: Sequence[Point],
    searched: tuple[int, int],
) -> Answer:
    """Return the answer made of points; partial when one of them lacks evidence."""
    status: Status = "answered" if all(point.citations for point in points) else "partial"
    if reading.unknown and any(note for note in reading.relaxed):
        status = "partial"
    return Answer(question, status, _lead(points, reading), reading, tuple(points), (), searched)


def missing_answer(
    question: str,
    reading: Reading,
    nearest: Sequence[Citation],
    searched: tuple[int, int],
    reasons: Sequence[str],
) -> Answer:
    """Return "the documents do not say", with the reasons and what came nearest."""
    why = "; ".join(reasons)
    lead = f"The documents do not say{f': {why}' if why else ''}."
    return Answer(question, "not_found", lead, reading, (), tuple(nearest), searched)


def _lead(points: Sequence[Point], reading: Reading) -> str:
    """Say how much was found and what is missing; the quotes speak for themselves."""
    citations = [c for point in points for c in point.citations]
    documents = len({c.document.id for c in citations})
    lead = f"{_count(len(citations), 'quote')} from {_count(documents, 'document')}"
    notes = [point.text for point in points if not point.citations]
    notes.extend(note for note in reading.relaxed if note not in notes)
    return f"{lead}; {'; '.join(notes)}." if notes else f"{lead}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
