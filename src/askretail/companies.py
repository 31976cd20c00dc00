"""The companies that a question names."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from askretail.catalogue import Catalogue

MIN_TYPO_LENGTH = 5  # shorter words have too many neighbours one letter away
TYPO_RATIO = 0.86  # "walmrt", "cosco", "amzon" pass; "amazing", "target/targeted" do not
_WORD = re.compile(r"[A-Za-z][\w.&'’-]*")


@dataclass(frozen=True, slots=True)
class Named:
    """A company named in a question at ``[start, end)``; ``known`` when documents are about it."""

    company: str
    start: int
    end: int
    known: bool


def find_companies(question: str, catalogue: Catalogue) -> tuple[Named, ...]:
    """Return the companies named, in order, the longest name winning where two overlap."""
    found = [
        *_matches(question, catalogue.names.items(), catalogue, known=True),
        *_matches(question, catalogue.others.items(), catalogue, known=False),
    ]
    kept: list[Named] = []
    for named in sorted(found, key=lambda n: (-(n.end - n.start), n.start)):
        if all(named.end <= other.start or named.start >= other.end for other in kept):
            kept.append(named)
    if not kept:
        kept = _typos(question, catalogue)
    return tuple(sorted(kept, key=lambda n: n.start))


def _matches(
    question: str, names: Iterable[tuple[str, str]], catalogue: Catalogue, *, known: bool
) -> Iterable[Named]:
    lower = question.lower().replace("’", "'")
    exact = {name.lower(): name for name in catalogue.case_sensitive}
    for name, company in names:
        position = lower.find(name)
        while position >= 0:
            end = position + len(name)
            if _whole_word(lower, position, end) and _capital_fits(
                question, position, end, exact.get(name), catalogue
            ):
                yield Named(company, position, end, known)
            position = lower.find(name, end)


def _whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum() or before in "-&")


def _capital_fits(
    question: str, start: int, end: int, written: str | None, catalogue: Catalogue
) -> bool:
    """Return whether a name that is also a word is written as a name here."""
    if written is None:
        return True
    if question[start:end] != written:
        return False
    opens = not question[:start].strip() or question[:start].rstrip()[-1] in ".?!"
    return not (opens and written in catalogue.also_words)


def _typos(question: str, catalogue: Catalogue) -> list[Named]:
    """Return companies whose name a word of the question nearly spells."""
    names = [name for name in catalogue.names if len(name) >= MIN_TYPO_LENGTH and " " not in name]
    found = []
    for match in _WORD.finditer(question):
        word = match.group().lower().removesuffix("'s").removesuffix("’s")
        if len(word) < MIN_TYPO_LENGTH:
            continue
        near = difflib.get_close_matches(word, names, n=1, cutoff=TYPO_RATIO)
        if near and abs(len(near[0]) - len(word)) <= 1:
            found.append(Named(catalogue.names[near[0]], match.start(), match.end(), True))
    return found
