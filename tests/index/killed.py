"""Runs of an ingest that die of SIGKILL, each in a child of its own.

usage: killed.py DOCUMENTS FOLDER WHEN…, where WHEN is the number of the SQL statement that the
run must not live to execute, "embed" for its first embedding, or "never". Each run writes to the
library FOLDER/WHEN. The children are forked after everything is imported, so that each is quick.
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


class Deadly(HashedWords):
    """An embedder that kills its process."""

    __slots__ = ()

    def embed_with_spans(self, texts: object, spans: object) -> tuple[Vectors, list[Vectors]]:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")


def run(documents: str, folder: Path, when: str) -> int:
    """Ingest until the end or until death; return how many statements were executed."""
    executed = 0

    def count(statement: str) -> None:
        nonlocal executed
        executed += 1
        if str(executed) == when:
            os.kill(os.getpid(), signal.SIGKILL)

    library = Library(folder, Deadly() if when == "embed" else HashedWords(), create=True)
    library.store.db.set_trace_callback(count)
    ingest(library, [documents])
    return executed


def main(documents: str, folder: str, *moments: str) -> None:
    count_tokens("loads the encoding once for all the children")
    for when in moments:
        child = os.fork()
        if child == 0:
            executed = run(documents, Path(folder) / when, when)
            (Path(folder) / f"{when}.count").write_text(str(executed))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        expected = 0 if when == "never" else signal.SIGKILL
        if status != expected:
            sys.exit(f"run {when} ended with status {status}, not {expected}")


if __name__ == "__main__":
    main(*sys.argv[1:])
