"""Files read in child processes, two at once: none can hang, exhaust or crash the program.

A pool of Python's own would run the main module of a user's script again in each child, and one
crash would break the whole pool; a child per file does neither.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from askretail_index.handover import Refusal, heard
from askretail_index.reader import OCR
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft
from askretail_ingest.ocr import is_installed
from askretail_ingest.picture import HEADS
from askretail_ingest.read import read_draft

SECONDS = 120.0  # for one file; the slowest of 53 filings took 6
SCAN_SECONDS = 60.0  # more for each page that is a picture; one takes 4 s on a core of its own
WORKERS = 2
AHEAD = 2 * WORKERS  # files read before their turn; more would hold memory and gain nothing
SMALL_BYTES = 32_000  # text so short is read at once, in less time than a child needs to start
CHILD = "askretail_index.reader"

T = TypeVar("T")


def draft_apart(path: Path) -> Draft:
    """Return the draft of a file; raises UnreadableFile, also when its reader hangs or crashes.

    Pages that are pictures are counted first, then read with time for each of them.
    """
    if _is_harmless(path):
        return read_draft(path)
    draft = _draft(path, SECONDS)
    if draft.unread and is_installed():
        draft = _draft(path, SECONDS + SCAN_SECONDS * len(draft.unread), OCR)
    return draft


def _draft(path: Path, seconds: float, *flags: str) -> Draft:
    """Return what one child makes of a file within a time."""
    command = [sys.executable, "-P", "-m", CHILD, str(path), *flags]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"{path.name}: took longer than {seconds:.0f} s; split it or leave it out"
        ) from error
    if done.returncode != 0:
        raise _failed(path, _last_words(done))
    try:
        outcome = heard(done.stdout)
    except ValueError as error:
        raise _failed(path, str(error)) from error
    if isinstance(outcome, Refusal):
        raise UnreadableFile(outcome.words)
    return outcome


def _failed(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(f"{path.name}: its reader failed ({why}); save it again or leave it out")


def read_ahead(
    items: Iterable[T], path_of: Callable[[T], Path | None]
) -> Iterator[tuple[T, "Future[Draft] | None"]]:
    """Yield the items in their order, each with the draft that is being read for it.

    ``path_of`` names the file to read for an item, None for an item that needs no reading.
    """
    waiting: deque[tuple[T, Future[Draft] | None]] = deque()
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="read")
    try:
        for item in items:
            path = path_of(item)
            waiting.append((item, None if path is None else pool.submit(draft_apart, path)))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
        pool.shutdown(wait=False)
    except BaseException:  # whoever asked has stopped: nobody will want what is not read yet
        pool.shutdown(cancel_futures=True)
        raise


def _is_harmless(path: Path) -> bool:
    """Tell whether a file is a short text; PDF, zip and pictures may unfold to anything."""
    try:
        with path.open("rb") as file:
            head = file.read(SMALL_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error
    unfolds = b"%PDF-" in head or head.startswith((b"PK", *HEADS))
    return len(head) <= SMALL_BYTES and not unfolds


def _last_words(done: "subprocess.CompletedProcess[bytes]") -> str:
    if done.returncode < 0:
        return f"killed by signal {-done.returncode}"
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"
