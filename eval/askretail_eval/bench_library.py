"""A library that is there, of any size: how long it takes to open, to search and to answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from sys import executable

from askretail_eval.bench_figures import PROCESSOR, value_table
from askretail_eval.bench_ingest import QUESTION
from askretail_eval.bench_recall import (
    DIFFERENT,
    LISTS,
    QUESTIONS,
    THOUSANDTHS,
    Values,
    recall_table,
)
from askretail_eval.bench_run import Own, environment, own, wall
from askretail_eval.fidelity_cost import MB
from askretail_eval.soak_figures import percentile
from askretail_eval.table import Table
from askretail_index.vector_file import INDEX_FILE, RECORD_FILE, Facts, facts_of

HEAD = ("", "n", "50 %", "95 %", "worst", "processor, 50 %")
COLD = "askretail ask in a new process"
SHOWN = ("ask", "search by vector", "search passages by words", "search pages by words")


@dataclass(frozen=True, slots=True)
class Asked:
    """Several processes that asked the same questions."""

    owns: tuple[Own, ...]
    cold: tuple[float, ...]
    index: Facts = field(default_factory=Facts)
    index_mb: float = 0.0
    recall: Values = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def passages(self) -> int:
        return self.owns[0].facts["passages"]

    @property
    def facts(self) -> list[tuple[str, str]]:
        sizes = self.owns[0].facts.items()
        size = f"{self.index_mb:,.0f} MB"
        if not self.index.lists:
            how = f"exact, {size}, in memory"
        else:
            how = f"{self.index.lists:,} lists, {self.index.probes} read, {size}, mapped"
        told = [
            ("library", ", ".join(f"{count:,} {what}" for what, count in sizes)),
            ("index of vectors", how),
        ]
        if self.recall:
            shares = dict(zip(self.recall[LISTS], self.recall[QUESTIONS], strict=True))
            share = shares[self.index.probes]
            alike = self.counts[DIFFERENT] / THOUSANDTHS
            words = f"{share:.3f}; {alike:.1f} of the ten are different passages, the others copies"
            told.append(("found of the ten nearest to the vectors of questions", words))
        return told

    def tables(self) -> list[Table]:
        """Return the times of the queries, and those that come once a process."""
        names = dict.fromkeys(name for own in self.owns for name in own.queries)
        rows = []
        for name in names:
            if name.endswith(PROCESSOR):
                continue
            took, spent = self._took(name), self._took(f"{name}{PROCESSOR}")
            shares = (f"{percentile(took, share):.1f}" for share in (50, 95, 100))
            middle = f"{percentile(spent, 50):.1f}" if spent else "-"
            rows.append((name, str(len(took)), *shares, middle))
        once = [
            (stage, [own.run.seconds(stage) for own in self.owns])
            for stage, _ in self.owns[0].run.stages
        ]
        once.append((COLD, list(self.cold)))
        held = [own.run.memory_mb for own in self.owns]
        made = [
            Table("Milliseconds", HEAD, tuple(rows)),
            value_table("Once a process", once, "seconds"),
            value_table("Memory", [("most held", held)], "MB"),
        ]
        return [*made, recall_table(self.recall, self.counts)] if self.recall else made

    def summary(self) -> tuple[str, ...]:
        """Return the row of this library in the table of all."""
        times = [self._took(name) for name in SHOWN]
        shares = [(50, 95), *[(50,)] * (len(SHOWN) - 1)]
        cells = [
            f"{percentile(t, s):.0f}" for t, each in zip(times, shares, strict=True) for s in each
        ]
        held = median(own.run.memory_mb for own in self.owns)
        return (f"{self.passages:,}", *cells, f"{median(self.cold):.2f}", f"{held:,.0f}")

    def middle(self, name: str) -> float:
        """Return the median milliseconds of a kind of query."""
        return percentile(self._took(name), 50)

    def _took(self, name: str) -> list[float]:
        return [1000 * seconds for own in self.owns for seconds in own.queries.get(name, ())]


def by_size(libraries: Sequence[Asked]) -> Table:
    """Return a row for each library, the smallest first."""
    head = (
        "passages",
        "answer ms, 50 %",
        "95 %",
        "by vector",
        "passages by words",
        "pages by words",
    )
    rows = [one.summary() for one in sorted(libraries, key=lambda one: one.passages)]
    return Table("Milliseconds by size", (*head, "new process, s", "MB at most"), tuple(rows))


def asked(job: Path, store: Path, *, runs: int, threads: int) -> Asked:
    """Ask a library in ``runs`` processes, one after another."""
    quiet = environment(threads)
    command = [executable, "-m", "askretail.cli", "ask", QUESTION, "--library", str(store)]
    owns, cold = [], []
    for _ in range(runs):
        cold.append(wall(command, quiet))
        owns.append(own("library", job, quiet))
    index = facts_of(json.loads((store / RECORD_FILE).read_text("utf-8")))
    size = (store / INDEX_FILE).stat().st_size / MB / 1024
    if not index.lists:
        return Asked(tuple(owns), tuple(cold), index, size)
    found = own("recall", job, quiet)
    return Asked(tuple(owns), tuple(cold), index, size, found.queries, found.facts)
