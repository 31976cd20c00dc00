"""Whether a question points at something said before, and putting the thing in its place."""

import re
from collections.abc import Sequence

from askretail.phrases import function_words, names_in, openers, presents, relational, vague, verbs

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
    r"hard|easy|common|ok|free|better|wise)\s+"
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
_CLAUSE = re.compile(
    r"\b(?:and|or|but|so)\s+(?:why|how|what|when|where|who|which|is|are|was|were|do|does|did|has|have|"
    r"can|will|would)\b|\b(?:if|when|because|before|after|while|since|than)\b|,",
    re.I,
)
_THE_THING = re.compile(r"(?<!\bof )\b(?:the|these|those)\s+[a-z]+\s*\??\s*$")
_MORE = re.compile(
    r"\b(?:else|another|again|next|afterwards?|anymore|as well)\b|\b(?:any\s+more|others)\b"
    r"|\bother\b(?!\s+than\b)|\b(?:too|also)\s*[?.]?\s*$|^\s*if so\b",
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
    if possessive and names_in(before):
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


def leaves_out(question: str) -> bool:
    """Return whether a question without a pronoun needs the conversation to be understood.

    It asks for more ("what else"), for the types or causes of nothing named, or for a thing that
    only the conversation knows ("the album").
    """
    if _HANGING.search(question) or _coloured(question):
        return True
    if names_in(question):
        return False
    words = [w.lower() for w in re.findall(r"[\w’'-]+", question)]
    telling = [
        w for w in words if w not in function_words() | verbs() | openers() and not w.isdigit()
    ]
    if _MORE.search(question) or all(word in relational() | vague() for word in telling):
        return True
    if set(words[:-1]) & _LINKS:
        return _unsaid_of(words)
    if _THE_THING.search(question):
        return True
    return _bare_definite(words) and not presents(question)


def _coloured(question: str) -> bool:
    """Return whether a question asks for "the main layers" without saying of what."""
    asked = _WHAT_ARE.match(question)
    return asked is not None and asked.group("colour").lower() in vague()


def _unsaid_of(words: list[str]) -> bool:
    """Return whether a noun like "impact" says on what but not of what."""
    if set(words) & {"of", "between", "from", "for", "about", "in"}:
        return False
    return any(
        noun in relational() and link in ("on", "to", "with") and not of.endswith("ing")
        for noun, link, of in zip(words, words[1:], [*words[2:], ""], strict=False)
    )


def _bare_definite(words: list[str]) -> bool:
    """Return whether "the" stands before a noun that nothing explains: "how did the album do"."""
    return any(
        one == "the" and (after in verbs() or after in function_words())
        for one, noun, after in zip(words, words[1:], words[2:], strict=False)
    ) or words[-2:-1] == ["the"]


# Prepositions that say what a noun is of, so that a question may stand alone.
_LINKS = frozenset(
    ["of", "in", "for", "on", "to", "with", "between", "from", "about", "behind", "by", "against"]
)
_WHAT_ARE = re.compile(
    r"\s*(?:what|which|who)\s+(?:are|were)\s+(?:some\s+|the\s+)?(?P<colour>\w+)\s+\w+\s*[?.]?\s*$",
    re.I,
)
_HANGING = re.compile(
    r"^\s*(?:is|are|was|were)\s+there\s+(?:any|some)\s+\w+(?:\s+\w+)?\s*[?.]?\s*$"
    r"|\b(?:the|an?)\s+(?:\w+est|most\s+\w+|best|worst|first|second|last)\s*(?:selling\s*)?"
    r"(?:$|[?.]|\b(?:in|on|ever|to|and|among)\b)"
    r"|\bwhich\s+(?:is|was|are)\s+\w+er\b(?!.*\bor\b)"
    r"|\b(?:what|which)\s+(?:kind|type|sort|one)s?\s+(?:is|are|was|were|do|does|did|should|can|would)\b"
    r"|^\s*(?:what|which|whose)\s+(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b)\w+(?:\s+\w+)?\s*\??$"
    r"|^(?!.*\band\b).*\b(?:different|similar|related|compare|differ)\s*(?:$|[?.])"
    r"|\b\w+\s+ones\b(?!\s+(?:that|which|who))",
    re.I,
)


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
