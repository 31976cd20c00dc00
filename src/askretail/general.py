"""Follow-ups on any topic: the thing or person that the conversation is about, put in."""

import re
from collections.abc import Sequence

from askretail.definite import goes_on, takes_up
from askretail.focus import Focus, Said, focus
from askretail.phrases import function_words, openers, relational, vague, verbs
from askretail.refer import (
    PERSONAL,
    agreeing,
    ask_of,
    away,
    plain,
    pronouns,
    put_for_pronoun,
    refers,
)
from askretail.shorthand import in_full
from askretail.unsaid import leaves_out

ENOUGH = 4  # telling words


def general(question: str, said: Sequence[Said]) -> str:
    """Return a question on any topic with the thing or person that the conversation is about."""
    now = focus(said)
    if refers(question) and not away(question) and _says_enough(question):
        return question
    if refers(question):
        first = pronouns(plain(question))
        personal = bool(first and PERSONAL.fullmatch(first[0].group()))
        if personal:
            likely = list(now.persons) or list(now.things)
        else:
            likely = agreeing(question, now.things) or list(now.things)
        if not away(question) and likely and _names(question, likely[0]):
            return question
        likely = [thing for thing in likely if not _names(question, thing)]
        if not likely:
            return question
        made = put_for_pronoun(question, likely[0], likely[1] if len(likely) > 1 else "")
        made = made if made != question else ask_of(question, likely[0])
        return made if personal else _in_view_of(made, likely[0], now)
    full = in_full(question, [turn.question for turn in said])
    if full != question:
        return full
    thing = next(iter(now.things), "")
    if thing and not _names(question, thing) and _is_open(question, said):
        return _in_view_of(ask_of(question, thing), thing, now)
    return question


def _is_open(question: str, said: Sequence[Said]) -> bool:
    """Return whether a question without a pronoun needs what was said before."""
    if leaves_out(question):
        return True
    before = [turn.question for turn in said]
    return not _says_enough(question) and (takes_up(question) or goes_on(question, before))


def _names(question: str, thing: str) -> bool:
    """Return whether a question names a thing itself, so that no pronoun in it means that."""
    return _stems(thing) <= _stems(question)


def _stems(text: str) -> set[str]:
    return {w.removesuffix("s") for w in re.findall(r"[\w-]+", text.lower())}


def _says_enough(question: str) -> bool:
    """Return whether a question names so much itself that "that", "then" or "the same" adds little.

    "In that case, why do I still have to pay income tax?" is found as it stands.
    """
    words = [w.lower() for w in re.findall(r"[\w’'-]+", question)]
    known = function_words() | verbs() | relational() | vague() | openers()
    return sum(word not in known and not word.isdigit() for word in words) >= ENOUGH


def _in_view_of(made: str, thing: str, now: Focus) -> str:
    """Return a question on a plain noun ("effects") with what the conversation began with."""
    began = now.opening[0] if now.opening else ""
    if not began or thing[:1].isupper() or began.lower() in made.lower():
        return made
    return f"{made.rstrip('?. !')}, regarding {began}?"
