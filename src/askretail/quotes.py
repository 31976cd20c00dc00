"""Passages to quotes: the sentences and rows in them, each scored by how well it answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from askretail.belongs import about_company, about_period
from askretail.catalogue import Catalogue
from askretail.lexicon import metrics, topic
from askretail.nouns import Hit, Reading
from askretail.text import alike, content_words, is_boilerplate, overlap
from askretail_index.embed import Vectors
from askretail_index.library import Library
from askretail_ingest.sentences import sentences

MAX_QUOTE = 400  # characters; a table row may be longer
MIN_WORDS = 4  # fewer are a heading or a stray cell
PASSAGES = 12  # hits whose sentences are weighed
EMBEDDED = 32  # of them that the model reads, the most promising by their words and place
FEW_WORDS = 4  # a question of fewer content words gives its words no more say than of so many
# Weights of a quote's score, set on the questions in eval/results.md.
COSINE, WORDS, LABEL, FIGURE, YEAR, PLACE = 1.0, 0.35, 0.35, 0.12, 0.1, 0.06
STRANGE = -0.5  # words about another company or year than the one asked for

_FIGURE = re.compile(
    r"\$\s?\d|\d[\d,.]*\s?(?:%|percent|million|billion|basis points)|\d{1,3}(?:,\d{3})+"
)
_CLAUSE = re.compile(r"(?<=[;:,])\s+|\s+(?=(?:and|but|which|while|because)\s)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A span that may be cited, with the hit it lies in."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    cosine: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Span:
    """A sentence or row before the model has read it."""

    hit: Hit
    head: str  # what stands in front of its passage for the embedder
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        return self.hit.document.text[self.start : self.end]


def weigh(
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    vector: Vectors,
    hits: Sequence[Hit],
) -> list[Quote]:
    """Return the quotes of the first hits, best first, near-duplicates left out."""
    if topic(reading) != reading.standalone:
        vector = library.embedder.embed_query(topic(reading))
    spans = _promising(library, catalogue, reading, hits)
    if not spans:
        return []
    inputs = [f"{span.head}\n{span.text}" for span in spans]
    cosines = np.asarray(library.embedder.embed_passages(inputs) @ vector)
    quotes = [
        Quote(s.hit, s.start, s.end, s.text, s.score + COSINE * c, c, content_words(s.text))
        for s, c in zip(spans, map(float, cosines), strict=True)
    ]
    return _distinct(sorted(quotes, key=lambda q: (-q.score, q.hit.passage_id, q.start)))


def _promising(
    library: Library, catalogue: Catalogue, reading: Reading, hits: Sequence[Hit]
) -> list[_Span]:
    """Return the spans worth reading with the model, best first."""
    stored = library.store.passages([hit.passage_id for hit in hits[:PASSAGES]])
    heads = {s.id: s.context for s in stored}
    wanted = wanted_words(reading)
    spans = []
    for hit in hits[:PASSAGES]:
        head = heads.get(hit.passage_id, "")
        for start, end in _spans(hit):
            text = hit.document.text[start:end]
            if not _says_something(text, hit):
                continue
            score = _score_words(text, reading, wanted, row=hit.kind == "table")
            score += PLACE * (hit.score - hits[0].score)
            if not about_company(hit, start, end, reading.companies, catalogue):
                score += STRANGE
            if not about_period(text, head, hit, reading.periods):
                score += STRANGE
            spans.append(_Span(hit, head, start, end, score))
    return sorted(spans, key=lambda s: (-s.score, s.hit.passage_id, s.start))[:EMBEDDED]


def _score_words(text: str, reading: Reading, wanted: frozenset[str], *, row: bool) -> float:
    share = overlap(wanted, text) * min(1.0, len(wanted) / FEW_WORDS)
    return (
        WORDS * share
        + LABEL * _names_metric(text, reading, row=row)
        + FIGURE * _has_figure(text, reading)
        + YEAR * _has_year(text, reading)
    )


def _spans(hit: Hit) -> list[tuple[int, int]]:
    """Return the rows or sentences of a hit, long sentences cut at a clause."""
    text = hit.document.text
    if hit.kind == "table":
        spans = []
        start = hit.start
        for line in hit.text.split("\n"):
            spans.append((start, start + len(line)))
            start += len(line) + 1
        return spans
    return [
        part
        for start, end in sentences(text, hit.start, hit.end)
        for part in _short_enough(text, start, end)
    ]


def _short_enough(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the span, or its clauses joined up to MAX_QUOTE characters each."""
    if end - start <= MAX_QUOTE:
        return [(start, end)]
    cuts = [start + m.end() for m in _CLAUSE.finditer(text[start:end])]
    words = [start + m.end() for m in re.finditer(r"\s+", text[start:end])]
    parts, first = [], start
    while end - first > MAX_QUOTE:
        reach = [c for c in cuts if first < c <= first + MAX_QUOTE]
        reach = reach or [c for c in words if first < c <= first + MAX_QUOTE]
        cut = reach[-1] if reach else first + MAX_QUOTE
        parts.append((first, first + len(text[first:cut].rstrip())))
        first = cut
    parts.append((first, end))
    return parts


def _says_something(text: str, hit: Hit) -> bool:
    if is_boilerplate(text) or text.strip() in hit.section:
        return False
    if hit.kind == "table":
        return bool(re.search(r"[^\W\d]", text)) and bool(re.search(r"\d", text))
    return len(text.split()) >= MIN_WORDS and not text.rstrip().endswith("?")


def wanted_words(reading: Reading) -> frozenset[str]:
    """Return the question's content words without companies and years, which the place shows."""
    names = content_words(" ".join((*reading.companies, *reading.unknown)))
    words = content_words(topic(reading)) - names
    return frozenset(w for w in words if not re.fullmatch(r"(?:fy)?(?:19|20)?\d\d", w))


def _names_metric(text: str, reading: Reading, *, row: bool) -> float:
    """Return 1 for a row whose label is the metric asked for, less where it is only mentioned."""
    lower = text.lower().replace("’", "'")
    prints = [p.lower() for name in reading.metrics for p in metrics()[name].prints]
    if row and any(lower.startswith(p) or lower.startswith(f"total {p}") for p in prints):
        return 1.0
    return 0.4 if any(p in lower for p in prints) else 0.0


def _has_figure(text: str, reading: Reading) -> float:
    wants = reading.intent in ("number", "change") or bool(reading.metrics)
    return float(wants and _FIGURE.search(text) is not None)


def _has_year(text: str, reading: Reading) -> float:
    return float(any(str(period.year) in text for period in reading.periods))


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    kept: list[Quote] = []
    for quote in quotes:
        if not any(alike(quote.words, other.words) for other in kept):
            kept.append(quote)
    return kept
