"""Runs of an ingest that die of SIGKILL, each in a child of its own.

usage: killed.py DOCUMENTS FOLDER WHEN…, where WHEN is the number of the step (an SQL statement, or
a file that is opened, renamed or removed) that the run must not live to take, "embed" for its
first embedding, or "never". Each run writes to the library FOLDER/WHEN. The children are forked
after everything is imported, so that each is quick.
"""

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from askretail_index.embed import Vectors
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_ingest.tokens import count_tokens
from conftest import HashedWords

FILES = ("open", "os.rename", "os.remove", "os.mkdir", "os.link", "shutil.copyfile")


class Deadly(HashedWords):
    """An embedder that kills its process."""

    __slots__ = ()

    def embed_with_spans(self, texts: object, spans: object) -> tuple[Vectors, list[Vectors]]:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")


def run(documents: str, folder: Path, when: str) -> int:
    """Ingest until the end or until death; return how many steps were taken."""
    taken = 0

    def step(*_: object) -> None:
        nonlocal taken
        taken += 1
        if str(taken) == when:
            os.kill(os.getpid(), signal.SIGKILL)

    def heed(event: str, _: object) -> None:
        if event in FILES:
            step()

    library = Library(folder, Deadly() if when == "embed" else HashedWords(), create=True)
    library.store.db.set_trace_callback(step)
    sys.addaudithook(heed)
    ingest(library, [documents])
    return taken


def main(documents: str, folder: str, *moments: str) -> None:
    count_tokens("loads the encoding once for all the children")
    for when in moments:
        child = os.fork()
        if child == 0:
            taken = run(documents, Path(folder) / when, when)
            (Path(folder) / f"{when}.count").write_text(str(taken))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        expected = 0 if when == "never" else signal.SIGKILL
        if status != expected:
            sys.exit(f"run {when} ended with status {status}, not {expected}")


if __name__ == "__main__":
    main(*sys.argv[1:])
