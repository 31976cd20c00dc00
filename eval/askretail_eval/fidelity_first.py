"""How soon a long filing can be searched, and what memory its ingest takes until then."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from askretail import Assistant
from askretail_eval.fidelity_pdf import page_count
from askretail_index.embed import Embedder
from askretail_ingest.errors import AskRetailError

QUESTION = "net sales and cost of sales"  # words that every annual report has
SECONDS = 300.0
STEP = 0.2  # between two looks


@dataclass(frozen=True, slots=True)
class First:
    """The first answer out of a library that is still being made."""

    pages: int
    seconds: float  # from the start of the command to the first hit
    ingest_mb: float  # the most that ingest held so far; 0 where the system does not tell


def nearest(paths: Sequence[Path], pages: int) -> Path:
    """Return the PDF whose number of pages is nearest; of two, the first."""
    return min(paths, key=lambda path: abs(page_count(path) - pages))


def first_answer(path: Path, folder: Path, embedder: Embedder, *, longer: float = 0) -> First:
    """Ingest a file into a new library and return when a question first found something in it.

    The ingest is stopped then, or so many seconds later: its vectors take minutes, and words
    find passages without them.
    """
    command = [sys.executable, "-m", "askretail.cli", "ingest", str(path), "--library", str(folder)]
    start = time.perf_counter()
    ingest = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(ingest, folder, embedder, until=start + SECONDS)
        seconds = time.perf_counter() - start
        time.sleep(longer)
        return First(page_count(path), seconds, peak_mb(ingest.pid))
    finally:
        ingest.terminate()
        ingest.wait()


def _wait(
    ingest: subprocess.Popen[bytes], folder: Path, embedder: Embedder, *, until: float
) -> None:
    """Return once something is found; raises ``TimeoutError`` when nothing will be."""
    while True:
        over = ingest.poll() is not None
        if _hits(folder, embedder):
            return
        if over or time.perf_counter() > until:
            raise TimeoutError(
                f"{folder}: nothing was found in it, though its ingest ended or took too long"
            )
        time.sleep(STEP)


def _hits(folder: Path, embedder: Embedder) -> int:
    try:
        with Assistant.open(folder, embedder=embedder) as assistant:
            return len(assistant.search(QUESTION, k=1))
    except AskRetailError:  # no library yet, or one that is just being made
        return 0


def peak_mb(pid: int) -> float:
    """Return the most memory that a running process has held, 0 where the system keeps it."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return 0.0
    lines = status.read_text("utf-8").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
