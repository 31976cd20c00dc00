"""The figures of one company: a line or a formula over periods, worked out and put into words."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from askretail.asked_figure import FigureAsk, Wanted
from askretail.books import Books, Entered
from askretail.cite_cell import cite_cells, cite_row
from askretail.expression import Term
from askretail.figure_data import Formula, Line, formulas, lines
from askretail.figure_shown import settle, show
from askretail.nouns import Asked, Citation, Figure, Input
from askretail.own_figure import printed_otherwise
from askretail.own_row import Near, enter_own
from askretail.work_out import Worked, join, mean, printed, work_out
from askretail_index.library import Library

HUNDRED = Decimal(100)


class Desk:
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
        if self._ask.mode == "yearly":
            return self._yearly(wanted, periods)
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
        places = printed_otherwise(first.document, formula, worked.value)
        if not places:
            return worked
        own = enter_own(self._library, Near(formula, period, worked.value, first), places)
        if own is not None:
            return Worked(own.amount, printed(own), (own,))
        self.own.append(cite_row(self._library, first.document_id, *places[0]))
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
        parts = [self._work(wanted, period) for period in periods]
        worked = mean(parts)
        if not _alike(*parts):
            worked = replace(worked, value=None, missing=((wanted.label, periods[-1]),))
        label = f"average {wanted.label}"
        return [self._figure(wanted, f"{periods[0]} to {periods[-1]}", worked, wanted.unit, label)]

    def _yearly(self, wanted: Wanted, periods: Sequence[Asked]) -> list[Figure]:
        first, last = periods[0], periods[-1]
        years = last.year - first.year
        if years < 1 or first.quarter != last.quarter or wanted.unit not in ("money", "each"):
            return []
        before, after = self._work(wanted, first), self._work(wanted, last)
        ratio = join("/", after, before)
        value = None
        if ratio.value is not None and ratio.value > 0 and _alike(before, after):
            value = ratio.value ** (Decimal(1) / years) - 1
        text = f"({ratio.text})^(1/{years}) − 1"
        worked = replace(ratio, value=value, text=text)
        label = f"growth of {wanted.label} a year, compounded"
        return [self._figure(wanted, f"{first} to {last}", worked, "percent", label)]

    def _growth(self, wanted: Wanted, periods: Sequence[Asked]) -> list[Figure]:
        last = periods[-1]
        first = periods[0] if len(periods) > 1 else Asked(last.year - 1, last.quarter)
        before, after = self._work(wanted, first), self._work(wanted, last)
        if first.quarter != last.quarter and not _of_days(before, after):
            return []  # a year and a quarter of it are not alike
        gained, name = join("-", after, before), f"{first} to {last}"
        if not _alike(before, after):
            gained = replace(gained, value=None, missing=((wanted.label, last),))
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
        own = bool(worked.entered) and _is_own(worked)
        if not label and inputs and inputs[-1].period.startswith(f"{period} "):
            period = inputs[-1].period  # with its last day
        figure = Figure(
            label or wanted.label,
            period,
            None,
            "",
            "",
            wanted.formula if not own else f"{wanted.label} as the filing prints it",
            worked.text if len(inputs) > 1 and _one_scale(worked.entered) else "",
            wanted.source if not own else "its own definition",
            inputs,
            tuple(dict.fromkeys(self._missing(name, when) for name, when in worked.missing)),
        )
        if worked.value is None or not worked.entered:
            return figure
        if len(worked.entered) == 1 and not wanted.formula:
            others = self._books.others(lines()[wanted.label], worked.entered[0])
            figure = replace(figure, others=cite_cells(self._library, others))
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


def _is_own(worked: Worked) -> bool:
    """Return whether a value was read where the filer prints the measure by itself."""
    return any(entered.line in formulas() for entered in worked.entered)


def _alike(*parts: Worked) -> bool:
    """Return whether all values are the filer's own, or all are worked out."""
    return len({_is_own(part) for part in parts if part.entered}) <= 1


def _one_scale(entered: Sequence[Entered]) -> bool:
    """Return whether the digits printed may be put into one sum."""
    each = {name for name, line in lines().items() if line.each}
    return len({e.statement.scale for e in entered if e.line not in each}) <= 1


def _inputs(library: Library, entered: Sequence[Entered]) -> tuple[Input, ...]:
    cells = {(e.document.id, e.cell.start): e for e in entered}
    return cite_cells(library, tuple(cells.values()))
