"""How well the best quotes carry an answer: what the decision about silence looks at."""

import re
from collections.abc import Sequence

import numpy as np

from askretail.catalogue import Catalogue
from askretail.data_files import read_data, texts
from askretail.features import Matrix
from askretail.named import HOW_MANY, SHARE, WANTS_SHARE, bare, figure_apart, names_of
from askretail.nouns import Reading
from askretail.quotes import Quote
from askretail.scope import in_scope
from askretail_index.lexical import count_passages
from askretail_index.library import Library

NAMES = (
    "quote",  # cosine of the best of the first FIRST quotes
    "names_missing",  # share of the question's names that none of the first quotes' passages has
    "count_missing",  # "how many robots": no quote counts robots
    "count_nowhere",  # no document of the companies speaks of robots
    "share_missing",  # a share is asked for, and none of the first quotes has one
    "years_missing",  # share of the asked years that no document of the companies prints
    "period_missing",  # share of the first quotes that are about another period than asked for
    "figure_apart",  # a figure of something named is asked for, and no quote has both
)
FIRST = 5
FAR = 20  # quotes looked through for names and counts

_PLURAL = re.compile(r"(?!(?:does|was|is|has|its|this|us|across)\b)[a-z]{3,}(?<!s)s", re.I)
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?)"


def evidence(
    library: Library, catalogue: Catalogue, reading: Reading, quotes: Sequence[Quote]
) -> Matrix:
    """Return the evidence in the order of NAMES."""
    first = quotes[:FIRST]
    things = _counted_thing(reading.standalone)
    about, _ = in_scope(reading, catalogue)
    return np.array(
        [
            max((q.cosine for q in first), default=0.0),
            _missing_names(reading.standalone, catalogue, quotes[:FAR]),
            float(_uncounted(things, quotes[:FAR])),
            float(bool(things) and not any(count_passages(library.store, things, about).values())),
            float(_unshared(reading.standalone, first)),
            _missing_years(library, about, reading),
            sum(not q.timely for q in first) / max(len(first), 1),
            float(figure_apart(reading.standalone, catalogue, quotes[:FAR])),
        ]
    )


def _missing_years(library: Library, about: Sequence[int], reading: Reading) -> float:
    """Return the share of the asked years that no passage and no heading prints."""
    years = {period.year for period in reading.periods}
    forms = {year: (str(year), f"FY{year}") for year in years}
    printed = count_passages(library.store, [f for both in forms.values() for f in both], about)
    missing = sum(not any(printed[form] for form in both) for both in forms.values())
    return missing / max(len(years), 1)


def _missing_names(question: str, catalogue: Catalogue, quotes: Sequence[Quote]) -> float:
    """Return the share of names, companies apart, that stand in no passage of the quotes."""
    names = names_of(question, catalogue)
    if not names:
        return 0.0
    there = " ".join(
        f"{q.hit.document.title} {' '.join(q.hit.section)} {q.hit.text}" for q in quotes
    )
    lower = there.lower().replace("’", "'")
    return sum(bare(name) not in lower for name in names) / len(names)


def _unshared(question: str, quotes: Sequence[Quote]) -> bool:
    """Return whether a question asks for a share or a rate and no quote has one."""
    if WANTS_SHARE.search(question) is None:
        return False
    return not any(SHARE.search(q.text) for q in quotes)


def _counted_thing(question: str) -> tuple[str, ...]:
    """Return what a question counts and what else such a count may be of; empty for no count.

    >>> _counted_thing("How many drones does Walmart fly?")
    ('drone',)
    """
    asked = HOW_MANY.search(question)
    alike = read_data("counted.toml")
    for word in asked.group(1).lower().split() if asked else ():
        if word in alike or _PLURAL.fullmatch(word):
            named = _singular(word)
            return (named, *texts(alike.get(named, [])))
    return ()


def _singular(noun: str) -> str:
    """Return a noun without its plural ending: "factories" and "stores" become one of them."""
    return re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", noun))


def _uncounted(things: Sequence[str], quotes: Sequence[Quote]) -> bool:
    """Return whether a question counts things and no quote has a number of them."""
    if not things:
        return False
    forms = (rf"{re.escape(t.removesuffix('y'))}(?:y|ies|s|es)?" for t in things)
    thing = rf"\b(?:{'|'.join(forms)})\b"
    counted = re.compile(
        rf"\b{_NUMBER}\b(?:\s+[\w-]+){{0,4}}?\s+{thing}|{thing}[^.;\n]{{0,60}}?(?<![$€£\d.,])\d",
        re.I,
    )
    of_thing = re.compile(thing, re.I)
    return not any(
        counted.search(q.text)
        or (q.hit.kind == "table" and of_thing.search(f"{' '.join(q.hit.section)} {q.head}"))
        for q in quotes
    )
