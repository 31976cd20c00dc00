"""One question through every stage, each stage's result given as it is ready."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from askretail.belongs import about_company, about_period
from askretail.catalogue import Catalogue
from askretail.cite import cite
from askretail.compose import QUOTES, found_answer, margin, missing_answer
from askretail.evidence import evidence
from askretail.figure_answer import complete, led_by_figures, with_figures
from askretail.figures import figure_points, groups_of
from askretail.nouns import Answer, Citation, Hit, Point, Reading
from askretail.quotes import Quote, weigh
from askretail.retrieve import Retrieved, retrieve
from askretail.sides import sides
from askretail.silence import out_of_reach, probability, reasons, threshold
from askretail_index.library import Library

HITS = 50  # passages looked at for an answer
NEAREST = 2  # nearest misses shown when nothing was found
REPEAT_COST = 1.0  # for each quote already taken from the same document, in an overview
LEAST = 3  # quotes of an overview, however far the best stands above the others
ON_THEME = 0.85  # share of the best cosine that a quote of an overview has at least

Stage = Reading | tuple[Hit, ...] | Answer


def stages(
    library: Library, catalogue: Catalogue, reading: Reading, *, began: float
) -> Iterator[Stage]:
    """Yield the reading, the hits and the answer; reading ``began`` then, by perf_counter."""
    yield reading
    clock = [began, time.perf_counter()]
    vector = library.embedder.embed_query(reading.standalone)
    found = retrieve(library, catalogue, reading, k=HITS, vector=vector)
    yield found.hits
    clock.append(time.perf_counter())
    answer = _answer(library, catalogue, reading, found)
    clock.append(time.perf_counter())
    names = ("read", "retrieve", "answer")
    took = tuple(
        (name, round(end - start, 4))
        for name, start, end in zip(names, clock, clock[1:], strict=False)
    )
    yield replace(answer, timings=took)


def _answer(library: Library, catalogue: Catalogue, reading: Reading, found: Retrieved) -> Answer:
    searched = (len(catalogue.entries), _passages(library, catalogue))
    figures, groups = figure_points(library, catalogue, reading), groups_of(catalogue, reading)
    if complete(figures, groups):
        return led_by_figures(found_answer(reading.question, reading, figures, searched))
    quotes = weigh(library, catalogue, reading, found.vector, found.hits)
    points = _points(library, catalogue, reading, found, quotes)
    if figures:
        points = with_figures(figures, points, groups)
    if not any(point.citations for point in points):
        nearest = [cite(library, q) for q in quotes[:NEAREST]]
        why = reasons(reading, evidence(library, catalogue, reading, quotes))
        return missing_answer(reading.question, reading, nearest, searched, why)
    return led_by_figures(found_answer(reading.question, reading, points, searched))


def _passages(library: Library, catalogue: Catalogue) -> int:
    """Return how many passages the documents have that may answer."""
    ids = ",".join(str(entry.id) for entry in catalogue.entries)
    query = f"SELECT count(*) FROM passages WHERE document IN ({ids})"
    return int(library.store.db.execute(query).fetchone()[0])


def _points(
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    found: Retrieved,
    quotes: list[Quote],
) -> list[Point]:
    """Return the parts of the answer; each side of a comparison must carry its own evidence."""
    if not quotes or out_of_reach(reading, quotes):
        return []
    parts = sides(catalogue, reading)
    if len(parts) > 1:
        return [_side_point(library, catalogue, name, part, found) for name, part in parts]
    if not _sure(library, catalogue, reading, quotes):
        return []
    return [Point("", "", _chosen(library, reading, quotes))]


def _sure(
    library: Library, catalogue: Catalogue, reading: Reading, quotes: Sequence[Quote]
) -> bool:
    return probability(evidence(library, catalogue, reading, quotes)) >= threshold()


def _side_point(
    library: Library, catalogue: Catalogue, name: str, reading: Reading, found: Retrieved
) -> Point:
    if reading.unknown:
        return Point(name, f"no {name} document {catalogue.where}")
    own = next((side.hits for side in found.sides if side.name == name), found.hits)
    weighed = weigh(library, catalogue, reading, found.vector, own)
    quotes = [q for q in weighed if _belongs(catalogue, reading, q)]
    if not quotes or not _sure(library, catalogue, reading, quotes):
        return Point(name, f"no evidence for {name}")
    return Point(name, "", _chosen(library, reading, quotes))


def _belongs(catalogue: Catalogue, reading: Reading, quote: Quote) -> bool:
    """Return whether a quote may stand under the company and the period of its side."""
    return about_company(
        quote.hit, quote.start, quote.end, reading.companies, catalogue
    ) and about_period(quote.text, quote.head, quote.hit, reading.periods)


def _chosen(library: Library, reading: Reading, quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Return the citations of the quotes that the intent needs, best first.

    An overview keeps to its theme and spreads over documents and sections: each repeat costs a
    little when the next quote is taken.
    """
    floor = quotes[0].score - margin(reading.intent)
    if reading.intent == "overview":
        theme = max(q.cosine for q in quotes) * ON_THEME
        left, least, spread = [q for q in quotes if q.cosine >= theme], LEAST, REPEAT_COST
    else:
        left, least, spread = list(quotes), 0, 0.0
    taken: list[Quote] = []
    while left and len(taken) < QUOTES[reading.intent]:
        best = max(left, key=lambda q: q.score - spread * _repeats(q, taken))
        if best.score < floor and len(taken) >= least:
            break
        taken.append(best)
        left.remove(best)
    return tuple(cite(library, quote) for quote in taken)


def _repeats(quote: Quote, taken: Sequence[Quote]) -> int:
    """Count how often the document and the section of a quote were taken before."""
    document = sum(quote.hit.document.id == other.hit.document.id for other in taken)
    section = sum(quote.hit.section == other.hit.section for other in taken)
    return document + section
