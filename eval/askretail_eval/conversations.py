"""Conversations over the sample library, to tell whether follow-ups are read as people do.

Every question is asked with the answers before it, as in the chat. Even conversations,
from 0, are for tuning the rules, odd ones for reporting.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from askretail import Answer, Turn
from askretail.nouns import Reading
from askretail_eval.interval import bootstrap
from askretail_eval.table import Table
from askretail_ingest.errors import BadSetting

FILE = "conversations.txt"
ANY = "*"
ALONE = "="

Ask = Callable[[str, Sequence[Turn]], Answer]


@dataclass(frozen=True, slots=True)
class Expected:
    """A follow-up and how it is read; in ``companies`` and ``periods`` "X?" may be there or not."""

    question: str
    alone: bool  # it must be left as it is; nothing else is expected then
    companies: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # all are in the full form; "a/b" takes either


@dataclass(frozen=True, slots=True)
class Conversation:
    """A first question and its follow-ups."""

    kind: str
    opening: str
    follow_ups: tuple[Expected, ...]
    tuned: bool  # whether rules may be tuned on it


@dataclass(frozen=True, slots=True)
class Read:
    """How one follow-up was read: what is right about it."""

    conversation: Conversation
    expected: Expected
    standalone: str
    companies: bool
    periods: bool
    words: bool

    @property
    def tuned(self) -> bool:
        return self.conversation.tuned

    @property
    def right(self) -> bool:
        return self.companies and self.periods and self.words


def load_conversations() -> tuple[Conversation, ...]:
    """Return the conversations that are part of the package."""
    return parse((resources.files("askretail_eval") / "data" / FILE).read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Conversation, ...]:
    """Return the conversations of a text; raises BadSetting for a line that cannot be read."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    blocks = [block.splitlines() for block in lines.strip().split("\n\n")]
    return tuple(
        Conversation(kind, opening, tuple(map(_expected, rest)), tuned=place % 2 == 0)
        for place, (kind, opening, *rest) in enumerate(blocks)
    )


def _expected(line: str) -> Expected:
    question, *fields = (field.strip() for field in line.split("|"))
    if fields[:1] == [ALONE]:
        return Expected(question, alone=True)
    if len(fields) != 3:
        raise BadSetting(f"{FILE}: {line!r} has {len(fields) + 1} fields; it needs 4, or {ALONE!r}")
    return Expected(question, False, *map(_listed, fields))


def _listed(field: str) -> tuple[str, ...]:
    return () if field == "-" else tuple(part.strip() for part in field.split(","))


def read_all(conversations: Sequence[Conversation], ask: Ask) -> Iterator[Read]:
    """Yield how each follow-up is read after the answers to the questions before it."""
    for conversation in conversations:
        history = [Turn(conversation.opening, ask(conversation.opening, ()))]
        for expected in conversation.follow_ups:
            answer = ask(expected.question, history)
            history.append(Turn(expected.question, answer))
            yield judge(conversation, expected, answer.reading)


def judge(conversation: Conversation, expected: Expected, reading: Reading) -> Read:
    """Return what is right about a reading."""
    if expected.alone:
        left = reading.standalone == expected.question
        return Read(conversation, expected, reading.standalone, left, left, left)
    held = reading.standalone.casefold()
    return Read(
        conversation,
        expected,
        reading.standalone,
        _fits(expected.companies, {*reading.companies, *reading.unknown}),
        _fits(expected.periods, {str(period) for period in reading.periods}),
        all(any(one.casefold() in held for one in w.split("/")) for w in expected.words),
    )


def _fits(wanted: Sequence[str], found: set[str]) -> bool:
    """Return whether all that is needed was found, and nothing that may not be there."""
    if ANY in wanted:
        return True
    needed = {one for one in wanted if not one.endswith("?")}
    return needed <= found <= {one.removesuffix("?") for one in wanted}


def conversations_table(read: Sequence[Read]) -> Table:
    """Return what is right of the readings of each half of the conversations."""
    halves = {"report": [r for r in read if not r.tuned], "tune": [r for r in read if r.tuned]}
    figures: dict[str, Callable[[Read], bool]] = {
        "companies": lambda r: r.companies,
        "periods": lambda r: r.periods,
        "words of the theme": lambda r: r.words,
        "all of it": lambda r: r.right,
    }
    rows = tuple(
        (name, *(_share([right(r) for r in half]) for half in halves.values()))
        for name, right in figures.items()
    )
    return Table("Conversations over the sample library", ("read as expected", *halves), rows)


def _share(right: Sequence[bool]) -> str:
    figure = bootstrap([float(one) for one in right])
    return f"{figure} (n = {figure.n})"
