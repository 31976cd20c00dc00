"""Questions with their gold evidence, read from JSONL.

Evidence is a tuple of groups: every group is needed, and inside a group any one place will do.
A question without evidence is unanswerable. Documents are named by stem, pages count from 1.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from askretail_eval.chunk import stem
from askretail_ingest.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that answers: a page, and the words on it where they are known."""

    doc: str
    page: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what it follows, and what a right answer rests on."""

    id: str
    type: str
    question: str
    history: tuple[str, ...] = ()
    standalone: str = ""  # the full form of a follow-up
    evidence: tuple[tuple[Gold, ...], ...] = ()
    must_contain: tuple[str, ...] = ()  # all needed; "a|b" takes either
    answer: str = ""

    @property
    def full(self) -> str:
        """The question as someone asks who has not heard the conversation."""
        return self.standalone or self.question

    @property
    def answerable(self) -> bool:
        return bool(self.evidence)


SHIPPED = ("sample-a.jsonl", "sample-b.jsonl", "sample-c.jsonl")


def load_shipped() -> tuple[Question, ...]:
    """Return the questions about the sample library that are part of the package."""
    data = resources.files("askretail_eval") / "data"
    found = [file for name in SHIPPED if (file := data / name).is_file()]
    if not found:
        raise BadSetting(
            f"{data}: no shipped questions ({', '.join(SHIPPED)}); install askretail again"
        )
    return unique(
        [q for file in found for q in parse(file.read_text("utf-8"), f"data/{file.name}")],
        "the shipped set",
    )


def load_file(path: Path) -> tuple[Question, ...]:
    """Return the questions of a JSONL file in our own form."""
    return unique(parse(read(path), str(path)), str(path))


def read(path: Path) -> str:
    """Return the text of a question file; raises BadSetting when it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"{path}: cannot be read as UTF-8 text ({error}); name a JSONL file of questions"
        ) from error


def parse(text: str, name: str) -> list[Question]:
    """Return the questions of JSONL text; ``name`` is what an error calls the file."""
    return [to_question(row) for row in rows(text, name)]


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object of a file, with its place for messages."""

    fields: Mapping[str, object]
    place: str  # "FILE line N"

    def wrong(self, what: str) -> BadSetting:
        """Return the error that says where and what."""
        return BadSetting(f"{self.place}: {what}; mend or remove that line")

    def text(self, field: str, default: str | None = None) -> str:
        """Return a string; without a default the field must be there and say something."""
        value = self.fields.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"{field!r} must be a string that is not empty, not {value!r}")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of strings, empty when the field is absent."""
        value = self.fields.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(f"{field!r} must be a list of strings, not {value!r}")
        return tuple(value)

    def objects(self, field: str) -> list["Row"]:
        """Return a list of JSON objects as rows of the same place."""
        return self._rows(self.fields.get(field, []), field)

    def groups(self, field: str) -> list[list["Row"]]:
        """Return a list of lists of JSON objects; no inner list may be empty."""
        value = self.fields.get(field, [])
        if not isinstance(value, list) or not all(value):
            raise self.wrong(f"{field!r} must be a list of groups, none empty")
        return [self._rows(group, field) for group in value]

    def _rows(self, value: object, field: str) -> list["Row"]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(f"{field!r} must hold objects where it holds something else")
        return [Row(item, self.place) for item in value]


def rows(text: str, name: str) -> Iterable[Row]:
    """Yield the objects of JSONL text; raises BadSetting at the first bad line."""
    for number, line in enumerate(text.split("\n"), start=1):  # a string may hold U+2028
        if not line.strip():
            continue
        place = f"{name} line {number}"
        try:
            fields = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadSetting(f"{place}: not JSON ({error}); mend or remove that line") from error
        if not isinstance(fields, dict):
            raise BadSetting(f"{place}: not a JSON object; mend or remove that line")
        yield Row(fields, place)


def to_question(row: Row) -> Question:
    """Return the question that a row of our own form holds."""
    evidence = tuple(
        tuple(to_gold(place, place.text("quote", "")) for place in group)
        for group in row.groups("evidence")
    )
    return Question(
        id=row.text("id"),
        type=row.text("type"),
        question=row.text("question"),
        history=row.texts("history"),
        standalone=row.text("standalone", ""),
        evidence=evidence,
        must_contain=row.texts("must_contain"),
        answer=row.text("answer", ""),
    )


def to_gold(row: Row, quote: str = "") -> Gold:
    """Return the place that a row names, with the words that stand there."""
    page = row.fields.get("page")
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        raise row.wrong(f"'page' must be a whole number from 1, not {page!r}")
    return Gold(stem(row.text("doc")), page, quote)


def unique(questions: list[Question], name: str) -> tuple[Question, ...]:
    """Return the questions as a tuple; raises BadSetting when two have one id, or none is there."""
    if not questions:
        raise BadSetting(f"{name}: holds no question; name a JSONL file of questions")
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise BadSetting(f"{name}: two questions have the id {question.id!r}; rename one")
        seen.add(question.id)
    return tuple(questions)
