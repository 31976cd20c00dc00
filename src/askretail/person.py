"""The person that "he" or "she" means: whom a question or the answer to it names."""

import re
from collections.abc import Iterator, Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.focus import Said, person_weight
from askretail.lexicon import find_metrics
from askretail.phrases import function_words, names_in
from askretail.refer import personal, put_for_pronoun

_WHO = re.compile(r"^\s*(?:and\s+)?who(?:['’]s\b|\s+(?P<is>is\b))?(?P<rest>.+?)[?.\s]*$", re.I)
_SECOND_PART = re.compile(r",?\s+(?:and|or)\s+(?:wh|how|when|is|was|did|does)\w*\b.*$", re.I)
_SENTENCE = re.compile(r"(?<=[a-z)\d][.;])\s+(?=[A-Z])|\n")
_WORD = re.compile(r"[a-z]{4,}")
# Words beside a name that make it a person's.
_OFFICE = (
    r"(?:chief|president|chair\w*|officer|director|founder|executive|treasurer|chef|boss|head|"
    r"CEO|CFO|COO|Mr|Ms|Mrs|Dr)"
)
_BEFORE = re.compile(rf"\b{_OFFICE}\b[^.;]{{0,25}}$", re.I)
_AFTER = re.compile(
    rf"^[^.;]{{0,40}}\b(?:{_OFFICE}|appointed|named|elected|joined|served|became|succeed\w*|"
    r"replaced|retired|resigned|took\s+over|age)\b",
    re.I,
)


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
    found = answered(turn, catalogue, sure=asked is None)
    if asked is None:
        return own[-1] if own else found
    rest = _SECOND_PART.sub("", asked.group("rest")).strip()
    return _described(found, rest, is_=bool(asked.group("is") or re.match(r"who['’]s", asked[0])))


def _carried(turn: Said, typed: str, catalogue: Catalogue) -> str:
    """Return the person put in for a pronoun of a turn: a name that nobody typed."""
    return next((n for n in _people(turn.question, catalogue) if n not in typed), "")


def _described(name: str, asked: str, *, is_: bool) -> str:
    """Return who does what was asked: "Mary Dillon, the founder,", or "the one who runs it"."""
    office = is_ and not re.match(r"\w+ing\b", asked)
    what = asked if office else f"who {'is ' if is_ else ''}{asked}"
    if name:
        return f"{name}, {what},"
    return what if office else f"the one {what}"


def answered(turn: Said, catalogue: Catalogue, *, sure: bool) -> str:
    """Return the person whom the answer names where it speaks most of the question, or "".

    With ``sure`` only one beside whose name an office or a verb of persons stands.
    """
    wanted = set(_WORD.findall(turn.question.lower()))
    best, shared = "", -1
    for sentence in _SENTENCE.split(turn.answer):
        common = len(wanted & set(_WORD.findall(sentence.lower())))
        if common <= shared:
            continue
        for name in _people(sentence, catalogue):
            place = sentence.find(name)
            beside = _BEFORE.search(sentence[:place]) or _AFTER.match(sentence[place + len(name) :])
            if name not in turn.question and (beside or not sure):
                best, shared = name, common
                break
    return best


def _people(text: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield the names of two or three words that are no company's and no figure's."""
    for name in names_in(text):
        words = name.split()
        plain = any(word.lower() in function_words() for word in words)
        if len(words) not in (2, 3) or plain or person_weight("", name) == 0:
            continue
        if not find_companies(name, catalogue) and not find_metrics(name):
            yield name
