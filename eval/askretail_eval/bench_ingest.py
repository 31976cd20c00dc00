"""The same files into askretail and into what else one would take, in turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sys import executable

from askretail_eval.bench_figures import (
    Pairs,
    Run,
    by_system,
    cut_table,
    processor_of,
    stage_table,
    together_of,
    value_table,
)
from askretail_eval.bench_run import PEERS, environment, own, peer, wall
from askretail_eval.table import Table

SHOWN = ("import", "load the model", "read the files", "cut", "embed and index")
INGEST = ("read the files", "cut", "embed and index", "read, cut, embed and index")
QUESTION = "What is Walmart's healthcare strategy?"  # of a cold start; any will do


@dataclass(slots=True)
class Ingests:
    """What was measured, over all rounds."""

    same: list[Run] = field(default_factory=list)  # the same passages for everyone
    defaults: list[Run] = field(default_factory=list)  # each peer as it comes
    bare: list[Run] = field(default_factory=list)  # the model alone, each distinct input once
    cold: dict[str, list[float]] = field(default_factory=dict)
    passages: int = 0

    def started(self, what: str, seconds: float) -> None:
        self.cold.setdefault(what, []).append(seconds)

    @property
    def bars(self) -> Pairs:
        """The median seconds of an ingest by system, ours first."""
        return tuple((name, together_of(r, INGEST)) for name, r in by_system(self.same).items())

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the figures come to, in words."""
        own, *others = by_system(self.same).values()
        facts = [
            ("passages", f"{self.passages:,}"),
            (
                "ingest against the model alone",
                _against(own, self.bare, ("embed",), "times as long"),
            ),
        ]
        if others:
            fastest = min(others, key=lambda runs: together_of(runs, INGEST))
            words = f"times as long as {fastest[0].system}, the fastest of them"
            facts.append(("ingest against the peers", _against(own, fastest, INGEST, words)))
            facts += [(runs[0].system, runs[0].versions) for runs in others]
        return facts

    def tables(self) -> list[Table]:
        """Return the tables of the section."""
        made = [stage_table("Seconds, the same passages", self.same, SHOWN, summed=INGEST)]
        if self.defaults:
            title = "Seconds, each peer by its defaults"
            made.append(stage_table(title, self.defaults, SHOWN, summed=INGEST))
            made.append(cut_table(self.defaults))
        made.append(value_table("Cold start", tuple(self.cold.items()), "seconds"))
        return made


def ingests(
    job: Path, store: Path, *, runs: int, threads: int, peers: Path | None
) -> Iterator[Ingests]:
    """Yield what was measured after each round; in a round everyone has a turn.

    So a busy moment hits them all, and a run that is stopped has told what it knew.
    """
    quiet, seen = environment(threads), Ingests()
    command = [executable, "-m", "askretail.cli"]
    for _ in range(runs):
        ours = own("ingest", job, quiet)
        seen.same.append(ours.run)
        seen.passages = ours.facts["passages"]
        seen.bare.append(own("bare", job, quiet).run)
        seen.started("askretail --help", wall([*command, "--help"], quiet))
        asked = [*command, "ask", QUESTION, "--library", str(store)]
        seen.started("askretail ask, to the printed answer", wall(asked, quiet))
        if peers is not None:
            _peers(seen, job, peers, quiet)
        yield seen


def _peers(seen: Ingests, job: Path, python: Path, quiet: dict[str, str]) -> None:
    for name in PEERS:
        seen.same.append(peer(name, "passages", job, python, quiet))
        cold = peer(name, "cold", job, python, quiet).wall
        seen.started(f"{name}, to the passages found", cold)
        seen.defaults.append(peer(name, "defaults", job, python, quiet))


def _against(ours: list[Run], theirs: list[Run], stages: Sequence[str], words: str) -> str:
    """Return how long our ingest takes against what others do, by the clock and the processor."""
    clock = together_of(ours, INGEST) / together_of(theirs, stages)
    processor = processor_of(ours, INGEST) / processor_of(theirs, stages)
    return f"{clock:.2f} {words}; {processor:.2f} by the processor"
