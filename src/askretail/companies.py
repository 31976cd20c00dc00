"""The companies that a question names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from askretail.catalogue import Catalogue, Name, fold, key

MIN_TYPO_LENGTH = 5  # shorter words have too many neighbours one letter away
MIN_PLURAL_LENGTH = 4  # "amazons" means Amazon's; "aws" is no plural
MIN_SHOUTED_LENGTH = 3  # "GAP" and "META" are names, "LOW" is listed as it is written
REMEMBERED = 4096  # texts; the heading and the passage around a sentence are asked for each time
_WORD = re.compile(r"[a-z][\w.&'-]*")
_JOINS = re.compile(r"(?:'s)?\s*(?:,|,?\s*(?:and|or|vs\.?|versus|than|with|to|against|&))\s*")
# A word that makes what follows a plain noun: "the target's price".
_DETERMINED = re.compile(r"\b(?:the|an?|its|their|our|this|that|each|every|his|her)\s+$")
_ASKED_OF = re.compile(r"\b(?:does|did|has)\s+$")  # "what does target say": a subject, so a name
_FIGURE_NEXT = re.compile(
    r"\s+(?:inc\b|corp|stores?\b|fy|fiscal|q[1-4]|(?:19|20)\d\d|net sales|sales|revenues?|capex|"
    r"margins?|earnings|comps|comparable|e-?commerce|inventor)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A company named in a question at ``[start, end)``; ``known`` when documents are about it."""

    company: str
    start: int
    end: int
    known: bool


@lru_cache(maxsize=REMEMBERED)
def companies_in(text: str, catalogue: Catalogue) -> tuple[Named, ...]:
    """Return the companies that a text names in so many words, in order of appearance."""
    return tuple(named for named, sure in _scan(text, catalogue) if sure)


@lru_cache(maxsize=REMEMBERED)
def find_companies(question: str, catalogue: Catalogue) -> tuple[Named, ...]:
    """Return the companies that a question means, also misspelt or without their capital."""
    scanned = list(_scan(question, catalogue))
    kept = [named for named, sure in scanned if sure]
    folded = fold(question)
    for named in (named for named, sure in scanned if not sure):
        if _meant(named, question, folded, kept, catalogue):
            kept.append(named)
    kept += _typos(folded, kept, catalogue)
    return tuple(sorted(kept, key=lambda n: n.start))


def _scan(text: str, catalogue: Catalogue) -> Iterator[tuple[Named, bool]]:
    """Yield each name and whether it is one for sure, not a word that looks like it."""
    folded, position = fold(text), 0
    while match := catalogue.pattern.search(folded, position):
        start, end = match.span(1)
        name = catalogue.lookup.get(key(match.group(1)))
        plural = bool(match.group(2))
        if name is None or (plural and (name.written or end - start < MIN_PLURAL_LENGTH)):
            position = start + 1
            continue
        end = match.end()
        yield Named(name.company, start, end, name.known), _written_as_name(text, start, end, name)
        position = end


def _written_as_name(text: str, start: int, end: int, name: Name) -> bool:
    if not name.written:
        return True
    here = text[start:end]
    shouted = here.isupper() and len(here) >= MIN_SHOUTED_LENGTH and not text.isupper()
    if not shouted and _letters(here) != _letters(name.written):
        return False
    before = text[:start].rstrip()
    opens = not before or before[-1] in ".?!:"
    return not (opens and name.also_word and not shouted)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _meant(
    named: Named, question: str, folded: str, kept: Iterable[Named], catalogue: Catalogue
) -> bool:
    """Return whether a word that may be a name is one here."""
    after = folded[named.end :]
    if re.match(r"'s?\b", after) and not _DETERMINED.search(folded[: named.start]):
        return True
    if any(_joined(folded, named, other) for other in kept):
        return True
    if _ASKED_OF.search(folded[: named.start]) and re.match(r"\s+[a-z]", after):
        return True
    if question[named.start].isupper():
        return _FIGURE_NEXT.match(after) is not None
    bare = {key(name) for name in catalogue.lower_names}
    return key(folded[named.start : named.end]) in bare and not re.search(r"[A-Z]", question[1:])


def _joined(text: str, one: Named, other: Named) -> bool:
    first, second = sorted((one, other), key=lambda n: n.start)
    return _JOINS.fullmatch(text[first.end : second.start]) is not None


def _typos(folded: str, kept: Iterable[Named], catalogue: Catalogue) -> list[Named]:
    """Return companies whose name a word of the question, or two together, nearly spell."""
    taken = [(n.start, n.end) for n in kept]
    words = [(m.start(), m.start() + len(_bare(m.group()))) for m in _WORD.finditer(folded)]
    pairs = [(one[0], two[1]) for one, two in pairwise(words) if folded[one[1] : two[0]] == " "]
    found = []
    for start, end in (*words, *pairs):
        if any(start < e and end > s for s, e in taken):
            continue
        name = _near(key(folded[start:end]), catalogue)
        if name is not None:
            taken.append((start, end))
            found.append(Named(name.company, start, end, True))
    return found


def _bare(word: str) -> str:
    return re.sub(r"'s?$|[.'-]+$", "", word)


def _near(word: str, catalogue: Catalogue) -> Name | None:
    """Return the name that one slip of the keys turns into the word; the first letter stands."""
    if len(word) < MIN_TYPO_LENGTH:
        return None
    for spelt, name in catalogue.spellable.get(word[0], ()):
        close = len(spelt) >= MIN_TYPO_LENGTH and abs(len(spelt) - len(word)) <= 1
        if close and _one_slip(spelt, word):
            return name
    return None


def _one_slip(right: str, typed: str) -> bool:
    """Return whether one letter is missing, added, changed or swapped with the next.

    >>> _one_slip("costco", "cosco"), _one_slip("pepsico", "pepisco"), _one_slip("nike", "bike")
    (True, True, True)
    >>> _one_slip("walmart", "wallmarts")
    False
    """
    if len(right) > len(typed):
        right, typed = typed, right
    start = 0
    while start < len(right) and right[start] == typed[start]:
        start += 1
    if len(right) < len(typed):
        return right[start:] == typed[start + 1 :]
    swapped = right[start : start + 2] == typed[start : start + 2][::-1]
    return right[start + 1 :] == typed[start + 1 :] or (
        swapped and right[start + 2 :] == typed[start + 2 :]
    )
