"""The same files into askretail and into what else one would take, in turns."""

from dataclasses import dataclass, field
from pathlib import Path
from sys import executable

from askretail_eval.bench_figures import (
    Pairs,
    Run,
    by_system,
    cut_table,
    stage_table,
    together_of,
    value_table,
)
from askretail_eval.bench_run import OWN, PEERS, environment, own, peer, wall
from askretail_eval.table import Table

SHOWN = ("import", "load the model", "read the files", "cut", "embed and index")
INGEST = ("read the files", "cut", "embed and index", "read, cut, embed and index")
QUESTION = "What is Walmart's healthcare strategy?"  # of a cold start; any will do


@dataclass(slots=True)
class Ingests:
    """What was measured, over all rounds."""

    same: list[Run] = field(default_factory=list)  # the same passages for everyone
    defaults: list[Run] = field(default_factory=list)  # each peer as it comes
    bare: list[float] = field(default_factory=list)  # seconds to embed each distinct input once
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
        ours = together_of(by_system(self.same)[OWN], INGEST)
        bare = sorted(self.bare)[len(self.bare) // 2]
        peers = dict(self.bars[1:])
        facts = [
            ("passages", f"{self.passages:,}"),
            ("ingest against the model alone", f"{ours / bare:.2f} x (the model: {bare:.1f} s)"),
        ]
        if peers:
            fastest = min(peers, key=lambda name: peers[name])
            speed = f"{peers[fastest] / ours:.2f} x its speed"
            facts.append(("ingest against the fastest peer", f"{speed} ({fastest})"))
            facts += [(run.system, run.versions) for run in self.same if run.versions][: len(peers)]
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


def ingests(job: Path, store: Path, *, runs: int, threads: int, peers: Path | None) -> Ingests:
    """Measure everyone ``runs`` times, one after another, so that a busy moment hits them all."""
    quiet, seen = environment(threads), Ingests()
    command = [executable, "-m", "askretail.cli"]
    for _ in range(runs):
        ours = own("ingest", job, quiet)
        seen.same.append(ours.run)
        seen.passages = ours.facts["passages"]
        seen.bare.append(own("bare", job, quiet).run.seconds("embed"))
        seen.started("askretail --help", wall([*command, "--help"], quiet))
        asked = [*command, "ask", QUESTION, "--library", str(store)]
        seen.started("askretail ask, to the printed answer", wall(asked, quiet))
        if peers is None:
            continue
        for name in PEERS:
            seen.same.append(peer(name, "passages", job, peers, quiet))
            cold = peer(name, "cold", job, peers, quiet).wall
            seen.started(f"{name}, to the passages found", cold)
            seen.defaults.append(peer(name, "defaults", job, peers, quiet))
    return seen
