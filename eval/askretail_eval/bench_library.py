"""A library that is there, of any size: how long it takes to open, to search and to answer."""

from dataclasses import dataclass
from pathlib import Path
from sys import executable

from askretail_eval.bench_figures import PROCESSOR, value_table
from askretail_eval.bench_ingest import QUESTION
from askretail_eval.bench_run import Own, environment, own, wall
from askretail_eval.soak_figures import percentile
from askretail_eval.table import Table

HEAD = ("", "n", "50 %", "95 %", "worst", "processor, 50 %")


@dataclass(frozen=True, slots=True)
class Asked:
    """Several processes that asked the same questions."""

    owns: tuple[Own, ...]
    cold: tuple[float, ...]

    @property
    def facts(self) -> list[tuple[str, str]]:
        sizes = self.owns[0].facts.items()
        return [("library", ", ".join(f"{count:,} {what}" for what, count in sizes))]

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
        once.append(("askretail ask in a new process", list(self.cold)))
        held = [own.run.memory_mb for own in self.owns]
        return [
            Table("Milliseconds", HEAD, tuple(rows)),
            value_table("Once a process", once, "seconds"),
            value_table("Memory", [("most held", held)], "MB"),
        ]

    def _took(self, name: str) -> list[float]:
        return [1000 * seconds for own in self.owns for seconds in own.queries.get(name, ())]


def asked(job: Path, store: Path, *, runs: int, threads: int) -> Asked:
    """Ask a library in ``runs`` processes, one after another."""
    quiet = environment(threads)
    command = [executable, "-m", "askretail.cli", "ask", QUESTION, "--library", str(store)]
    owns, cold = [], []
    for _ in range(runs):
        cold.append(wall(command, quiet))
        owns.append(own("library", job, quiet))
    return Asked(tuple(owns), tuple(cold))
