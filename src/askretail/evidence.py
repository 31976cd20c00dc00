"""How well the best quotes carry an answer: what the decision about silence looks at."""

import re
from collections.abc import Sequence

import numpy as np

from askretail.features import Matrix
from askretail.nouns import Reading
from askretail.quote_features import wanted_words
from askretail.quotes import Quote
from askretail.text import content_words, stem

NAMES = (
    "quote",  # cosine of the best of the first FIRST quotes
    "quote_mean",  # their mean
    "passage",  # cosine of the best passage
    "words",  # share of the question's words in the first FIRST quotes, headings and passages
    "words_quote",  # share of them in one quote, at best
    "names_missing",  # share of the question's names that none of the first quotes' passages has
    "figure_missing",  # a figure is asked for, and none of the first FIRST quotes has one
    "count_missing",  # "how many robots": no quote counts robots
    "unknown",  # it names a company that no document is about
)
FIRST = 5
FAR = 20  # quotes looked through for names and counts

_HOW_MANY = re.compile(
    r"\bhow many (?:\w+ly |of (?:its|the|those|these) )?((?:[\w+&'-]+ ){0,3})", re.I
)
_LITTLE = {
    "are",
    "were",
    "is",
    "was",
    "do",
    "does",
    "did",
    "have",
    "has",
    "had",
    "it",
    "they",
    "the",
}
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?)"
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w&+'’-]*")
_WANTS_FIGURE = re.compile(
    r"\bhow (?:many|much|large|big|far|high|concentrated)\b|"
    r"\bwhat (?:share|portion|percent\w*|part|proportion|%|number|price|amount|return|target)\b|%",
    re.I,
)


def evidence(reading: Reading, quotes: Sequence[Quote], best_passage: float) -> Matrix:
    """Return the evidence in the order of NAMES; ``best_passage`` is a cosine."""
    first = quotes[:FIRST]
    cosines = [q.cosine for q in first] or [0.0]
    wanted = wanted_words(reading)
    said = content_words(" ".join(f"{' '.join(q.hit.section)} {q.hit.text}" for q in first))
    shares = [len(wanted & q.words) / len(wanted) for q in first] if wanted else [1.0]
    question = reading.standalone
    wants_figure = reading.intent == "number" or _WANTS_FIGURE.search(question) is not None
    figures = any(re.search(r"\d", q.text) for q in first)
    return np.array(
        [
            max(cosines),
            sum(cosines) / len(cosines),
            best_passage,
            len(wanted & said) / len(wanted) if wanted else 1.0,
            max(shares, default=0.0),
            _missing_names(reading, quotes[:FAR]),
            float(wants_figure and not figures),
            float(_uncounted(question, quotes[:FAR])),
            float(bool(reading.unknown)),
        ]
    )


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


def _uncounted(question: str, quotes: Sequence[Quote]) -> bool:
    """Return whether a question counts things and no quote has a number of them."""
    asked = _HOW_MANY.search(question)
    if asked is None:
        return False
    things = [stem(word.lower()) for word in asked.group(1).split() if word.lower() not in _LITTLE]
    if not things:
        return False
    thing = re.escape(things[-1])
    counted = re.compile(
        rf"\b{_NUMBER}\b(?:\s+[\w-]+){{0,4}}?\s+{thing}|\b{thing}\w*\b[^.;\n]{{0,60}}?\b\d", re.I
    )
    return not any(counted.search(q.text) for q in quotes)
