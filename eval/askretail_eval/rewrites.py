"""Turns of conversations with the questions that people made of them.

A set is a JSONL file of turns with ``text``, ``metadata.history`` and ``metadata.rewrite``. The
first half (even lines, from 0) is for tuning the rules, the second half (odd lines) for reporting.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from askretail import Answer, Turn
from askretail.nouns import Citation, Point, Reading
from askretail_eval.questions import read, rows
from askretail_ingest.nouns import Document, Metadata, Page

SETS: Mapping[str, bool] = {  # name -> whether its histories hold answers
    "canard-dev": True,
    "cast2019-dev": False,
    "mtrag-dev": False,
}
HALVES = {"tune": (0,), "report": (1,), "all": (0, 1)}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One turn of a conversation with the question a person made of it."""

    id: str
    text: str
    history: tuple[Turn, ...]
    rewrite: str


def load_turns(path: Path, *, answers: bool) -> tuple[Rewritten, ...]:
    """Return the turns of a file; with ``answers`` its histories alternate question and answer."""
    turns = []
    for row in rows(read(path), str(path)):
        about = row.fields.get("metadata")
        if not isinstance(about, dict):
            raise row.wrong(f"'metadata' must be an object, not {about!r}")
        said = [str(text) for text in about.get("history", [])]
        title = str(about.get("title", ""))
        history = paired(said, title) if answers else tuple(Turn(text) for text in said)
        turns.append(
            Rewritten(row.text("_id"), row.text("text"), history, str(about.get("rewrite", "")))
        )
    return tuple(turns)


def paired(said: Sequence[str], title: str) -> tuple[Turn, ...]:
    """Return alternating questions and answers as turns; ``title`` is of the article quoted."""
    return tuple(
        Turn(question, quoted(question, answer, title))
        for question, answer in zip(said[::2], said[1::2], strict=False)
    )


def quoted(question: str, text: str, title: str) -> Answer:
    """Return an answer that quotes a whole text, and leaves its question to be resolved again."""
    document = Document("", "", text, (Page(1, "", 0, len(text)),), Metadata(title))
    citation = Citation(document, 1, "", (), text, 0, len(text))
    return Answer(question, "answered", "", Reading(question, ""), (Point("", "", (citation,)),))


def select(turns: Sequence[Rewritten], half: str) -> tuple[Rewritten, ...]:
    """Return every second turn, or all."""
    return tuple(turn for place, turn in enumerate(turns) if place % 2 in HALVES[half])


def fold(text: str) -> str:
    """Return a text without case and punctuation.

    >>> fold("What  about Nike's U.S. sales?")
    'what about nikes us sales'
    """
    return " ".join("".join(c for c in text.casefold() if c.isalnum() or c.isspace()).split())


def content(text: str) -> frozenset[str]:
    """Return the folded words of a text that are no function words; a plural counts as its word.

    >>> sorted(content("What were the symptoms of it?"))
    ['symptom', 'were']
    """
    words = (word.removesuffix("s") if len(word) > 3 else word for word in _parts(text))
    return frozenset(words)


def _parts(text: str) -> Iterator[str]:
    for word in fold(text.replace("'s", "").replace("’s", "").replace("-", " ")).split():
        if word not in _stop_words():
            yield word


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    file = resources.files("askretail_eval") / "data" / "stop-words.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
