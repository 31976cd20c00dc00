"""Measurements in child processes: askretail's own, and those of the peers' environment."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict

from askretail_eval.bench_figures import PROCESSOR, Cut, Run
from askretail_index.models import find_model
from askretail_ingest.errors import BadSetting

DRIVERS = Path(__file__).parents[1] / "peers"  # in a checkout; the wheel has none
PEERS = {
    "LangChain": "with_langchain.py",
    "LlamaIndex": "with_llamaindex.py",
    "txtai": "with_txtai.py",
}
OWN = "askretail"


class Said(TypedDict):
    """What a process wrote: ours (``bench_own.py``) and the peers' (``common.py``) alike."""

    stages: dict[str, float]
    cpu: dict[str, float]
    queries: dict[str, list[float]]
    facts: dict[str, int]
    cuts: dict[str, tuple[int, int, int]]
    versions: dict[str, str]
    memory: float


@dataclass(frozen=True, slots=True)
class Own:
    """What a process of ours told: as a run, every kind of query, and how much there was."""

    run: Run
    queries: dict[str, list[float]]
    facts: dict[str, int]


def own(mode: str, job: Path, environment: dict[str, str]) -> Own:
    """Measure askretail in a fresh process."""
    out = job.with_suffix(".out")
    command = [sys.executable, "-m", "askretail_eval.bench_own", mode, str(job), str(out)]
    said = _said(command, out, environment)
    return Own(_run(OWN, *said), said[0]["queries"], said[0]["facts"])


def peer(name: str, mode: str, job: Path, python: Path, environment: dict[str, str]) -> Run:
    """Measure a peer in a fresh process of its environment."""
    program = DRIVERS / PEERS[name]
    if not program.is_file():
        raise BadSetting(f"{program} is missing: the peers are measured from a checkout only")
    given = json.loads(job.read_text("utf-8"))
    store = str(Path(given["store"]).with_name(f"store-{name}"))
    its_job, out = job.with_name(f"job-{name}.json"), job.with_suffix(".out")
    its_job.write_text(json.dumps({**given, "mode": mode, "store": store}), "utf-8")
    theirs = {key: value for key, value in environment.items() if key != "PYTHONPATH"}
    command = [str(python), "-W", "ignore", str(program), str(its_job), str(out)]
    return _run(name, *_said(command, out, theirs))


def _run(system: str, said: Said, took: float) -> Run:
    cuts = tuple(Cut(name, *counts) for name, counts in said["cuts"].items())
    versions = ", ".join(f"{name} {version}" for name, version in said["versions"].items())
    queries = tuple(said["queries"].get("search", ()))
    spent = tuple(said["queries"].get(f"search{PROCESSOR}", ()))
    stages = tuple(said["stages"].items())
    cpu = tuple(said["cpu"].items())
    return Run(system, stages, queries, said["memory"], cuts, versions, took, cpu, spent)


def _said(command: list[str], out: Path, environment: dict[str, str]) -> tuple[Said, float]:
    out.unlink(missing_ok=True)
    took = wall(command, environment)
    said: Said = json.loads(out.read_text("utf-8"))
    return said, took


def wall(command: list[str], environment: dict[str, str]) -> float:
    """Return the seconds that a command takes in a new process, to its end."""
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=partial(bound, environment),
    )
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):  # 1: it answered that it found nothing
        raise BadSetting(f"{' '.join(command)} failed: {done.stderr.strip()[-300:]}")
    return took


def bound(environment: dict[str, str]) -> None:
    """Give this process as many cores as threads, so that nobody takes more (where one can)."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[-int(environment["OMP_NUM_THREADS"]) :])


def environment(threads: int) -> dict[str, str]:
    """Return the environment of every measurement: the same number of threads, no network."""
    quiet = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    return {**os.environ, **quiet, "OMP_NUM_THREADS": str(threads)}


def write_job(folder: Path, files: list[Path], questions: list[str], store: Path) -> Path:
    """Return the file that tells the processes what to do; an ingest adds the texts to it."""
    path = folder / "job.json"
    given = {
        "mode": "",
        "model": str(find_model().path),
        "files": [str(file) for file in files],
        "texts": [],
        "questions": questions,
        "store": str(store),
    }
    path.write_text(json.dumps(given), "utf-8")
    return path
