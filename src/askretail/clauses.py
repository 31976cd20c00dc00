"""The parts of a question that ask for one thing each, without whom and when they ask about.

The vector of "Why is Nike leaving Brazil, and who takes over the shops?" lies between its two
halves and is near neither answer; the halves' own vectors are.
"""

import re

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.periods import find_periods

MOST = 4  # each costs an embedding
LEAST_WORDS = 3
_BREAK = re.compile(r"[,;:?!]|\s(?:and|but|or)\s")
_LEFT = re.compile(r"(?<!\w)['’]s?\b|\bfiscal\s*$|\b(?:in|for|of)\s+(?=[,;:?!]|$)")


def clauses(question: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the clauses of a question in order, the question itself when nothing is left.

    Companies and periods are left out: the documents in scope all share them.
    """
    bare = theme(question, catalogue)
    found: list[str] = []
    for part in (" ".join(part.split()) for part in _BREAK.split(bare) if part.strip()):
        if found and min(len(part.split()), len(found[-1].split())) < LEAST_WORDS:
            found[-1] = f"{found[-1]} {part}"  # "closures, remodels, outlets" is one list
        else:
            found.append(part)
    return tuple(found[:MOST]) or (question,)


def theme(question: str, catalogue: Catalogue) -> str:
    """Return a question without the companies and the periods that it names."""
    names = [(n.start, n.end) for n in find_companies(question, catalogue)]
    dates = [(d.start, d.end) for d in find_periods(question)]
    kept, last = [], 0
    for start, end in sorted({*names, *dates}):
        kept.append(question[last : max(start, last)])
        last = max(last, end)
    left = " ".join((*kept, question[last:]))
    return " ".join(_LEFT.sub(" ", " ".join(left.split())).split())
