"""What the ranking looks at: one row of plain numbers a candidate page."""

import re
from collections.abc import Sequence
from string import digits

import numpy as np

from askretail.candidates import printed_words
from askretail.catalogue import Catalogue, Entry
from askretail.lexicon import metrics, statements
from askretail.near import Matrix as Matrix
from askretail.nouns import Reading
from askretail.signals import Candidate
from askretail_index.store import Store
from askretail_ingest.doctypes import authority

_PLAIN = (
    # of the page among the candidates
    "cosine",  # of the best passage, in standard deviations above the candidates' mean
    "cosine_raw",
    "cosine_second",  # the second-best passage, likewise standardised
    "sentence",  # the best sentence or row, likewise standardised
    "sentence_raw",
    "clauses",  # mean over the question's clauses of the best sentence, likewise standardised
    "clauses_raw",
    "bm25_page",  # share of the best candidate's
    "bm25_plain",
    "bm25_passage",
    "bm25_wide",
    "bm25_wide_passage",
    "near",  # words of the question that the best passage says in its own, standardised
    "near_raw",
    "near_two",  # the mean of the two best passages, likewise standardised
    "near_two_raw",
    "near_page",  # all passages together, likewise standardised
    "near_page_raw",
    "reciprocal_cosine",  # 1 / (10 + rank) * 10
    "reciprocal_sentence",
    "reciprocal_page",
    "reciprocal_passage",
    # of the document
    "many_companies",  # a text about several: share beyond the first
    "year_same",
    "year_next",  # the report a year later shows the asked year beside its own
    "year_after",
    "year_undated",
    "quarter",
    "annual",
    "age",  # years older than the newest of the company, when no period is asked for
    "doc_type",
    "authority",
    # of the page
    "year_on_page",  # share of the asked years that the page prints
    "statement_head",
    "phrase_head",  # one of the printed phrases stands in the page's head
    "digits",
    "position",
    "short",  # page with hardly any text
    "risk_overview",  # under Risk Factors, when an overview is asked for, and not of risks
    "exhibit",  # in a contract or another exhibit
)
FIGURE = "_figure"
# A figure stands in other places than an explanation: each feature once for all questions, and once
# more for those that ask for the figure of a metric or out of a statement (0 for all others).
NAMES = (*_PLAIN, *(name + FIGURE for name in _PLAIN))

_RISK_ASKED = re.compile(
    r"\b(?:risk|threat|expos|uncertain|depend|vulnerab|danger|hurt|harm|worr|concern|challenge)",
    re.IGNORECASE,
)
_RISK_FACTORS = re.compile(r"\bfactors\W*$|\brisk factors\b|\bforward-looking\b", re.IGNORECASE)
_EXHIBIT = re.compile(r"\bExhibit \d+\.\d+")
_ASCII, _DIGITS = re.compile(r"[\x00-\x7f]+"), re.compile(r"\d")
NUMBER_INTENTS = ("number", "change", "comparison")


def page_features(
    store: Store, catalogue: Catalogue, reading: Reading, candidates: Sequence[Candidate]
) -> Matrix:
    """Return the features: shape ``(len(candidates), len(NAMES))``, in the order of NAMES."""
    entries = {entry.id: entry for entry in catalogue.entries}
    heads, phrases = _wanted_heads(reading), printed_words(reading)
    documents = {
        number: _document_features(entries[number], reading, catalogue)
        for number in dict.fromkeys(c.document for c in candidates)
    }
    places = [  # in the order of NAMES: what the document says, then the page
        (*documents[c.document], *_page_features(store, c, reading, heads, phrases))
        for c in candidates
    ]
    plain = np.hstack((_signals(candidates), np.array(places, dtype=np.float64)))
    return np.hstack((plain, plain * float(_wants_figure(reading))))


def _signals(candidates: Sequence[Candidate]) -> Matrix:
    """Return what each search said of the pages, in the order of the first of NAMES."""
    second = np.array([c.cosines[1] if len(c.cosines) > 1 else 0.0 for c in candidates])
    best = np.array([c.cosines[0] if c.cosines else 0.0 for c in candidates])
    sentence = np.array([max(c.sentences.values(), default=0.0) for c in candidates])
    passage = np.array([max(c.bm25_passages.values(), default=0.0) for c in candidates])
    parts = np.array([c.clauses for c in candidates])
    pages = np.array([c.bm25_page for c in candidates])
    near = [sorted(c.near.values(), reverse=True) for c in candidates]
    closest = (
        np.array([n[0] if n else 0.0 for n in near]),
        np.array([sum(n[:2]) / 2 for n in near]),
        np.array([c.near_page for c in candidates]),
    )
    return np.column_stack(
        (
            standardise(best),
            best,
            standardise(second),
            standardise(sentence),
            sentence,
            standardise(parts),
            parts,
            _share(pages),
            _share(np.array([c.bm25_plain for c in candidates])),
            _share(passage),
            _share(np.array([c.bm25_wide for c in candidates])),
            _share(np.array([c.bm25_wide_passage for c in candidates])),
            *(column for values in closest for column in (standardise(values), values)),
            *(_reciprocal(values) for values in (best, sentence, pages, passage)),
        )
    )


def _wants_figure(reading: Reading) -> bool:
    """Return whether a question asks how large a metric is or how it changed."""
    return reading.intent in NUMBER_INTENTS and bool(reading.metrics or reading.statements)


def _document_features(entry: Entry, reading: Reading, catalogue: Catalogue) -> list[float]:
    asked = [period.year for period in reading.periods]
    gaps = [entry.year - year for year in asked] if entry.year is not None else []
    newest = max(
        (y for company in entry.companies for y in catalogue.years(company)),
        default=entry.year or 0,
    )
    age = 0.0 if asked or entry.year is None else min(newest - entry.year, 5) / 5
    quarters = {period.quarter for period in reading.periods if period.quarter is not None}
    return [
        1 - 1 / max(len(entry.companies), 1),
        float(0 in gaps),
        float(1 in gaps),
        float(2 in gaps),
        float(bool(asked) and entry.year is None),
        float(bool(quarters) and entry.quarter in quarters),
        float(bool(asked) and not quarters and entry.quarter is None),
        age,
        float(entry.doc_type in reading.doc_types),
        1 / (1 + authority(entry.doc_type)),
    ]


def _page_features(
    store: Store,
    candidate: Candidate,
    reading: Reading,
    heads: Sequence[str],
    phrases: Sequence[str],
) -> list[float]:
    document = store.document(candidate.document)
    page = document.pages[candidate.page - 1]
    text = document.text[page.start : page.end]
    head = text[:300].lower().replace("’", "'")
    years = {str(period.year) for period in reading.periods}
    figures = _count_digits(text) / max(len(text), 1)
    return [
        sum(year in text for year in years) / max(len(years), 1),
        float(any(wanted in head for wanted in heads)),
        float(any(phrase.lower() in head for phrase in phrases)),
        figures,
        candidate.page / max(len(document.pages), 1),
        float(len(text) < 200),
        *_part_features(candidate.section, reading),
    ]


def _count_digits(text: str) -> int:
    """Return how many decimal digits a text has, of any script."""
    others = "" if text.isascii() else _ASCII.sub("", text)
    return sum(map(text.count, digits)) + len(_DIGITS.findall(others))


def _part_features(section: str, reading: Reading) -> tuple[float, float]:
    """Return in which part of a filing a page is, as far as that speaks against it."""
    risky = off_risk(reading) and in_risk_factors(section)
    return float(risky), float(in_exhibit(section))


def off_risk(reading: Reading) -> bool:
    """Return whether an overview is asked for of anything but risks."""
    return reading.intent == "overview" and not _RISK_ASKED.search(reading.standalone)


def in_risk_factors(section: str) -> bool:
    """Return whether a section path leads through a filing's list of what may go wrong."""
    return _RISK_FACTORS.search(section) is not None


def in_exhibit(section: str) -> bool:
    """Return whether a section path leads into a contract or another exhibit of a filing."""
    return _EXHIBIT.search(section) is not None


def _wanted_heads(reading: Reading) -> tuple[str, ...]:
    known, parts = metrics(), statements()
    names = (*reading.statements, *(known[name].statement for name in reading.metrics))
    return tuple(
        head for name in dict.fromkeys(names) if name in parts for head in parts[name].heads
    )


def standardise(values: Matrix) -> Matrix:
    """Return values in standard deviations from their mean, 0 where all are the same."""
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def _share(values: Matrix) -> Matrix:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else np.zeros_like(values)


def _reciprocal(values: Matrix) -> Matrix:
    """Return 10 / (10 + rank) for each value, 0 where the value is 0; ties share order."""
    order = np.argsort(-values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    return np.where(values > 0, 10 / (10 + ranks), 0.0)
