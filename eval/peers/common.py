"""What the drivers share: the job that they get as a file, and what they tell of it in another.

They run in an environment of their own (setup.sh) and import nothing of askretail. A job is
"passages" (embed and index the texts given), "defaults" (read and cut the files as the library
does by itself), or "cold" (open what an earlier job stored, and answer one question).
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

HITS = 10
LIMIT = 256  # word pieces that all-MiniLM-L6-v2 reads, two special ones among them
MB = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss counts kB, macOS bytes

# No word leaves the machine; the model is a folder.
os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TOKENIZERS_PARALLELISM="false")


class Job:
    """The job, and what came of it so far."""

    def __init__(self, given: dict[str, object]) -> None:
        self.mode = str(given["mode"])
        self.model = str(given["model"])
        self.files = [str(name) for name in given["files"]]
        self.texts = [str(text) for text in given["texts"]]
        self.questions = [str(question) for question in given["questions"]]
        self.store = str(given["store"])
        self.stages: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.cuts: dict[str, tuple[int, int, int]] = {}
        self.queries: dict[str, list[float]] = {"search": [], "search, processor": []}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the seconds of what is done inside, by the clock and by the processor."""
        start, spent = time.perf_counter(), processor()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - start
        self.cpu[name] = self.cpu.get(name, 0.0) + processor() - spent

    def cut(self, name: str, texts: Sequence[str]) -> None:
        """Note how many word pieces of the chunks of a way of cutting the model does not read."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(Path(self.model) / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        counts = [len(e.ids) for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        unread = sum(max(0, count - (LIMIT - 2)) for count in counts)
        self.cuts[name] = (len(texts), sum(counts), unread)

    def ask(self, search: Callable[[str], object]) -> None:
        """Ask every question twice; the second time counts."""
        for question in self.questions:
            search(question)
            start, spent = time.perf_counter(), processor()
            search(question)
            self.queries["search"].append(time.perf_counter() - start)
            self.queries["search, processor"].append(processor() - spent)


def processor() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def run(driver: Callable[[Job], None], distributions: Sequence[str]) -> None:
    """Do the job of the file named first; write what came of it into the file named second."""
    job = Job(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    driver(job)
    told = {
        "versions": {name: metadata.version(name) for name in distributions},
        "stages": job.stages,
        "cpu": job.cpu,
        "cuts": job.cuts,
        "queries": job.queries,
        "facts": {},
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB,
    }
    Path(sys.argv[2]).write_text(json.dumps(told), encoding="utf-8")
