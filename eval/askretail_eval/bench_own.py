"""One measurement of askretail in a process of its own: ``… bench_own MODE JOB OUT``.

"ingest": the files into a new library, then the questions. "bare": the same inputs through the
model alone. "library": the questions to a library that is there, stage by stage. "recall": how
many of the nearest to a question its index finds.
"""

import json
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_eval.bench_figures import PROCESSOR
from askretail_eval.fidelity_cost import MB

if TYPE_CHECKING:
    from askretail import Assistant

HITS = 10
DEPTH = 60  # candidates of each search, as for an answer
WARMED = 5  # questions asked before those that count


class Told:
    """What was measured so far."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.queries: dict[str, list[float]] = {}
        self.facts: dict[str, int] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the seconds of what is done inside, by the clock and by the processor."""
        start, spent = time.perf_counter(), processor()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - start
        self.cpu[name] = self.cpu.get(name, 0.0) + processor() - spent

    @contextmanager
    def query(self, name: str) -> Iterator[None]:
        """Note the seconds of one search, by the clock and by the processor."""
        start, spent = time.perf_counter(), processor()
        yield
        self.queries.setdefault(name, []).append(time.perf_counter() - start)
        self.queries.setdefault(f"{name}{PROCESSOR}", []).append(processor() - spent)


def processor() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main(mode: str, job: Path, out: Path) -> None:
    """Do the job and write what was measured as one JSON object."""
    given = json.loads(job.read_text("utf-8"))
    told = Told()
    store = Path(given["store"])
    if mode == "ingest":
        _ingest(told, [Path(name) for name in given["files"]], store, given["questions"])
        job.write_text(json.dumps({**given, "texts": inputs(store)}), "utf-8")
    elif mode == "bare":
        _bare(told, given["texts"])
    elif mode == "recall":
        from askretail_eval.bench_recall import recall

        told.queries, told.facts = recall(store)
    else:
        _library(told, store, given["questions"])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    seen = {"stages": told.stages, "cpu": told.cpu, "queries": told.queries, "facts": told.facts}
    out.write_text(json.dumps({**seen, "cuts": {}, "versions": {}, "memory": memory}), "utf-8")


def _ingest(told: Told, files: list[Path], store: Path, questions: Sequence[str]) -> None:
    shutil.rmtree(store, ignore_errors=True)
    with told.stage("import"):
        from askretail import Assistant
        from askretail_index.embed import load_embedder
    with told.stage("load the model"):
        embedder = load_embedder()
        embedder.embed_passages(["ready"])
    with Assistant.open(store, create=True, embedder=embedder) as assistant:
        with told.stage("read, cut, embed and index"):
            report = assistant.ingest(files)
            assistant.search("ready", k=1)  # the index of vectors is made by the first search
        told.facts = {"passages": report.passages, "embedded": report.embedded}
        _ask(told, assistant, questions)


def _ask(told: Told, assistant: "Assistant", questions: Sequence[str]) -> None:
    """Ask every question once, of a process that has answered a few others."""
    for question in questions[-WARMED:]:
        assistant.ask(question)
    for question in questions[:-WARMED]:
        with told.query("ask"):
            answer = assistant.ask(question)
        for stage, took in answer.timings:
            told.queries.setdefault(f"ask: {stage}", []).append(took)
    for question in questions[:-WARMED]:  # what was kept of the answer is gone by now
        with told.query("search"):
            assistant.search(question, k=HITS)


def inputs(store: Path) -> list[str]:
    """Return what the model read of a library: each distinct input once, in order."""
    from askretail_index.fit import embedder_text
    from askretail_index.store import Store

    kept = Store(store / "library.db")
    texts = [
        embedder_text(stored.context, stored.passage.text)
        for number in kept.document_ids()
        for stored in kept.passages_of(number)
    ]
    kept.close()
    return list(dict.fromkeys(texts))


def _bare(told: Told, texts: list[str]) -> None:
    from askretail_index.embed import load_embedder

    embedder = load_embedder()
    embedder.embed_passages(["ready"])
    with told.stage("embed"):
        embedder.embed_passages(sorted(texts, key=len, reverse=True))


def _library(told: Told, store: Path, questions: Sequence[str]) -> None:
    from askretail import Assistant
    from askretail_index.embed import load_embedder
    from askretail_index.lexical import search_pages, search_passages, word_query
    from askretail_index.library import Library

    embedder = load_embedder()
    embedder.embed_query("ready")
    with told.stage("open"):
        library = Library(store, embedder)
        told.facts = {"passages": library.store.count("passages"), "vectors": library.vectors.size}
    with Assistant(library) as assistant:
        with told.stage("first question"):
            assistant.ask("ready?")
        _ask(told, assistant, questions)
        for question in questions:
            with told.query("embed the question"):
                vector = embedder.embed_query(question)
            with told.query("search by vector"):
                library.vectors.search(vector, DEPTH)
            words = word_query(question)
            with told.query("search passages by words"):
                search_passages(library.store, words, DEPTH)
            with told.query("search pages by words"):
                search_pages(library.store, words, DEPTH)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
