"""The figures that a question asks for, read from statements or worked out, with their inputs."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from askretail.asked_figure import FigureAsk, Wanted, asked_figure
from askretail.books import Books, Entered
from askretail.catalogue import Catalogue
from askretail.cite_cell import cite_cells, cite_row
from askretail.expression import Term
from askretail.figure_data import Formula, Line, formulas, lines
from askretail.figure_shown import settle, show
from askretail.nouns import Asked, Citation, Figure, Input, Point, Reading
from askretail.own_figure import printed_otherwise
from askretail.relative import periods_of
from askretail.sides import sides
from askretail.work_out import Worked, join, mean, work_out
from askretail_index.library import Library

MOST_PERIODS = 5  # years that are shown one by one
HUNDRED = Decimal(100)


def figure_points(library: Library, catalogue: Catalogue, reading: Reading) -> tuple[Point, ...]:
    """Return a point with figures for each company that the question asks one of; often none."""
    if not reading.companies or reading.intent in ("why", "overview"):
        return ()
    ask = asked_figure(reading.standalone, catalogue)
    if ask is None:
        return ()
    if len(reading.companies) == 1 and not reading.unknown:
        periods = periods_of(ask.rest, reading.companies, catalogue)
        made = _of_company(library, catalogue, reading, ask, reading.companies[0], periods)
        return (made,) if made else ()
    points = []
    for name, part in sides(catalogue, reading):
        if part.companies == (name,):
            made = _of_company(library, catalogue, part, ask, name, part.periods)
            points += [replace(made, group=name)] if made else []
    return tuple(points)


def groups_of(catalogue: Catalogue, reading: Reading) -> tuple[str, ...]:
    """Return the companies that an answer with figures puts side by side; none for a single one."""
    if len(reading.companies) == 1 and not reading.unknown:
        return ()
    return tuple(name for name, _ in sides(catalogue, reading))


def _of_company(
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    ask: FigureAsk,
    company: str,
    periods: Sequence[Asked],
) -> Point | None:
    periods = sorted(set(periods), key=_age) or _latest(catalogue, company)
    if not periods or len(periods) > MOST_PERIODS:
        return None
    books = Books(library, catalogue, company, periods[-1], reading.doc_types)
    desk = _Desk(library, books, ask)
    figures = [figure for wanted in ask.wanted for figure in desk.figures(wanted, periods)]
    if not any(figure.inputs for figure in figures):
        return None
    inputs = [entry.citation for figure in figures for entry in figure.inputs]
    cited = {citation.place: citation for citation in (*desk.own, *inputs)}
    return Point("", "", tuple(cited.values()), tuple(figures))


def _age(period: Asked) -> tuple[int, int]:
    return period.year, period.quarter or 4


def _latest(catalogue: Catalogue, company: str) -> list[Asked]:
    """Return the newest year that an annual report of the company is about."""
    own = [e for e in catalogue.entries if e.companies == (company,) and e.doc_type == "10-K"]
    years = [e.year for e in own if e.year is not None]
    return [Asked(max(years))] if years else []


class _Desk:
    """Works out the figures of one company."""

    def __init__(self, library: Library, books: Books, ask: FigureAsk) -> None:
        self._library = library
        self._books = books
        self._ask = ask
        self.own: list[Citation] = []  # rows where the filer prints the measure in its own way

    def figures(self, wanted: Wanted, periods: Sequence[Asked]) -> list[Figure]:
        """Return what is asked of one line or formula over the periods."""
        if self._ask.mode == "growth":
            return self._growth(wanted, periods)
        if self._ask.mode == "mean":
            return self._mean(wanted, periods)
        return [
            self._figure(wanted, str(period), self._work(wanted, period), wanted.unit)
            for period in periods
        ]

    def _work(self, wanted: Wanted, period: Asked) -> Worked:
        worked = work_out(wanted.expression, period, self._look, self._ask.meanings)
        formula = _ours(wanted, self._ask)
        if formula is None or worked.value is None or not worked.entered:
            return worked
        first = worked.entered[0]
        place = printed_otherwise(first.document, formula, worked.value)
        if place is None:
            return worked
        self.own.append(cite_row(self._library, first.document_id, *place))
        return replace(worked, value=None, missing=((formula.name, period),))

    def _look(self, line: Line, period: Asked) -> Entered | None:
        return self._books.find(line, period)

    def _mean(self, wanted: Wanted, periods: Sequence[Asked]) -> list[Figure]:
        count = self._ask.years
        if len(periods) == 1 and count:
            last = periods[0]
            periods = [Asked(last.year - back, last.quarter) for back in range(count - 1, -1, -1)]
        if len(periods) < 2 or (count and count != len(periods)):
            return []
        worked = mean([self._work(wanted, period) for period in periods])
        label = f"average {wanted.label}"
        return [self._figure(wanted, f"{periods[0]} to {periods[-1]}", worked, wanted.unit, label)]

    def _growth(self, wanted: Wanted, periods: Sequence[Asked]) -> list[Figure]:
        last = periods[-1]
        first = periods[0] if len(periods) > 1 else Asked(last.year - 1, last.quarter)
        before, after = self._work(wanted, first), self._work(wanted, last)
        if first.quarter != last.quarter and not _of_days(before, after):
            return []  # a year and a quarter of it are not alike
        gained, name = join("-", after, before), f"{first} to {last}"
        if wanted.unit in ("percent", "share"):
            points = replace(gained, value=None if gained.value is None else gained.value * HUNDRED)
            return [self._figure(wanted, name, points, "points", f"change in {wanted.label}")]
        change = self._figure(wanted, name, gained, wanted.unit, f"change in {wanted.label}")
        if wanted.unit not in ("money", "each") or before.value is None or before.value <= 0:
            return [change]
        share = replace(join("/", gained, before), entered=gained.entered)
        rate = self._figure(wanted, name, share, "percent", f"growth of {wanted.label}")
        return [change, rate] if self._ask.wishes.scale else [rate, change]

    def _figure(
        self, wanted: Wanted, period: str, worked: Worked, unit: str, label: str = ""
    ) -> Figure:
        inputs = _inputs(self._library, worked.entered)
        figure = Figure(
            label or wanted.label,
            period,
            None,
            "",
            "",
            wanted.formula,
            worked.text if len(inputs) > 1 and _one_scale(worked.entered) else "",
            wanted.source,
            inputs,
            tuple(dict.fromkeys(self._missing(name, when) for name, when in worked.missing)),
        )
        if worked.value is None or not worked.entered:
            return figure
        return self._valued(figure, worked, unit)

    def _valued(self, figure: Figure, worked: Worked, unit: str) -> Figure:
        first = worked.entered[0].statement
        wishes = self._ask.wishes if unit != "percent" else replace(self._ask.wishes, scale=None)
        kind = settle(unit, wishes)
        value = worked.value if worked.value is not None else Decimal(0)
        places = max(_places(entered.cell.text) for entered in worked.entered)
        shown = show(value, kind, wishes, first.scale, first.mark, places)
        return replace(figure, value=shown.value, shown=shown.text, unit=shown.unit)

    def _missing(self, name: str, period: Asked) -> str:
        if name in formulas():
            return f"as the filing itself prints another {name}"
        kind = lines()[name].statement
        if self._books.has(kind, period):
            return f"no row for {name} in the {kind} of {period}"
        return f"no {kind} that covers {period}, for {name}"


def _places(printed: str) -> int:
    """Return how many decimals a cell prints."""
    return len("".join(c for c in printed.partition(".")[2] if c.isdigit()))


def _ours(wanted: Wanted, ask: FigureAsk) -> Formula | None:
    """Return the formula of our data file that is asked for, none that the question defines."""
    term = wanted.expression
    if not isinstance(term, Term) or term.name in ask.meanings:
        return None
    return formulas().get(term.name)


def _of_days(*parts: Worked) -> bool:
    """Return whether values stand for days, not for spans of time."""
    return all(e.statement.kind == "balance sheet" for part in parts for e in part.entered)


def _one_scale(entered: Sequence[Entered]) -> bool:
    """Return whether the digits printed may be put into one sum."""
    return len({e.statement.scale for e in entered if not lines()[e.line].each}) <= 1


def _inputs(library: Library, entered: Sequence[Entered]) -> tuple[Input, ...]:
    cells = {(e.document.id, e.cell.start): e for e in entered}
    return cite_cells(library, tuple(cells.values()))
