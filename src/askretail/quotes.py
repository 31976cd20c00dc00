"""Passages to quotes: the sentences and rows in them, each scored by how well it answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from askretail.catalogue import Catalogue
from askretail.features import Matrix
from askretail.lexicon import topic
from askretail.near import CONTEXT, Nearness, nearness
from askretail.nouns import Hit, Reading
from askretail.quote_features import NAMES, Candidate, quote_features
from askretail.rank import read_weights
from askretail.text import alike, content_words, is_apparatus, is_boilerplate
from askretail_index.embed import Vectors
from askretail_index.library import Library
from askretail_index.span_vectors import spans_of

_LABEL = re.compile(r"[^\W\d_]{2}")
_MONTHS = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
MOST = 60  # quotes; an answer takes six and silence looks at twenty
MIN_WORDS = 4  # fewer are a heading or a stray cell


@dataclass(frozen=True, slots=True)
class Quote:
    """A span that may be cited, with the hit it lies in."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    cosine: float
    head: str  # what stands above it: for a row the title of its table and the column heads
    timely: bool  # about the period asked for, as far as it says
    words: frozenset[str]


def weigh(
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    vector: Vectors,
    hits: Sequence[Hit],
) -> list[Quote]:
    """Return the quotes of the hits, best first, near-duplicates left out."""
    candidates, features = weighable(library, catalogue, reading, vector, hits)
    scores = features @ read_weights("quotes.toml", NAMES)
    own = features[:, NAMES.index("strange_company")] == 0
    if own.any():  # what another company does is no answer
        candidates = [c for c, kept in zip(candidates, own, strict=True) if kept]
        features, scores = features[own], scores[own]
    timely = features[:, NAMES.index("strange_period")] == 0
    quotes = [
        Quote(
            c.hit, c.start, c.end, c.text, score, c.cosines[0], c.head, now, content_words(c.text)
        )
        for c, score, now in zip(candidates, scores.tolist(), timely.tolist(), strict=True)
    ]
    return _distinct(sorted(quotes, key=lambda q: (-q.score, q.hit.passage_id, q.start)))


def weighable(
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    vector: Vectors,
    hits: Sequence[Hit],
) -> tuple[list[Candidate], Matrix]:
    """Return what may be quoted of the hits, and what its score looks at, one row each."""
    asked = topic(reading)
    about = vector if asked == reading.standalone else library.embedder.embed_query(asked)
    near = nearness(library, reading)
    candidates = _candidates(library, hits, np.stack([about, vector]), near)
    return candidates, quote_features(reading, catalogue, candidates)


def _candidates(
    library: Library, hits: Sequence[Hit], queries: Vectors, near: Nearness
) -> list[Candidate]:
    stored = library.store.passages([hit.passage_id for hit in hits])
    found = []
    scored = spans_of(library.store, stored, queries)
    for rank, (hit, spans) in enumerate(zip(hits, scored, strict=True)):
        best = float(spans.cosines[:, 0].max(initial=0.0))
        context = spans.stored.context
        above = CONTEXT * near.of_text(context)
        for (start, end), cosines in zip(spans.places, spans.cosines.tolist(), strict=True):
            text = hit.text[start:end]
            if _says_something(text, hit, context):
                own = near.of_text(text)
                both = near.share(own), near.share(np.maximum(own, above))
                first, last, pair = hit.start + start, hit.start + end, (cosines[0], cosines[1])
                found.append(Candidate(hit, context, first, last, rank, pair, best, both))
    return found


def _says_something(text: str, hit: Hit, context: str) -> bool:
    if is_boilerplate(text) or is_apparatus(hit.section) or text.strip() in hit.section:
        return False
    if hit.kind == "table":  # a row, with a label that is more than a date
        if text.strip() in context:  # the table's own title or head
            return False
        return _LABEL.search(_MONTHS.sub("", text)) is not None and bool(re.search(r"\d", text))
    return len(text.split()) >= MIN_WORDS and not text.rstrip().endswith("?")


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the first MOST quotes, near-duplicates of a better one left out."""
    kept: list[Quote] = []
    for quote in quotes:
        if len(kept) < MOST and not any(alike(quote.words, other.words) for other in kept):
            kept.append(quote)
    return kept
