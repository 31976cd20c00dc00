"""Whether a question points at something said before, and putting the thing in its place."""

import re
from collections.abc import Sequence

from askretail.phrases import function_words, names_in, relational, verbs

PERSONAL = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.I)
SUBJECT = re.compile(r"\b(?:it|they|them)\b", re.I)
POSSESSIVE = re.compile(
    r"\b(?:its|their|it['’]s(?=\s+(?:own\s+)?[a-z]+s?\b\s*(?:$|[?.,]|over|in|and)))\b", re.I
)
# "it is possible", "is it true that": words that only fill the place of a subject.
_DUMMY = re.compile(
    r"\bit\s+(?:is|was|takes?|took|makes? sense|seems?)\s+"
    r"(?:that|to|possible|likely|true|important)\b"
    r"|\b(?:is|was)\s+it\s+(?:true|possible|likely|important|necessary|safe|legal|worth|"
    r"hard|easy|common|ok|okay|fine|free|better|wise|good|bad|normal|illegal|advisable|required|"
    r"smart)\s+"
    r"(?:that|to|for|if)\b",
    re.I,
)
_THAT = re.compile(
    r"\b(?:that|this)\s*(?:$|[?.,!])"
    r"|\b(?:of|for|in|after|before|by|with|to|on|about|into|than|from|at|since|during|is|was|did|does|"
    r"has|do|will|can|would|were|why|how|what|drove|caused|behind|explains?|against)\s+(?:that|this)\b"
    r"(?!\s+(?:year|quarter|fiscal|month|week|century|decade)\b)"
    r"|\b(?:these|those)\b",
    re.I,
)
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bhas )(?<!\bhave )\bthere\b"
    r"(?!\s+(?:is|are|was|were|be|been|any|have|has)\b)",
    re.I,
)
_THEN = re.compile(r"\bthen\s*[?.]?\s*$|\b(?:since|by|until|before)\s+then\b", re.I)
_ONE = re.compile(
    r"\b(?:which|what|that|this|the\s+\w+|other|another|best|first|last)\s+ones?\b(?!\s+of\b)"
    r"|\b(?:of|which)\s+(?:the\s+)?(?:two|both)\b|\bthe\s+same\b(?![\s-]+(?:store|day|time))"
    r"|\b(?:the\s+)(?:former|latter)\b(?=\s*(?:$|[?,])|\s+(?:is|was|did|does|has)\b)",
    re.I,
)
# "What does a company offer its employees": somebody new, whose "its" it is.
_INDEFINITE = re.compile(
    r"\b(?:does|do|did|that|can|will|should|if|when|has|have)\s+an?\s+[a-z]+\b", re.I
)
_CLAUSE = re.compile(
    r"\b(?:and|or|but|so)\s+(?:why|how|what|when|where|who|which|is|are|was|were|do|does|did|has|have|"
    r"can|will|would)\b|\b(?:if|when|because|before|after|while|since|than)\b|,",
    re.I,
)


def plain(question: str) -> str:
    """Return a question without the words that only look like pronouns."""
    return _DUMMY.sub(lambda match: "#" * len(match.group()), question)


def refers(question: str) -> bool:
    """Return whether a word of the question points at something said before."""
    text = plain(question)
    return _points(text) or bool(away(question))


def pronouns(text: str) -> list[re.Match[str]]:
    """Return the personal pronouns and possessives of a text in order."""
    found = [match for p in (PERSONAL, SUBJECT, POSSESSIVE) for match in p.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def away(question: str) -> list[re.Match[str]]:
    """Return the pronouns of a question that mean nothing it names itself, in order."""
    text = plain(question)
    return [match for match in pronouns(text) if not _at_home(text, match)]


def personal(question: str) -> bool:
    """Return whether a question says "he" or "she" of somebody named before."""
    return any(PERSONAL.fullmatch(match.group()) for match in away(question))


def _at_home(text: str, pronoun: re.Match[str]) -> bool:
    """Return whether a pronoun means something that its own question names before it.

    "What does Nike pay its staff", "What is goodwill and why does it fall"; but not "Why did
    Elon Musk start it", where subject and object differ.
    """
    before = text[: pronoun.start()]
    possessive = POSSESSIVE.fullmatch(pronoun.group()) or pronoun.group().lower() in ("his", "her")
    if possessive and (names_in(before) or _INDEFINITE.search(before)):
        return True
    clause = _CLAUSE.search(before)
    if clause is None:
        return False
    words = re.findall(r"[\w’'-]+", before[: clause.start()].lower())
    return any(w not in function_words() | verbs() | relational() for w in words)


def points(question: str) -> bool:
    """Return whether a question points at more than a thing: that, those, there, the other one."""
    return _points(plain(question))


def _points(text: str) -> bool:
    return any(p.search(text) for p in (_THAT, _THERE, _THEN, _ONE))


def put_for_pronoun(question: str, thing: str, other: str = "") -> str:
    """Return a question with a thing in the place of its first pronoun, else unchanged.

    A second pronoun of the other number ("what was their role in it") takes the other thing.
    """
    found = away(question)
    if not found:
        return question
    first = found[0]
    if other:
        second = next((m for m in found[1:] if _plural(m) != _plural(first)), None)
        if second is not None:
            question = _put(question, second, other)
    return _put(question, first, thing)


def _put(question: str, pronoun: re.Match[str], thing: str) -> str:
    word = pronoun.group().lower()
    after = question[pronoun.end() :].split()
    owns = word in ("his", "hers", "its", "their") or word.startswith(("it'", "it’"))
    if word == "her":
        owns = bool(after) and after[0].lower().strip("?.,") not in function_words()
    put = owned(thing) if owns else thing
    return f"{question[: pronoun.start()]}{put}{question[pronoun.end() :]}"


def _plural(pronoun: re.Match[str]) -> bool:
    return pronoun.group().lower() in ("they", "them", "their")


def owned(thing: str) -> str:
    """Return the possessive of a name.

    >>> owned("Nike"), owned("General Mills")
    ("Nike's", "General Mills'")
    """
    return f"{thing}'" if thing.endswith("s") else f"{thing}'s"


def ask_of(question: str, thing: str) -> str:
    """Return a question with what it is about put behind it."""
    bare = question.rstrip("?. !")
    last = bare.split()[-1].lower() if bare else ""
    if last in relational() - verbs() and not points(question):
        return f"{bare} of {thing}?"
    return f"{bare}, regarding {thing}?"


def agreeing(question: str, things: Sequence[str]) -> list[str]:
    """Return the things that the first pronoun can mean by number; a name may be both.

    >>> agreeing("why did they close", ["clinic", "stores", "Walmart"])
    ['stores', 'Walmart']
    """
    found = pronouns(plain(question))
    if not found or PERSONAL.fullmatch(found[0].group()):
        return list(things)
    many = _plural(found[0])
    agree = [one for one in things if many == bool(re.search("[^s]s$", one))]
    return [one for one in things if one[:1].isupper() or one in agree]
