"""How well the best quotes carry an answer: what the decision about silence looks at."""

import re
from collections.abc import Sequence

import numpy as np

from askretail.catalogue import Catalogue
from askretail.features import Matrix
from askretail.nouns import Reading
from askretail.quotes import Quote
from askretail.scope import in_scope
from askretail.text import content_words, stem
from askretail_index.lexical import count_passages
from askretail_index.library import Library

NAMES = (
    "quote",  # cosine of the best of the first FIRST quotes
    "names_missing",  # share of the question's names that none of the first quotes' passages has
    "count_missing",  # "how many robots": no quote counts robots
    "share_missing",  # a share is asked for, and none of the first quotes has one
    "years_missing",  # share of the asked years that no document of the companies prints
    "period_missing",  # share of the first quotes that are about another period than asked for
)
FIRST = 5
FAR = 20  # quotes looked through for names and counts

_HOW_MANY = re.compile(
    r"\bhow many (?:\w+ly |of (?:its|the|those|these) )?((?:[\w+&'-]+ ){0,3})", re.I
)
_LITTLE = re.compile(r"are|were|is|was|do|does|did|have|has|had|it|they|the", re.I)
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?)"
_WANTS_SHARE = re.compile(
    r"\b(?:what|which) (?:share|portion|percent\w*|part|proportion|fraction|rate|commission)\b|%|"
    r"\bshare of\b|\bhow (?:much|large|big) (?:a )?(?:part|share) of\b",
    re.I,
)
_SHARE = re.compile(
    r"\d\s?%|\bpercent|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|all|nearly all)\b",
    re.I,
)
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w&+'’-]*")


def evidence(
    library: Library, catalogue: Catalogue, reading: Reading, quotes: Sequence[Quote]
) -> Matrix:
    """Return the evidence in the order of NAMES."""
    first = quotes[:FIRST]
    return np.array(
        [
            max((q.cosine for q in first), default=0.0),
            _missing_names(reading, quotes[:FAR]),
            float(_uncounted(reading.standalone, quotes[:FAR])),
            float(_unshared(reading.standalone, first)),
            _missing_years(library, catalogue, reading),
            sum(not q.timely for q in first) / max(len(first), 1),
        ]
    )


def _missing_years(library: Library, catalogue: Catalogue, reading: Reading) -> float:
    """Return the share of the asked years that no passage and no heading prints."""
    years = {period.year for period in reading.periods}
    about, _ = in_scope(reading, catalogue)
    forms = {year: (str(year), f"FY{year}") for year in years}
    printed = count_passages(library.store, [f for both in forms.values() for f in both], about)
    missing = sum(not any(printed[form] for form in both) for both in forms.values())
    return missing / max(len(years), 1)


def _missing_names(reading: Reading, quotes: Sequence[Quote]) -> float:
    """Return the share of names, companies apart, that stand in no passage of the quotes."""
    companies = content_words(" ".join((*reading.companies, *reading.unknown)))
    names = {
        name for name in _NAME.findall(reading.standalone) if not content_words(name) <= companies
    }
    if not names:
        return 0.0
    there = " ".join(
        f"{q.hit.document.title} {' '.join(q.hit.section)} {q.hit.text}" for q in quotes
    )
    lower = there.lower().replace("’", "'")
    return sum(_bare(name) not in lower for name in names) / len(names)


def _bare(name: str) -> str:
    return name.lower().replace("’", "'").removesuffix("'s")


def _unshared(question: str, quotes: Sequence[Quote]) -> bool:
    """Return whether a question asks for a share or a rate and no quote has one."""
    if _WANTS_SHARE.search(question) is None:
        return False
    return not any(_SHARE.search(q.text) for q in quotes)


def _uncounted(question: str, quotes: Sequence[Quote]) -> bool:
    """Return whether a question counts things and no quote has a number of them."""
    asked = _HOW_MANY.search(question)
    if asked is None:
        return False
    things = [stem(word.lower()) for word in asked.group(1).split() if not _LITTLE.fullmatch(word)]
    if not things:
        return False
    thing = re.escape(things[-1])
    counted = re.compile(
        rf"\b{_NUMBER}\b(?:\s+[\w-]+){{0,4}}?\s+{thing}|\b{thing}\w*\b[^.;\n]{{0,60}}?\b\d", re.I
    )
    return not any(counted.search(q.text) for q in quotes)
