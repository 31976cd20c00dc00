"""What the choice of quotes looks at: one row of plain numbers a sentence or table row."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from askretail.belongs import about_company, about_period
from askretail.catalogue import Catalogue
from askretail.features import Matrix, in_exhibit, in_risk_factors, off_risk
from askretail.lexicon import metrics, topic
from askretail.nouns import Hit, Reading
from askretail.text import content_words

NAMES = (
    # of meaning
    "cosine",  # with what the question is about
    "cosine_full",  # with the whole question
    "cosine_passage",  # the best of its passage's sentences, itself included
    # of the place
    "place",  # how far its passage's score lies below the best passage's
    "reciprocal",  # 1 / rank of its passage
    # of the words
    "words",  # share of the question's content words that it holds
    "words_rare",  # the same, each weighted by how few of the other spans hold it
    "words_section",  # share of them that its headings hold
    "near",  # how far its words say what the question's say, in their own or in near ones
    "near_context",  # the same with its context line
    "mention",  # it mentions the metric asked for
    "figure",  # it has a figure, and a number is asked for
    "figure_prose",  # it has a figure, and words are asked for
    "row_number",  # it is a row of what is asked for, and a number is
    "row_prose",  # it is a row, and words are asked for
    "cause",  # it names a cause, and the question asks why
    "year",  # it names an asked year
    "strange_company",  # about another company than those asked for
    "strange_period",
    "age",  # years its document is older than the newest, when no period is asked for
    "exhibit",  # in a contract or another exhibit
    "risk_overview",  # under Risk Factors, when an overview is asked for
    "intends",  # it tells of a plan or a step, when an overview is asked for
    "leans",  # opens with a word that points back
    "leans_overview",
    "fragment",  # a piece of a sentence
    "length",  # logarithm of its words
    "short",  # fewer than SHORT words
)
SHORT = 8  # words; so short a sentence is often a heading or a stub
FEW_WORDS = 4  # a question of fewer content words gives its words no more say than of so many
NUMBER_INTENTS = ("number", "change")
MAX_AGE = 5  # years; what is older counts no less

_FIGURE = re.compile(
    r"\$\s?\d|\d[\d,.]*\s?(?:%|percent|million|billion|basis points)|\d{1,3}(?:,\d{3})+"
)
_CAUSE = re.compile(
    r"\b(?:because|due to|driven by|as a result|resulting from|reflect(?:s|ing|ed)?|attribut\w+|"
    r"primarily|mainly|owing to|offset by|led by|caused by|thanks to|on account of)\b",
    re.IGNORECASE,
)
_INTENDS = re.compile(
    r"\b(?:strateg\w+|plans?|planned|aims?|aiming|intends?|intended|focus\w*|invest(?:s|ed|ing|ment)?|"
    r"expand\w*|launch\w*|open(?:s|ed|ing)|acquir\w+|partner\w*|build(?:s|ing)?|built|grow(?:s|ing)?|"
    r"offer(?:s|ed|ing)?|introduc\w+|develop(?:s|ed|ing)?|continu\w+ to|priorit\w+|goals?|"
    r"initiatives?|roll\w* out|enter(?:s|ed|ing)?|add(?:s|ed|ing))\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"^[a-z),;]|[^.!?:;”\"’')\d%—]$")
# A sentence that opens so leans on the one before it.
LEANS = re.compile(
    r"^(?:this|these|those|such|it|its|they|their|he|she|however|in addition|as a result|"
    r"the (?:increase|decrease|decline|change|growth)s?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or row that may be quoted."""

    hit: Hit
    head: str  # what stands in front of its passage for the embedder
    start: int  # in the document
    end: int
    rank: int  # of its passage, from 0
    cosines: tuple[float, float]  # with what the question is about, with the whole question
    cosine_passage: float
    near: tuple[float, float] = (0.0, 0.0)  # of its own words, of the context line's too

    @property
    def text(self) -> str:
        return self.hit.document.text[self.start : self.end]


def quote_features(
    reading: Reading, catalogue: Catalogue, candidates: Sequence[Candidate]
) -> Matrix:
    """Return the features: shape ``(len(candidates), len(NAMES))``, in the order of NAMES."""
    wanted = wanted_words(reading)
    words = [content_words(c.text) for c in candidates]
    rarity = _rarity(wanted, words)
    best = max((c.hit.score for c in candidates), default=0.0)
    rows = [
        (
            *candidate.cosines,
            candidate.cosine_passage,
            candidate.hit.score - best,
            1 / (1 + candidate.rank),
            *_word_features(candidate, own, wanted, rarity),
            *candidate.near,
            *_kind_features(candidate, own, wanted, reading),
            *_strange(candidate, reading, catalogue),
            *_overview_features(candidate, reading, catalogue),
            *_form_features(candidate, reading),
        )
        for candidate, own in zip(candidates, words, strict=True)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(candidates), len(NAMES))


def wanted_words(reading: Reading) -> frozenset[str]:
    """Return the question's content words without companies and years, which the place shows."""
    names = content_words(" ".join((*reading.companies, *reading.unknown)))
    words = content_words(topic(reading)) - names
    return frozenset(w for w in words if not re.fullmatch(r"(?:fy)?(?:19|20)?\d\d", w))


def _rarity(wanted: frozenset[str], spans: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Return how rare each wanted word is among the spans, summing to 1 (idf as in BM25)."""
    held = Counter(word for words in spans for word in words & wanted)
    idf = {w: math.log(1 + (len(spans) - held[w] + 0.5) / (held[w] + 0.5)) for w in wanted}
    total = sum(idf.values())
    return {word: value / total for word, value in idf.items()} if total else {}


def _word_features(
    candidate: Candidate,
    own: frozenset[str],
    wanted: frozenset[str],
    rarity: Mapping[str, float],
) -> tuple[float, float, float]:
    if not wanted:
        return 0.0, 0.0, 0.0
    say = min(1.0, len(wanted) / FEW_WORDS)
    headings = content_words(" ".join(candidate.hit.section[-2:]))
    return (
        say * len(own & wanted) / len(wanted),
        say * sum(rarity[word] for word in own & wanted),
        say * len(headings & wanted) / len(wanted),
    )


def _kind_features(
    candidate: Candidate, own: frozenset[str], wanted: frozenset[str], reading: Reading
) -> tuple[float, ...]:
    text, row = candidate.text, candidate.hit.kind == "table"
    number = reading.intent in NUMBER_INTENTS or bool(reading.metrics)
    figure = _FIGURE.search(text) is not None
    mention = _mentions_metric(text, reading)
    return (
        float(mention),
        float(number and figure),
        float(not number and figure),
        float(number and row and (mention or bool(own & wanted))),
        float(not number and row),
        float(reading.intent == "why" and _CAUSE.search(text) is not None),
        float(any(str(period.year) in text for period in reading.periods)),
    )


def _mentions_metric(text: str, reading: Reading) -> bool:
    lower = text.lower().replace("’", "'")
    return any(p.lower() in lower for name in reading.metrics for p in metrics()[name].prints)


def _strange(candidate: Candidate, reading: Reading, catalogue: Catalogue) -> tuple[float, float]:
    hit, text = candidate.hit, candidate.text
    company = about_company(hit, candidate.start, candidate.end, reading.companies, catalogue)
    period = about_period(text, candidate.head, hit, reading.periods)
    return float(not company), float(not period)


def _overview_features(
    candidate: Candidate, reading: Reading, catalogue: Catalogue
) -> tuple[float, ...]:
    overview = reading.intent == "overview"
    section = " > ".join(candidate.hit.section)
    return (
        _age(candidate.hit, reading, catalogue),
        float(in_exhibit(section)),
        float(off_risk(reading) and in_risk_factors(section)),
        float(overview and _INTENDS.search(candidate.text) is not None),
    )


def _age(hit: Hit, reading: Reading, catalogue: Catalogue) -> float:
    period = hit.document.period
    if reading.periods or period is None:
        return 0.0
    years = [year for name in hit.document.companies for year in catalogue.years(name)]
    return min(max(years, default=period.year) - period.year, MAX_AGE) / MAX_AGE


def _form_features(candidate: Candidate, reading: Reading) -> tuple[float, ...]:
    text = candidate.text
    words = len(text.split())
    leans = LEANS.match(text) is not None
    prose = candidate.hit.kind != "table"
    return (
        float(leans),
        float(leans and reading.intent == "overview"),
        float(prose and _FRAGMENT.search(text) is not None),
        math.log(1 + words),
        float(words < SHORT),
    )
