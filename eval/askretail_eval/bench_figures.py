"""The figures of the benchmarks: medians, what was left unread, tables, and bars as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from statistics import median

from askretail_eval.soak_figures import percentile
from askretail_eval.table import Table

Pairs = tuple[tuple[str, float], ...]
PROCESSOR = ", processor"  # what stands behind the name of a query, for its processor seconds
BAR, GAP, LABEL, WIDTH = 18, 8, 250, 760  # pixels


@dataclass(frozen=True, slots=True)
class Cut:
    """A way of cutting: how many chunks, of how many word pieces, how many of them unread."""

    name: str
    chunks: int
    pieces: int
    unread: int

    @property
    def share(self) -> float:
        """The share of the word pieces that stand where the model no longer reads."""
        return self.unread / self.pieces if self.pieces else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one process told: seconds a stage, seconds a query, the most memory it held."""

    system: str
    stages: Pairs
    queries: tuple[float, ...] = ()
    memory_mb: float = 0.0
    cuts: tuple[Cut, ...] = ()
    versions: str = ""
    wall: float = 0.0  # seconds from the start of the process to its end
    cpu: Pairs = ()  # processor seconds a stage, of children too
    spent: tuple[float, ...] = ()  # processor seconds a query

    def seconds(self, *names: str) -> float:
        """Return the seconds of these stages together, of all of them without names."""
        return _sum(self.stages, names)

    def processor(self, *names: str) -> float:
        """Return the processor seconds of these stages: what a busy machine changes least."""
        return _sum(self.cpu, names)


def _sum(pairs: Pairs, names: Sequence[str]) -> float:
    return sum(took for name, took in pairs if not names or name in names)


def by_system(runs: Sequence[Run]) -> dict[str, list[Run]]:
    """Return the runs of each system, in order of first appearance."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.system, []).append(run)
    return found


def stage_table(
    title: str, runs: Sequence[Run], shown: Sequence[str], *, summed: Sequence[str]
) -> Table:
    """Return the median seconds by system: the stages shown ("-" for none), and those summed."""
    rows = []
    for system, own in by_system(runs).items():
        known = {name for run in own for name, _ in run.stages}
        cells = [
            f"{median(run.seconds(name) for run in own):.2f}" if name in known else "-"
            for name in shown
        ]
        together = (f"{together_of(own, summed):.2f}", f"{processor_of(own, summed):.2f}")
        asked = [took for run in own for took in run.queries]
        spent = [took for run in own for took in run.spent]
        times = [_milliseconds(asked, 50), _milliseconds(asked, 95), _milliseconds(spent, 50)]
        held = f"{median(run.memory_mb for run in own):,.0f}"
        rows.append((system, *cells, *together, *times, held, str(len(own))))
    last = ("query ms, 50 %", "95 %", "processor, 50 %", "MB at most", "n")
    head = ("", *shown, "ingest", "ingest, processor", *last)
    return Table(title, head, tuple(rows))


def _milliseconds(seconds: Sequence[float], share: float) -> str:
    return f"{1000 * percentile(seconds, share):.1f}" if seconds else "-"


def together_of(runs: Sequence[Run], stages: Sequence[str]) -> float:
    """Return the median over runs of the seconds of these stages together."""
    return median(run.seconds(*stages) for run in runs)


def processor_of(runs: Sequence[Run], stages: Sequence[str]) -> float:
    """Return the same of the processor's seconds."""
    return median(run.processor(*stages) for run in runs)


def cut_table(runs: Sequence[Run]) -> Table:
    """Return each way of cutting once: chunks, word pieces, and the share that is not read."""
    rows = {
        (system, cut.name): (
            f"{system}: {cut.name}",
            f"{cut.chunks:,}",
            f"{cut.pieces:,}",
            f"{100 * cut.share:.1f} %",
        )
        for system, own in by_system(runs).items()
        for cut in own[0].cuts
    }
    head = ("", "chunks", "word pieces", "never read by the model")
    return Table("What the model does not read", head, tuple(rows.values()))


def value_table(title: str, values: Sequence[tuple[str, Sequence[float]]], unit: str) -> Table:
    """Return medians with the least and the most of repeated measurements."""
    rows = tuple(
        (name, f"{median(seen):.2f}", f"{min(seen):.2f}", f"{max(seen):.2f}", str(len(seen)))
        for name, seen in values
        if seen
    )
    return Table(title, ("", f"median {unit}", "least", "most", "n"), rows)


def bars(title: str, values: Pairs, unit: str) -> str:
    """Return horizontal bars as SVG, black on white so that they can be read in any theme.

    The first bar is drawn darker: it is the one that the others stand beside.
    """
    most = max((value for _, value in values), default=0.0) or 1.0
    height = 34 + len(values) * (BAR + GAP)
    room = WIDTH - LABEL - 90
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="8" y="18" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, value) in enumerate(values):
        top, wide = 30 + number * (BAR + GAP), max(1.0, room * value / most)
        fill = "#1d5c4d" if number == 0 else "#9bb8b0"
        lines += [
            f'<text x="{LABEL - 8}" y="{top + 13}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{top}" width="{wide:.1f}" height="{BAR}" fill="{fill}"/>',
            f'<text x="{LABEL + wide + 6:.1f}" y="{top + 13}">{value:,.1f} {escape(unit)}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"
