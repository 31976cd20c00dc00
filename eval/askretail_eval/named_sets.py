"""The question sets that askretail knows by name; the user gives the folder they lie in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from askretail.feedback import FILE, SAMPLE_FILE
from askretail_eval.questions import Question, Row, read, rows, to_gold, to_question, unique
from askretail_ingest.errors import BadSetting


def from_financebench(row: Row) -> Question:
    """Return a FinanceBench question: each of its gold pages is needed for full recall.

    The set gives the text of whole pages, not the words that answer, so it has no quotes.
    """
    return Question(
        id=row.text("id"),
        type=row.text("question_type", "fact"),
        question=row.text("question"),
        evidence=tuple((to_gold(place),) for place in row.objects("evidence")),
        answer=row.text("answer", ""),
    )


def from_tenk(row: Row) -> Question:
    """Return a Financial-QA-10k question with the company in front, as many say "the company".

    A gold place has a quote where the set's passage stands on that page word for word.
    """
    context = row.text("context", "")
    return Question(
        id=row.text("id"),
        type="prose",
        question=f"{row.text('company')}: {row.text('question')}",
        evidence=tuple(
            tuple(
                to_gold(place, context if place.fields.get("verbatim") is True else "")
                for place in group
            )
            for group in row.groups("evidence")
        ),
        answer=row.text("answer", ""),
    )


def judged_good(judged: Iterable[Row]) -> list[Row]:
    """Return what readers of the page judged good in the end, all documents let in."""
    last: dict[tuple[str, ...], Row] = {}
    for row in judged:
        asked = (*row.texts("history"), row.text("question"))
        last.pop(asked, None)
        last[asked] = row
    return [row for row in last.values() if _is_good(row)]


def _is_good(row: Row) -> bool:
    return row.fields.get("good") is True and not row.texts("filters")


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A file that the folder must hold, which of its lines count, how one becomes a question."""

    file: str
    to_question: Callable[[Row], Question]
    chosen: Callable[[Iterable[Row]], list[Row]] = list


NAMED = {
    "retail-strategy": NamedSet("retail-strategy-dev.jsonl", to_question),
    "retail-strategy-train": NamedSet("retail-strategy-train.jsonl", to_question),
    "financebench": NamedSet("financebench-dev.jsonl", from_financebench),
    "tenk": NamedSet("tenk-linked-dev.jsonl", from_tenk),
    "feedback": NamedSet(FILE, to_question, judged_good),
    "sample-feedback": NamedSet(SAMPLE_FILE, to_question, judged_good),
}


def load_named(name: str, folder: Path) -> tuple[Question, ...]:
    """Return the questions of a known set, read from ``folder`` or ``folder/questions``."""
    if name not in NAMED:
        raise BadSetting(f"unknown question set {name!r}; known are: {', '.join(NAMED)}")
    chosen = NAMED[name]
    places = [folder / chosen.file, folder / "questions" / chosen.file]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise BadSetting(f"{folder}: holds no {chosen.file}; name the folder where it lies")
    kept = chosen.chosen(rows(read(path), str(path)))
    return unique([chosen.to_question(row) for row in kept], str(path))
