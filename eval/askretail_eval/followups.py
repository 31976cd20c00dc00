"""Follow-ups against human rewrites: what is left alone, and what is found that was left out.

A set is a JSONL file of turns with ``text``, ``metadata.history`` and ``metadata.rewrite``. The
first half (even lines, from 0) is for tuning the rules, the second half (odd lines) for reporting.
Only turns with a history count: without one there is nothing to leave out. Run it with
``python -m askretail_eval.followups FOLDER [tune|report|all]``.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from askretail import Answer, Turn
from askretail.catalogue import make_catalogue
from askretail.followup import resolve
from askretail.nouns import Citation, Point, Reading
from askretail_eval.interval import Figure, bootstrap
from askretail_eval.questions import read, rows
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document, Metadata, Page

SETS: Mapping[str, bool] = {"canard-dev": True, "cast2019-dev": False}  # name -> has answers
HALVES = {"tune": (0,), "report": (1,), "all": (0, 1)}

Resolve = Callable[[str, Sequence[Turn]], str]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One turn of a conversation with the question a person made of it."""

    id: str
    text: str
    history: tuple[Turn, ...]
    rewrite: str


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How one set went; each figure counts only the turns it is defined for."""

    name: str
    unchanged: Figure  # of questions that stand alone: left as they are
    found: Figure  # of those that need context: at least one added content word is there
    recall: Figure  # the share of the added content words that are there
    precision: Figure  # of the content words we add, the share in the rewrite or its history's


def measure_followups(folder: Path, half: str = "report") -> tuple[FollowUps, ...]:
    """Return how follow-ups of the sets in a folder are resolved; raises BadSetting."""
    if half not in HALVES:
        raise BadSetting(f"unknown half {half!r}: use one of {', '.join(HALVES)}")
    catalogue = make_catalogue(())  # general topics: no company is known
    return tuple(
        measure(
            name,
            select(load_turns(folder / f"{name}.jsonl", answers=answers), half),
            lambda question, history: resolve(question, history, catalogue),
        )
        for name, answers in SETS.items()
    )


def measure(name: str, turns: Sequence[Rewritten], ours: Resolve) -> FollowUps:
    """Return the figures of one set of turns."""
    unchanged, found, recall, precision = [], [], [], []
    for turn in turns:
        if not turn.history:
            continue
        made = ours(turn.text, turn.history)
        if fold(turn.rewrite) == fold(turn.text):
            unchanged.append(float(fold(made) == fold(turn.text)))
            continue
        added = content(turn.rewrite) - content(turn.text)
        if not added:
            continue
        put_in = content(made) - content(turn.text)
        found.append(float(bool(added & put_in)))
        recall.append(len(added & put_in) / len(added))
        if put_in:
            precision.append(len(added & put_in) / len(put_in))
    figures = (bootstrap(values) for values in (unchanged, found, recall, precision))
    return FollowUps(name, *figures)


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


def lines(measured: Sequence[FollowUps]) -> Iterator[str]:
    """Yield a line a figure, each with n and its interval."""
    for one in measured:
        for what, figure in (
            ("stand-alone questions left unchanged", one.unchanged),
            ("follow-ups with an added content word", one.found),
            ("share of the added content words", one.recall),
            ("share of our added words that a person added too", one.precision),
        ):
            yield f"{one.name}: {what}: {figure} (n = {figure.n})"


def main(arguments: Sequence[str]) -> int:
    """Measure the folder named and write the figures; return the exit code."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write("usage: python -m askretail_eval.followups FOLDER [tune|report|all]\n")
        return 2
    half = arguments[1] if len(arguments) > 1 else "report"
    sys.stdout.writelines(
        f"{line}\n" for line in lines(measure_followups(Path(arguments[0]), half))
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
