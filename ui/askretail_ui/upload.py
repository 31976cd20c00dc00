"""Uploaded files on their way into a library."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_index.report import Progress
from askretail_ui.escape import counted
from askretail_ui.work import Act, File, Job

if TYPE_CHECKING:
    from askretail.assistant import Assistant

FOLDER = "uploads"  # in the library


def adding(engine: "Assistant", paths: Sequence[Path]) -> tuple[Job, Act]:
    """Return the job that takes uploaded files into a library."""

    def act(on_progress: Callable[[Progress], None]) -> None:
        with staged(paths, engine.library / FOLDER) as files:
            engine.ingest(files, progress=on_progress)

    title = f"Adding {counted(len(paths), 'file')}"
    return Job(title, tuple(File(path.name) for path in paths)), act


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
