"""One question through every stage, each stage's result given as it is ready."""

import time
from collections.abc import Iterator
from dataclasses import replace

from askretail.beside import Beside
from askretail.catalogue import Catalogue
from askretail.choose import chosen, sure
from askretail.cite import cite
from askretail.compose import found_answer, missing_answer
from askretail.evidence import evidence
from askretail.figure_answer import complete, led_by_figures, with_figures
from askretail.figures import figure_points, groups_of
from askretail.nouns import Answer, Asked, Hit, Point, Reading
from askretail.officer import office_asked, officer_lines
from askretail.quotes import Quote, weigh
from askretail.retrieve import Retrieved, retrieve
from askretail.sides import sides
from askretail.silence import out_of_reach, reasons
from askretail.stated import stated_first
from askretail_index.library import Library

HITS = 50  # passages looked at for an answer
NEAREST = 2  # nearest misses shown when nothing was found

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
    weighed = weigh(library, catalogue, reading, found.vector, found.hits)
    quotes = stated_first(reading.standalone, weighed)
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
    if lines := _officers(library, catalogue, reading, quotes):
        return [Point("", "", tuple(cite(library, line) for line in lines))]
    parts = sides(catalogue, reading)
    if len(parts) > 1:
        beside = Beside(library, catalogue, found)
        return [beside.point(name, part) for name, part in parts]
    if not sure(library, catalogue, reading, quotes):
        return []
    return [Point("", "", chosen(library, reading, quotes))]


def _officers(
    library: Library, catalogue: Catalogue, reading: Reading, quotes: list[Quote]
) -> list[Quote]:
    """Return the lines that answer who holds an office, those of the newest report if any has.

    "Who runs it" is also asked in full, and of that report alone: of lines that are repeated from
    year to year only one was left.
    """
    office = office_asked(reading, catalogue)
    if not office or len(reading.companies) != 1:
        return []
    lines = officer_lines(office, reading, quotes, catalogue)
    annual = (e for e in catalogue.entries if reading.companies == e.companies and e.year)
    newest = max((e.year or 0 for e in annual if e.doc_type == "10-K"), default=0)
    if reading.periods and lines:
        return lines
    if any(newest in (0, period.year) for q in lines if (period := q.hit.document.period)):
        return lines
    full = f"{office} officer of {reading.companies[0]}, executive officers of the registrant"
    periods = reading.periods or ((Asked(newest),) if newest else ())
    asked = replace(reading, standalone=full, intent="fact", periods=periods)
    vector = library.embedder.embed_query(full)
    hits = retrieve(library, catalogue, asked, k=HITS, vector=vector).hits
    again = weigh(library, catalogue, asked, vector, hits)
    return officer_lines(office, asked, again, catalogue) or lines
