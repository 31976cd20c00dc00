"""What it costs to read one file as ingest does: time, and memory of the process that reads.

As a program it reads the file named and writes one JSON object. It is small itself, as Linux
counts into a child's peak what its parent held when it started it.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from askretail_index.apart import draft_apart
from askretail_ingest.errors import UnreadableFile

MB = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss counts kB, macOS bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as its reader left it: text, or the words of why there is none."""

    text: str
    error: str
    seconds: float
    child_mb: float  # the most that the process held which read


def reading(path: Path) -> Reading:
    """Return what became of a file; the peak is that of all children of this process."""
    import resource

    text = error = ""
    start = time.perf_counter()
    try:
        draft = draft_apart(path)
        text = "\n".join([draft.text, *(page.furniture for page in draft.pages)])
    except UnreadableFile as why:
        error = str(why)
    seconds = time.perf_counter() - start
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MB
    return Reading(text, error, seconds, children)


def reading_apart(path: Path) -> Reading:
    """Return what became of a file, measured in a fresh process."""
    command = [sys.executable, "-m", "askretail_eval.fidelity_cost", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return Reading(**json.loads(done.stdout))


if __name__ == "__main__":
    json.dump(asdict(reading(Path(sys.argv[1]))), sys.stdout)
