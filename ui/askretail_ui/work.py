"""Changes of a library in the background, one after the other, for every open page to watch."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from askretail_index.report import Outcome, Progress
from askretail_ingest.clean import printable
from askretail_ingest.errors import AskRetailError
from askretail_ui.give_back import give_back

Stage = Literal["waiting", "reading", "indexing", "finished", "failed"]
Fate = Literal["waiting", "aside"] | Outcome

BROKEN = "Something broke inside. The terminal that runs askretail shows what."
ASIDE = "describes other files, and is no document"


@dataclass(frozen=True, slots=True)
class File:
    """One file of an upload, and what has become of it so far."""

    name: str
    fate: Fate = "waiting"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One change of the library, as far as it is."""

    title: str
    files: tuple[File, ...] = ()
    stage: Stage = "waiting"
    done: int = 0  # passages that have got their vector
    total: int = 0
    note: str = ""  # why it failed

    @property
    def active(self) -> bool:
        return self.stage not in ("finished", "failed")


# Steps of `nice` that jobs stand back behind questions, which get nine times their share then.
LATER = 10

Act = Callable[[Callable[[Progress], None]], object]


def stand_back() -> None:
    """Let others go before this thread, and before the threads and processes that it starts.

    On Linux, where a thread can; elsewhere it shares with questions.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LATER)


def after(job: Job, progress: Progress) -> Job:
    """Return a job after a report of its progress."""
    if progress.stage == "embed":
        return replace(job, stage="indexing", done=progress.done, total=progress.total)
    files = list(job.files)
    for number, file in enumerate(files):
        if file.fate == "waiting" and printable(file.name) == printable(progress.name):
            fate = progress.outcome or "waiting"
            files[number] = replace(file, fate=fate, reason=progress.reason)
            break
    return replace(job, stage="reading", files=tuple(files))


def finished(job: Job) -> Job:
    """Return a job at its end: a file that was never reported is none that can be quoted."""
    files = (
        replace(file, fate="aside", reason=ASIDE) if file.fate == "waiting" else file
        for file in job.files
    )
    return replace(job, stage="finished", files=tuple(files))


class Stopped(Exception):
    """The page is being closed; what is done so far is kept, and the next ingest goes on."""


class Work:
    """Runs jobs one after the other in threads of their own; none outlives the program."""

    def __init__(self) -> None:
        self._jobs: tuple[Job, ...] = ()
        self._changes = threading.Condition()
        self._turn = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._stopped = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs begun since the last time there were none to do."""
        return self._jobs

    @property
    def busy(self) -> bool:
        """Whether a job is under way or waits."""
        return any(job.active for job in self._jobs)

    def start(self, job: Job, act: Act) -> None:
        """Run ``act`` when the jobs before it are done; it is given what to report progress to."""
        number = self._add(job)
        thread = threading.Thread(target=self._run, args=(number, act), daemon=True)
        self._threads.append(thread)
        thread.start()

    def refuse(self, title: str, why: str) -> None:
        """Show that a job could not even begin."""
        self._add(Job(title, stage="failed", note=why))

    def watch(self) -> Iterator[tuple[Job, ...]]:
        """Yield the jobs now and after each change, until none is left to do.

        Whoever is slow sees the newest state only: a page must not hold up the work.
        """
        seen: tuple[Job, ...] | None = None
        while seen is None or any(job.active for job in seen):
            with self._changes:
                while self._jobs is seen:
                    self._changes.wait()
                seen = self._jobs
            yield seen

    def close(self, seconds: float = 2.0) -> None:
        """Stop after the next report of progress; waits for it no longer than ``seconds``."""
        self._stopped = True
        for thread in self._threads:
            thread.join(seconds)

    def _add(self, job: Job) -> int:
        with self._changes:
            kept = self._jobs if self.busy else ()
            self._jobs = (*kept, job)
            self._changes.notify_all()
            return len(self._jobs) - 1

    def _run(self, number: int, act: Act) -> None:
        end = replace(self._jobs[number], stage="failed", note=BROKEN)
        stand_back()
        try:
            with self._turn:
                act(lambda progress: self._report(number, progress))
            end = finished(self._jobs[number])
        except Stopped:
            end = replace(self._jobs[number], stage="failed", note="Stopped with the page.")
        except AskRetailError as error:
            end = replace(self._jobs[number], stage="failed", note=str(error))
        finally:
            give_back()
            self._set(number, end)

    def _report(self, number: int, progress: Progress) -> None:
        if self._stopped:
            raise Stopped
        self._set(number, after(self._jobs[number], progress))

    def _set(self, number: int, job: Job) -> None:
        with self._changes:
            self._jobs = (*self._jobs[:number], job, *self._jobs[number + 1 :])
            self._changes.notify_all()
