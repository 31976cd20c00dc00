"""What a conversation is about: the things and persons its turns come back to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from askretail.phrases import function_words, main_phrase, names_in, names_of, presents
from askretail.refer import away

FADE = 0.7  # of weight with each turn that passes; tuned on half of two public sets
QUESTION_WEIGHT = 3.0  # of a name in a question, against 1 in an answer
# Of a thing: brought up ("tell me about"), named, a plain noun, carried over, an answer's document.
PRESENTED, STRONG, WEAK, CARRIED, ABOUT = 1.25, 1.0, 0.5, 0.5, 0.6
THING_FADE = 0.7
_NOT_THING = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|^\W*\d+\W*$"
)
SHORT_ANSWER = 8  # words; so short an answer is itself what was asked for
_PLACED = re.compile(r"\b(?:in|at|near|from|into|to|on|the|a|an|this|that)\s+$", re.I)
_NOT_ALONE = re.compile(r"^[A-Z]+$|(?:ish|ese|ism|ist|can|ians?|ans|s)$")
_NOT_PERSON = re.compile(
    r"\b(?:Records?|Band|Awards?|University|School|College|Club|Studios?|County|City|Street|Park|"
    r"Album|Show|Festival|Cup|League|War|Championships?|Company|Corporation|Inc|Corp|Theatre|"
    r"Museum|Church|Hall|North|South|East|West|New|United|States|January|February|March|April|June|"
    r"July|August|September|October|November|December|American|British|English|French|German|"
    r"Chief|Executive|Officer|President|Board|Committee|Annual|Report|Fiscal|Directors?|"
    r"Vice|Senior|Chairman|Financial|Operating|Global|Digital|Retail|Group|Division|Act|Academy|Best|Grammy|Olympics?|Series|House)\b|\d"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One exchange: as asked, as it stands alone, and the words of its answer ("" if unknown)."""

    asked: str
    question: str
    answer: str = ""
    about: tuple[str, ...] = ()  # what the documents that answered are about


@dataclass(slots=True)
class Weighed:
    """A name with its forms ("Zappa", "Frank Zappa") and how much it weighs now."""

    forms: dict[str, float] = field(default_factory=dict)
    person: float = 0.0

    @property
    def weight(self) -> float:
        return sum(self.forms.values())

    @property
    def name(self) -> str:
        """The form used most; ties go to the longer one."""
        return max(self.forms, key=lambda form: (self.forms[form], len(form)))


@dataclass(frozen=True, slots=True)
class Focus:
    """What pronouns can mean now, the likeliest first."""

    things: tuple[str, ...] = ()  # "it", "they", or left out
    persons: tuple[str, ...] = ()  # "he", "she"
    opening: tuple[str, ...] = ()  # what the first question was about


def focus(said: Sequence[Said]) -> Focus:
    """Return what a conversation is about after its last turn."""
    names: list[Weighed] = []
    things: dict[str, float] = {}
    for turn in said:
        for one in names:
            one.person *= FADE
            one.forms = {form: weight * FADE for form, weight in one.forms.items()}
        for name, weight, person in _mentions(turn):
            _add(names, name, weight, person)
        things = {thing: weight * THING_FADE for thing, weight in things.items()}
        for thing in things:
            if thing in turn.question and thing not in turn.asked:
                things[thing] += CARRIED
        for thing, weight in (*_things(turn), *((about, ABOUT) for about in turn.about)):
            things[thing] = things.get(thing, 0.0) + weight
    ranked = [one.name for one in sorted(names, key=lambda w: -w.weight)]
    first = sorted(things, key=lambda t: -things[t])
    persons = sorted((w for w in names if w.person > 0), key=lambda w: -w.person)
    return Focus(
        tuple(dict.fromkeys((*first, *ranked))),
        tuple(w.name for w in persons),
        tuple(thing for thing, _ in _things(said[0])) if said else (),
    )


def _things(turn: Said) -> Iterator[tuple[str, float]]:
    """Yield what a turn newly is about, weighed: a short answer, else what its question names."""
    if turn.answer and len(turn.answer.split()) <= SHORT_ANSWER:
        found = [name for name in names_in(turn.answer) if not _NOT_THING.search(name)]
        if found:
            yield " and ".join(found[:2]), STRONG
            return
    phrase = main_phrase(turn.asked)
    if phrase and not _NOT_THING.search(phrase):
        alone = turn.asked == turn.question
        if presents(turn.asked) and not away(turn.asked):
            yield phrase, PRESENTED
        else:
            yield phrase, (STRONG if phrase[0].isupper() else WEAK) if alone else CARRIED


def _mentions(turn: Said) -> Iterator[tuple[str, float, float]]:
    """Yield names with their weight, and their weight as a person."""
    for about in turn.about:
        yield about, QUESTION_WEIGHT, QUESTION_WEIGHT * person_weight("", about)
    asked, answer = names_of(turn.asked), names_in(turn.answer)
    for text, names, weight in (
        (turn.asked, asked, QUESTION_WEIGHT),
        (turn.answer, answer, 1.0),
    ):
        position = 0
        for name in names:
            start = text.find(name, position)
            position = start + len(name)
            if not _NOT_THING.search(name):
                yield name, weight, weight * person_weight(text[: max(start, 0)], name)


def person_weight(before: str, name: str) -> float:
    """Return how much a name looks like a person's, from 0 to 1."""
    words = name.split()
    common = any(word.lower() in function_words() for word in words)
    if len(words) > 4 or _NOT_PERSON.search(name) or common:
        return 0.0
    if _PLACED.search(before) or (len(words) == 1 and _NOT_ALONE.search(name)):
        return 0.0
    return 1.3 if len(words) in (2, 3) else 1.0


def _add(names: list[Weighed], name: str, weight: float, person: float) -> None:
    words = set(name.lower().split())
    for one in names:
        forms = [set(form.lower().split()) for form in one.forms]
        if any(words <= form or words >= form for form in forms):
            one.forms[name] = one.forms.get(name, 0.0) + weight
            one.person += person
            return
    names.append(Weighed({name: weight}, person))
