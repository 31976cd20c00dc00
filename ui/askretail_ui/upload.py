"""An upload as a stream: progress while it runs, then the report."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from askretail_index.report import IngestReport, Progress

if TYPE_CHECKING:
    from askretail.assistant import Assistant

FOLDER = "uploads"  # in the library


def ingesting(engine: "Assistant", paths: Sequence[Path]) -> Iterator[Progress | IngestReport]:
    """Yield how far the ingest of ``paths`` is, then its report.

    The work goes on to its end when nobody listens any more, so that no upload is half indexed.
    """
    events: SimpleQueue[Progress | None] = SimpleQueue()
    with (
        staged(paths, engine.library / FOLDER) as files,
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="ingest") as pool,
    ):
        future = pool.submit(engine.ingest, files, progress=events.put)
        future.add_done_callback(lambda _: events.put(None))
        while (event := _latest(events)) is not None:
            yield event
        yield future.result()


@contextmanager
def staged(paths: Sequence[Path], folder: Path) -> Iterator[list[Path]]:
    """Move files to ``folder`` while they are ingested, and remove them afterwards.

    A library knows a document by its path: a file uploaded again must come from the same place to
    replace its older version. Files of one name in one upload get folders of their own.
    """
    files: list[Path] = []
    try:
        for path in paths:
            place = folder / path.name
            number = 2
            while place in files:
                place = folder / str(number) / path.name
                number += 1
            place.parent.mkdir(parents=True, exist_ok=True)
            files.append(Path(shutil.move(path, place)))
        yield files
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _latest(events: SimpleQueue[Progress | None]) -> Progress | None:
    """Wait for an event and return the newest one: a slow page must not slow the ingest."""
    event = events.get()
    while event is not None:
        try:
            event = events.get_nowait()
        except Empty:
            return event
    return None
