"""Follow-ups on any topic: the thing or person that the conversation is about, put in."""

from collections.abc import Sequence

from askretail.focus import Focus, Said, focus
from askretail.refer import (
    PERSONAL,
    agreeing,
    ask_of,
    plain,
    pronouns,
    put_for_pronoun,
    refers,
)
from askretail.shorthand import in_full
from askretail.unsaid import leaves_out


def general(question: str, said: Sequence[Said]) -> str:
    """Return a question on any topic with the thing or person that the conversation is about."""
    now = focus(said)
    if refers(question):
        first = pronouns(plain(question))
        personal = bool(first and PERSONAL.fullmatch(first[0].group()))
        if personal:
            likely = list(now.persons) or list(now.things)
        else:
            likely = agreeing(question, now.things) or list(now.things)
        if not likely:
            return question
        made = put_for_pronoun(question, likely[0], likely[1] if len(likely) > 1 else "")
        made = made if made != question else ask_of(question, likely[0])
        return made if personal else _in_view_of(made, likely[0], now)
    full = in_full(question, [turn.question for turn in said])
    if full != question:
        return full
    if leaves_out(question) and now.things:
        return _in_view_of(ask_of(question, now.things[0]), now.things[0], now)
    return question


def _in_view_of(made: str, thing: str, now: Focus) -> str:
    """Return a question on a plain noun ("effects") with what the conversation began with."""
    began = now.opening[0] if now.opening else ""
    if not began or thing[:1].isupper() or began.lower() in made.lower():
        return made
    return f"{made.rstrip('?. !')}, regarding {began}?"
