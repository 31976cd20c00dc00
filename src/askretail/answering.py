"""One question through every stage, each stage's result given as it is ready."""

import time
from collections.abc import Iterator
from dataclasses import replace

from askretail.absent import absent_topic, untold
from askretail.beside import Beside
from askretail.catalogue import Catalogue
from askretail.choose import chosen, sure
from askretail.cite import cite
from askretail.compose import found_answer, missing_answer
from askretail.evidence import evidence
from askretail.figure_answer import complete, led_by_figures, with_figures
from askretail.figures import figure_points, groups_of
from askretail.nouns import Answer, Hit, Point, Reading
from askretail.officeholder import holder_lines, office_of, unheld
from askretail.quotes import Quote, weigh
from askretail.retrieve import HITS, Retrieved, retrieve
from askretail.sides import sides
from askretail.silence import out_of_reach, reasons
from askretail.stated import stated_first
from askretail_index.library import Library

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
    absent = () if figures else absent_topic(library, catalogue, reading, quotes)
    points = [] if absent else _points(library, catalogue, reading, found, quotes)
    if figures:
        points = with_figures(figures, points, groups)
    if not any(point.citations for point in points):
        nearest = [cite(library, q) for q in quotes[:NEAREST]]
        why = untold(absent, reading) or unheld(reading, catalogue)
        why = why or reasons(reading, evidence(library, catalogue, reading, quotes))
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
    if office := office_of(reading, catalogue):  # what else is near is about somebody else
        lines = holder_lines(office, library, catalogue, reading, quotes)
        return [Point("", "", tuple(cite(library, line) for line in lines))] if lines else []
    parts = sides(catalogue, reading)
    if len(parts) > 1:
        beside = Beside(library, catalogue, found)
        return [beside.point(name, part) for name, part in parts]
    if not sure(library, catalogue, reading, quotes):
        return []
    return [Point("", "", chosen(library, reading, quotes))]
