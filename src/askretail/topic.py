"""What the last question was about: its companies, its period, and the thing it asked for."""

import re
from dataclasses import dataclass

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.lexicon import find_metrics
from askretail.periods import Dated, find_periods
from askretail.phrases import chunks, is_generic, verbs
from askretail.refer import owned

_COUNTED = re.compile(
    r"^\s*(?:(?:and|but|so|ok|okay)\b[\s,]*)*(?:(?:for|in|to|of|by)\s+)?"
    r"(?:how\s+(?:many|much)(?:\s+of)?|what|which|whose)\s+(?:of\s+)?(?!of\b)",
    re.I,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)(?:n['’]t)?\b", re.I
)
_ASKING = re.compile(
    r"^\s*(?:(?:and|but|so|ok|okay)\b[\s,]*)*(?:(?:how|what|why|when|where|which|whose)\b\s*"
    r"(?:much|many|fast|big|large|far|often|long)?\s*)?(?:['’]s\s+)?"
    r"(?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b\s*)?",
    re.I,
)

# "ordered online", "run in Mexico": what is done or where, after the verb of the question.
_DONE = re.compile(
    r"(?:\s+(?:have|run|operate|own|sell|lease|report|earn|do|make)\b)?"
    r"(?P<done>(?:\s+(?:\w+ed|made|sold|bought|built|held)\b(?:\s+(?:online|abroad))?)?)"
    r"(?P<where>\s+(?:in|outside|within|from|through|under)\s+(?:the\s+)?)?",
    re.I,
)
_DOES = re.compile(r"\b(?:do|does|did)\s+$", re.I)
_OF = re.compile(r"\s+(?:of|for)\s+")
_HAPPENED = re.compile(r"^\s*(?:why|did|does|do)\b", re.I)
_ITS = re.compile(r"\b(?:its|their)\s+(?P<thing>[a-z-]+(?:\s+of\s+[a-z-]+)?)", re.I)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question was about; "" or empty where it does not say."""

    question: str
    named: tuple[Named, ...]
    dated: tuple[Dated, ...]
    thing: str  # "Nike's effective tax rate", with its company but without its period
    clause: str  # the question as something that happens: "Nike leaving Russia"
    tail: str = ""  # what the question says of the thing: " outside the US", " ordered online"

    @property
    def companies(self) -> tuple[str, ...]:
        """Each company once, as written."""
        names: dict[str, str] = {}
        for named in self.named:
            names.setdefault(named.company, written(self.question, named))
        return tuple(names.values())

    @property
    def period(self) -> str:
        """The words of the period: "the end of fiscal 2023" gives "fiscal 2023"."""
        if not self.dated:
            return ""
        return self.question[self.dated[0].start : self.dated[-1].end]

    @property
    def own(self) -> str:
        """The thing without its company: "effective tax rate"."""
        return re.sub(r"^.*?['’]s?\s+", "", self.thing)

    @property
    def whole(self) -> str:
        """The thing with what is said of it: "Walmart's clubs in Mexico"."""
        return f"{self.thing}{self.tail}" if self.thing else ""

    @property
    def event(self) -> str:
        """What "that" means after a question on what happened, "" after another."""
        return self.clause if _HAPPENED.match(self.question) else ""

    @property
    def theme(self) -> str:
        """What to put behind "regarding"."""
        return self.whole or self.clause

    @property
    def plural(self) -> bool:
        return re.search(r"(?:[^s]s|people)(?:\s+(?:of|for|at)\s.*)?$", self.thing) is not None


def topic_of(question: str, catalogue: Catalogue) -> Topic:
    """Return what a question that stands alone is about."""
    named, dated = find_companies(question, catalogue), find_periods(question)
    thing = _thing(question, named, dated)
    tail = _tail(_without(question, dated), thing, named)
    return Topic(question, named, dated, thing, _clause(question, named), tail)


def _tail(undated: str, thing: str, named: tuple[Named, ...]) -> str:
    """Return what a question says of its thing: where it is, what is done with it."""
    own = re.sub(r"^(?:the\s+|.*?['’]s?\s+)", "", thing)
    start = undated.find(own) + len(own)
    if not own or start < len(own):
        return ""
    names = "|".join(re.escape(undated[one.start : one.end]) for one in named)
    subject = rf"^(?:\s+{_AUXILIARY.pattern})?(?:\s+(?:{names})(?!['’]))?"
    rest = re.sub(subject, "", undated[start:], count=1, flags=re.I)
    done = _DONE.match(rest)
    if done is None:
        return ""
    place = next(iter(chunks(rest[done.end() :])), "") if done.group("where") else ""
    there = bool(place) and rest[done.end() :].startswith(place)
    return f"{done.group('done')}{done.group('where')}{place}" if there else done.group("done")


def _clause(question: str, named: tuple[Named, ...]) -> str:
    bare = question.rstrip("?. !")
    if named:
        does = _DOES.search(bare[: named[0].start])
        verb = re.match(r"\s+(\w+)", bare[named[0].end :])
        if does and verb:
            rest = bare[named[0].end + verb.end() :]
            return f"{written(question, named[0])} {gerund(verb.group(1))}{rest}"
    return _ASKING.sub("", bare, count=1)


def gerund(verb: str) -> str:
    """Return the -ing form of a verb.

    >>> gerund("leave"), gerund("pay"), gerund("run"), gerund("see")
    ('leaving', 'paying', 'running', 'seeing')
    """
    if re.search(r"[^aeiou]e$|[aeiou][^aeiou]e$|ue$", verb) and len(verb) > 2:
        return f"{verb[:-1]}ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def _thing(question: str, named: tuple[Named, ...], dated: tuple[Dated, ...]) -> str:
    """Return what was counted, else what a company has, else the figure named; "" when unclear."""
    if not named:
        return ""
    undated = _without(question, dated)
    owner = written(question, named[0])
    counted = _counted(undated)
    if counted and (not is_generic(counted) or re.search(r"[^s]s$|^people$", counted)):
        theirs = re.search(re.escape(owner), counted, re.I)
        return f"the {counted}" if theirs else f"{owned(owner)} {counted}"
    its = _ITS.search(undated)
    if its:
        found = next(iter(chunks(undated[its.start("thing") :])), "")
        return f"{owned(owner)} {max(found, its.group('thing'), key=len)}"
    for one in named:
        has = re.match(r"['’]s?\s+", undated[one.end :])
        rest = undated[one.end + has.end() :] if has else ""
        found = next(iter(chunks(rest)), "")
        if found and rest.startswith(found):
            of = _OF.match(rest, len(found))
            more = next(iter(chunks(rest[of.end() :])), "") if of else ""
            whole = rest[: of.end() + len(more)] if of and more else found
            return f"{owned(written(question, one))} {whole}"
    figures = [chunk for chunk in chunks(undated) if find_metrics(chunk)]
    if not figures:
        return ""
    return figures[-1] if owner in figures[-1] else f"{owned(owner)} {figures[-1]}"


def written(question: str, named: Named) -> str:
    """Return a company as a question writes it where that is a name: "AWS", not "Amazon"."""
    here = re.sub(r"['’]s?$", "", question[named.start : named.end])
    return here if here != here.lower() else named.company


def _counted(question: str) -> str:
    """Return the noun of "how many stores did", "which countries outside the US are"."""
    asked = _COUNTED.match(question)
    if asked is None:
        return ""
    rest = question[asked.end() :]
    words = list(re.finditer(r"[\w’'-]+", rest))
    if not words or _AUXILIARY.fullmatch(words[0].group()):
        return ""
    verb = next((word for word in words[1:] if _is_verb(word.group())), None)
    return rest[: verb.start()].strip() if verb else ""


def _is_verb(word: str) -> bool:
    return _AUXILIARY.fullmatch(word) is not None or word in verbs()


def _without(question: str, dated: tuple[Dated, ...]) -> str:
    """Return a question with its periods blanked, of the same length."""
    for one in dated:
        question = f"{question[: one.start]}{'?' * (one.end - one.start)}{question[one.end :]}"
    return question
