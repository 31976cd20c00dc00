"""The figures that a question asks for, read from statements or worked out, with their inputs."""

from collections.abc import Sequence
from dataclasses import replace

from askretail.asked_figure import FigureAsk, asked_figure
from askretail.books import Books
from askretail.catalogue import Catalogue
from askretail.figure_desk import Desk
from askretail.nouns import Asked, Point, Reading
from askretail.periods import find_periods
from askretail.relative import periods_of
from askretail.sides import sides
from askretail_index.library import Library

MOST_PERIODS = 5  # years that are shown one by one


def figure_points(library: Library, catalogue: Catalogue, reading: Reading) -> tuple[Point, ...]:
    """Return a point with figures for each company that the question asks one of; often none."""
    if not reading.companies or reading.intent in ("why", "overview"):
        return ()
    ask = asked_figure(reading.standalone, catalogue)
    if ask is None:
        return ()
    if len(reading.companies) == 1 and not reading.unknown:
        periods = periods_of(ask.rest, reading.companies, catalogue)
        if not ask.dates and any(dated.period not in periods for dated in find_periods(ask.rest)):
            return ()  # a year that is looked ahead to: no statement reports on it
        made = _of_company(library, catalogue, reading, ask, reading.companies[0], periods)
        return (made,) if made else ()
    points = []
    parts = dict(sides(catalogue, reading))
    for name in groups_of(catalogue, reading):
        part = parts.get(name) or replace(reading, companies=(name,))
        if part.companies == (name,):
            made = _of_company(library, catalogue, part, ask, name, part.periods)
            points += [replace(made, group=name)] if made else []
    return tuple(points)


def groups_of(catalogue: Catalogue, reading: Reading) -> tuple[str, ...]:
    """Return the companies that an answer with figures puts side by side; none for a single one."""
    if len(reading.companies) == 1 and not reading.unknown:
        return ()
    beside = [name for name, _ in sides(catalogue, reading)]
    if not set(beside) <= {*reading.companies, *reading.unknown}:
        return ()  # periods, of companies that are not put side by side
    return tuple(beside)


def _of_company(
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    ask: FigureAsk,
    company: str,
    periods: Sequence[Asked],
) -> Point | None:
    if ask.dates:
        periods = _ended(library, catalogue, company, ask.dates)
        if not {dated.period for dated in find_periods(ask.rest)} <= set(periods):
            return None  # "fiscal 2022, ended January 28, 2023", which the library calls 2023
    else:
        periods = sorted(set(periods), key=_age) or _latest(catalogue, company)
    if not periods or len(periods) > MOST_PERIODS:
        return None
    books = Books(library, catalogue, company, periods[-1], reading.doc_types)
    desk = Desk(library, books, ask)
    figures = [figure for wanted in ask.wanted for figure in desk.figures(wanted, periods)]
    if not any(figure.inputs for figure in figures):
        return None
    inputs = [one.citation for figure in figures for one in (*figure.inputs, *figure.others)]
    cited = {citation.place: citation for citation in (*desk.own, *inputs)}
    return Point("", "", tuple(cited.values()), tuple(figures))


def _ended(
    library: Library, catalogue: Catalogue, company: str, days: Sequence[str]
) -> list[Asked]:
    """Return the periods that ended on days, oldest first; none where one of them is unknown."""
    books = Books(library, catalogue, company, Asked(int(max(days)[:4])))
    found = {books.period_ended(day) for day in days}
    return sorted((one for one in found if one is not None), key=_age) if None not in found else []


def _age(period: Asked) -> tuple[int, int]:
    return period.year, period.quarter or 4


def _latest(catalogue: Catalogue, company: str) -> list[Asked]:
    """Return the newest year that an annual report of the company is about."""
    own = [e for e in catalogue.entries if e.companies == (company,) and e.doc_type == "10-K"]
    years = [e.year for e in own if e.year is not None]
    return [Asked(max(years))] if years else []
