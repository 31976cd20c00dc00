"""A follow-up to a question that stands alone; one that already does is left unchanged."""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.nouns import Turn
from askretail.periods import Dated, find_periods

_LEAD = re.compile(
    r"^\s*(?:ok(?:ay)?|and|but|so|now|then|also|well|sure|thanks?|right|no)?[\s,:]*"
    r"(?:(?:and|now|what|how)\s+about|and|i meant?|what of|now|the same (?:for|of))?[\s,:]+"
    r"|^\s*(?:what|how)\s+about\s+",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:the\s+)?(?:(?:year|one)\s+(?:before|earlier|prior)|previous\s+(?:fiscal\s+)?year|"
    r"prior\s+(?:fiscal\s+)?year|a\s+year\s+(?:before|earlier))(?:\s+that)?\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:the\s+)?(?:year\s+(?:after|later)|(?:next|following)\s+(?:fiscal\s+)?year|"
    r"a\s+year\s+later)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:it|they|them)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:this|that|those|these|there|then|he|she|him|his|her|one|ones|former|latter|same|other)\b",
    re.IGNORECASE,
)
# "it is", "it that": words that only fill the place of a subject point at nothing.
_DUMMY = re.compile(r"\bit\s+(?:is|was|takes?|took)\s+(?:that|to|possible|likely)\b", re.IGNORECASE)
_THAT_PERIOD = re.compile(r"\bthat\s+(?:fiscal\s+)?(?:year|quarter|period)\b", re.IGNORECASE)
_STEPS = {"two": 2, "three": 3, "four": 4, "five": 5}
_STEP_WORD = re.compile(r"\b(two|three|four|five)\s+years\s+(before|earlier|later|after)\b", re.I)
FRAGMENT_WORDS = 5  # a remark of so few words, without a verb of its own, hangs on the last one
_VERB = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|may|might)\b",
    re.IGNORECASE,
)


def resolve(question: str, history: Sequence[Turn], catalogue: Catalogue) -> str:
    """Return the question with what it leaves to the conversation put in."""
    before = ""
    for turn in history:
        answered = turn.answer.standalone if turn.answer is not None else ""
        before = answered or _resolve_one(turn.question, before, catalogue)
    return _resolve_one(question, before, catalogue)


def _resolve_one(question: str, before: str, catalogue: Catalogue) -> str:
    question = question.strip()
    if not before or not question:
        return question
    shifted = _shift_year(question, before)
    if shifted:
        return shifted
    rest = _LEAD.sub("", question, count=1).strip()
    named, dated = find_companies(rest, catalogue), find_periods(rest)
    if _only(rest, named, dated):
        return _replace(before, rest, named, dated, catalogue)
    earlier = find_companies(before, catalogue)
    company = _subject(earlier)
    question = _THAT_PERIOD.sub(lambda m: _period_phrase(before) or m.group(), question)
    if named and (not _refers(question) or _names_its_own(question, named)):
        return question
    if _is_fragment(rest):
        return f"{before.rstrip('?. ')} — {rest.rstrip('?. ')}?"
    if not _refers(question):
        return _carry(question, company, before)
    spoken = question if named or not company else _name_pronouns(question, company)
    if spoken != question and not _POINTING.search(spoken):
        return _carry_period(spoken, before)
    return f"{spoken} ({before})"


def _refers(question: str) -> bool:
    """Return whether a word of the question points at something said before."""
    plain = _DUMMY.sub(" ", question)
    return any(p.search(plain) for p in (_SUBJECT, _POSSESSIVE, _POINTING))


def _shift_year(question: str, before: str) -> str:
    """Return the last question a year earlier or later, "" when that is not what is asked."""
    step = -1 if _EARLIER.search(question) else 1 if _LATER.search(question) else 0
    worded = _STEP_WORD.search(question)
    if worded:
        back = worded.group(2).lower() in ("before", "earlier")
        step = _STEPS[worded.group(1).lower()] * (-1 if back else 1)
    dated = find_periods(before)
    if not step or not dated or find_periods(question):
        return ""
    if len(question.split()) > FRAGMENT_WORDS + 1:
        return ""
    return _renumber(before, dated, [d.period.year + step for d in dated])


def _renumber(text: str, dated: Sequence[Dated], years: Sequence[int]) -> str:
    for old, year in sorted(zip(dated, years, strict=True), key=lambda p: -p[0].start):
        span = text[old.start : old.end]
        text = text[: old.start] + span.replace(str(old.period.year), str(year)) + text[old.end :]
    return text


def _only(rest: str, named: Sequence[Named], dated: Sequence[Dated]) -> bool:
    """Return whether a remark holds nothing but companies and periods."""
    if not named and not dated:
        return False
    left = list(rest)
    for start, end in [(n.start, n.end) for n in named] + [(d.start, d.end) for d in dated]:
        left[start:end] = " " * (end - start)
    words = re.findall(r"[a-z]+", "".join(left).lower().replace("'s", ""))
    return set(words) <= {"and", "or", "in", "for", "of", "the", "at", "s", "fiscal", "year"}


def _replace(
    before: str, rest: str, named: Sequence[Named], dated: Sequence[Dated], catalogue: Catalogue
) -> str:
    """Return the last question about these companies and periods instead."""
    text = before
    if named:
        old = find_companies(text, catalogue)
        text = _replace_companies(text, old, named)
    if dated:
        old_dates = find_periods(text)
        phrase = rest[dated[0].start : dated[-1].end]
        if old_dates:
            start, end = old_dates[0].start, old_dates[-1].end
            text = text[:start] + phrase + text[end:]
        else:
            text = f"{text.rstrip('?. ')} in {phrase}?"
    return text


def _replace_companies(text: str, old: Sequence[Named], new: Sequence[Named]) -> str:
    names = " and ".join(dict.fromkeys(n.company for n in new))
    if not old:
        return f"{text.rstrip('?. ')}, for {names}?"
    first = old[0].company
    for place in sorted((o for o in old if o.company == first), key=lambda o: -o.start):
        text = text[: place.start] + names + text[place.end :]
    return text


def _subject(named: Sequence[Named]) -> str:
    return named[0].company if named else ""


def _is_fragment(rest: str) -> bool:
    return len(rest.split()) <= FRAGMENT_WORDS and not _VERB.search(rest)


def _name_pronouns(question: str, company: str) -> str:
    """Put the company for the first pronoun that can mean it."""
    possessive = _POSSESSIVE.search(question)
    subject = _SUBJECT.search(_DUMMY.sub(lambda m: "#" * len(m.group()), question))
    if possessive and (not subject or possessive.start() < subject.start()):
        return f"{question[: possessive.start()]}{company}'s{question[possessive.end() :]}"
    if subject:
        return f"{question[: subject.start()]}{company}{question[subject.end() :]}"
    return question


def _carry(question: str, company: str, before: str) -> str:
    """Add the company (and period) a question leaves out although it names none of its own."""
    if not company:
        return question
    return _carry_period(f"{question.rstrip('?. ')}, at {company}?", before)


def _carry_period(question: str, before: str) -> str:
    phrase = _period_phrase(before)
    if not phrase or find_periods(question):
        return question
    return f"{question.rstrip('?. ')} in {phrase}?"


def _period_phrase(before: str) -> str:
    dated = find_periods(before)
    return before[dated[0].start : dated[-1].end] if dated else ""


def _names_its_own(question: str, named: Sequence[Named]) -> bool:
    """Return whether each "it" comes after a company that the question names itself."""
    if _POINTING.search(question):
        return False
    pronouns = [m.start() for p in (_SUBJECT, _POSSESSIVE) for m in p.finditer(question)]
    return all(position > named[0].start for position in pronouns)
