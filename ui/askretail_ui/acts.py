"""What a click on a chip or below an answer asks for: sent by ``acts.js`` as JSON, checked here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from askretail.change import merged
from askretail.nouns import Change, Turn
from askretail_ui.chips import chips_of


@dataclass(frozen=True, slots=True)
class Act:
    """A deed on one turn, counted from 1; ``chip`` counts from 0, below 0 when none is meant."""

    turn: int
    chip: int = -1
    to: str = ""
    good: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A question to ask once more: the turns before it, its words, what is put right in it."""

    turns: tuple[Turn, ...]
    question: str
    changes: tuple[Change, ...] = ()


def read_act(sent: str) -> Act:
    """Return the act in a message of the page; raises ``ValueError`` for anything else."""
    fields = json.loads(sent)
    if not isinstance(fields, dict):
        raise ValueError(f"an act is a JSON object, not {sent[:80]!r}")
    turn, chip, to = fields.get("turn"), fields.get("chip", -1), fields.get("to", "")
    good = fields.get("good", False)
    if not isinstance(turn, int) or not isinstance(chip, int) or not isinstance(to, str):
        raise ValueError(f"an act has numbers turn and chip and a text to, not {sent[:80]!r}")
    return Act(turn, chip, to, good is True)


def offered(turns: Sequence[Turn], act: Act) -> Again:
    """Return the question that an act brings along, one of those to go on with."""
    return Again(tuple(turns), act.to)


def turn_of(turns: Sequence[Turn], act: Act) -> Turn:
    """Return the turn that an act is about; raises ``ValueError``."""
    if not 1 <= act.turn <= len(turns):
        raise ValueError(f"turn must be 1 to {len(turns)}, not {act.turn}")
    return turns[act.turn - 1]


def again(turns: Sequence[Turn], act: Act) -> Again:
    """Return what asking a turn again means, with the chip of the act put right.

    The last answer gives way to the new one. An earlier question is asked anew at the end, in the
    form that stands alone, since what it followed lies further back.
    """
    turn = turn_of(turns, act)
    if turn.answer is None:
        return Again(tuple(turns[: act.turn - 1]), turn.question)
    reading = turn.answer.reading
    changes, chips = reading.changes, chips_of(reading)
    if 0 <= act.chip < len(chips):
        changes = merged(changes, Change(chips[act.chip].text, act.to))
    if act.turn == len(turns):
        return Again(tuple(turns[:-1]), turn.question, changes)
    return Again(tuple(turns), reading.standalone, changes)
