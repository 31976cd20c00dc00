"""The person that "he" or "she" means: whom a question or the answer to it names."""

import re
from collections.abc import Iterator, Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.focus import Said, person_weight
from askretail.lexicon import find_metrics
from askretail.phrases import function_words, openers
from askretail.refer import personal, put_for_pronoun
from askretail.topic import written

_WHO = re.compile(r"^\s*(?:and\s+)?who(?:['’]s\b|\s+(?P<is>is\b))?(?P<rest>.+?)[?.\s]*$", re.I)
_RUNS = re.compile(
    r"^(?:runs|leads|heads|running|leading|heading)\s+(?P<what>.+?)(?:\s+(?:now|today|currently))?$",
    re.I,
)
_SECOND_PART = re.compile(r",?\s+(?:and|or)\s+(?:wh|how|when|is|was|did|does)\w*\b.*$", re.I)
_SENTENCE = re.compile(r"(?<=[a-z)\d][.;])\s+(?=[A-Z])|\n")
_CHIEF = re.compile(r"\bchief (?!of\b)\w+")
_WORD = re.compile(r"[a-z]{4,}")
PERSON = (  # a pattern of what is written like a person's name
    r"(?<![\w.])(?:[A-Z][a-zé’'-]+|[A-Z]\.)(?:\s+[A-Z]\.)?(?:\s+[A-Z][a-zé]+)?"
    r"\s+(?:Mc|Mac|De|Van\s|O['’])?[A-Z][a-zé]+(?:-[A-Z][a-zé]+)?\b(?!\s+[A-Z]{2})"
)
_PERSON = re.compile(PERSON)
# An office or a verb of persons right beside a name makes it a person's.
_OFFICE = (
    r"(?:(?:executive|senior|vice|non-executive|interim|our|the|its|and|as)\s+)*"
    r"(?:chief|president|chair(?:wo)?man|chair|officer|director|founder|executive|treasurer|head)\b"
)
_BEFORE = re.compile(  # "President, Campbell Snacks" names a business
    rf"(?:\b{_OFFICE}(?:\s+officer)?,?|(?i:\b{_OFFICE}(?:\s+officer)?)|\bM(?:r|s|rs)\.)\s+$"
)
_AFTER = re.compile(
    rf"^[\s,|(]*(?:age\s+)?(?:\d\d)?[\s,|)]*(?:{_OFFICE}|(?:has|have|was|were|is|who|had)?\s*"
    rf"(?:been\s+)?(?:appointed|named|elected|chosen|joined|serves|served|became|succeed\w*|"
    rf"replaced|retired|resigned|led|{_OFFICE}|took\s+over)\b)",
    re.I,
)
# How people ask for an office, and what filings print.
_SAID = {
    "ceo": "chief executive",
    "cfo": "chief financial",
    "coo": "chief operating",
    "finance chief": "chief financial",
    "boss": "chief executive",
    "runs": "chief executive",
    "running": "chief executive",
    "leads": "chief executive",
    "heads": "chief executive",
    "chairs": "chair chairman",
}


def with_person(text: str, said: Sequence[Said], catalogue: Catalogue) -> str:
    """Return a question with the person put in that its first "he" or "she" means."""
    if not personal(text):
        return text
    typed = " ".join(turn.asked for turn in said)
    for turn in reversed(said):
        meant = (
            _carried(turn, typed, catalogue) if personal(turn.asked) else _meant(turn, catalogue)
        )
        if meant:
            return put_for_pronoun(text, meant)
    return text


def _meant(turn: Said, catalogue: Catalogue) -> str:
    """Return the person that a turn asked for with "who", else the one it names, or ""."""
    own = list(_people(turn.question, catalogue))
    asked = _WHO.match(turn.question)
    if asked is None and own:
        return own[-1]
    found = answered(turn, catalogue)
    if found:
        named = find_companies(turn.question, catalogue)
        return f"{found} of {written(turn.question, named[0])}" if named else found
    return _described(asked, catalogue) if asked else ""


def _described(asked: re.Match[str], catalogue: Catalogue) -> str:
    """Return what one is called who does what "who" asked: "the founder", "the one who ..."."""
    rest = _SECOND_PART.sub("", asked.group("rest")).strip()
    run = _RUNS.match(rest)
    if run:
        return f"the {_title(run.group('what'), catalogue)} of {run.group('what')}"
    is_ = bool(asked.group("is") or re.match(r"who['’]s", asked.group().strip(), re.I))
    if is_ and not re.match(r"\w+ing\b", rest):
        return rest
    return f"the one who {'is ' if is_ else ''}{rest}"


def _carried(turn: Said, typed: str, catalogue: Catalogue) -> str:
    """Return the person put in for a pronoun of a turn: a name that nobody typed."""
    return next((n for n in _people(turn.question, catalogue) if n not in typed), "")


def _title(run: str, catalogue: Catalogue) -> str:
    """Return what one is called who runs a company, or something in it."""
    named = find_companies(run, catalogue)
    whole = bool(named) and (named[0].start, named[-1].end) == (0, len(run))
    return "chief executive" if whole else "head"


def answered(turn: Said, catalogue: Catalogue) -> str:
    """Return the person whom the answer names where it speaks most of the question, or ""."""
    wanted, chiefs = _words(turn.question), _chiefs(turn.question)
    best, shared = "", 0
    for sentence in _SENTENCE.split(turn.answer):
        if chiefs and not chiefs & _chiefs(sentence):
            continue  # the finance chief does not answer who the chief executive is
        for name in _people(sentence, catalogue):
            before, _, after = sentence.partition(name)
            common = len(wanted & _words(sentence)) + 1
            beside = _BEFORE.search(before) or _AFTER.match(after)
            if beside and common > shared and name not in turn.question:
                best, shared = name, common
    return best


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_printed(text)))


def _chiefs(text: str) -> frozenset[str]:
    """Return the offices of a text that are a chief's: "chief executive"."""
    return frozenset(_CHIEF.findall(_printed(text)))


def _printed(text: str) -> str:
    """Return a text in lower case with its offices as filings print them behind it."""
    lower = text.lower()
    printed = (name for said, name in _SAID.items() if re.search(rf"\b{said}\b", lower))
    return ". ".join((lower, *printed))


def _people(text: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield what is written like the name of a person and is no company's and no figure's."""
    for match in _PERSON.finditer(text):
        name = match.group()
        plain = any(word.lower() in function_words() | openers() for word in name.split())
        if plain or person_weight("", name) == 0:
            continue
        if not find_companies(name, catalogue) and not find_metrics(name):
            yield name
