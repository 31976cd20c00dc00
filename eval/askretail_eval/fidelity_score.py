"""The noun of a measure of reading: what share of the items was read right, and which were not."""

from collections.abc import Iterable
from dataclasses import dataclass

from askretail_eval.interval import bootstrap
from askretail_eval.table import Table


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked at: where it stands, and how much of it is right, 0 to 1."""

    place: str
    value: float
    note: str = ""  # what was seen, for whoever looks into it


@dataclass(frozen=True, slots=True)
class Score:
    """A measure with its items, in the order in which they were looked at."""

    name: str
    items: tuple[Item, ...]
    target: float | None = None  # the share aimed at, None where there is none

    @property
    def met(self) -> bool:
        return sum(item.value for item in self.items) >= (self.target or 0) * len(self.items)

    @property
    def short(self) -> tuple[Item, ...]:
        """The items that are not wholly right, the worst first."""
        return tuple(sorted((i for i in self.items if i.value < 1), key=lambda i: i.value))


def score(name: str, items: Iterable[Item], *, target: float | None = None) -> Score:
    """Return a measure of items; raises ``ValueError`` when there is none to measure."""
    found = tuple(items)
    if not found:
        raise ValueError(f"{name}: expected at least one item, not none")
    return Score(name, found, target)


def score_table(title: str, scores: Iterable[Score]) -> Table:
    """Return a row a measure: n, share right with its interval, and the share aimed at."""
    rows = []
    for one in scores:
        figure = bootstrap([item.value for item in one.items])
        share = f"{figure.mean:.1%} [{figure.low:.1%}, {figure.high:.1%}]"
        aim = "" if one.target is None else f"{one.target:.0%}"
        rows.append((one.name, str(figure.n), share, aim if one.met else f"{aim} (missed)"))
    return Table(title, ("measure", "n", "share right", "aimed at"), tuple(rows))
