"""Changes of a library in the background."""

import os
import sys
import threading
import time
from collections.abc import Callable

import pytest

from askretail_index.report import Progress
from askretail_ingest.errors import BusyLibrary
from askretail_ui.work import ASIDE, BROKEN, LATER, File, Job, Work, after, finished

Report = Callable[[Progress], None]


def ends(work: Work) -> list[tuple[str, str, str]]:
    *_, last = work.watch()
    return [(job.title, job.stage, job.note) for job in last]


def test_a_report_of_progress_tells_the_fate_of_its_file() -> None:
    job = Job("Adding", (File("a.pdf"), File("b.pdf"), File("a.pdf")))
    job = after(job, Progress("parse", 1, 3, "a.pdf", "loaded"))
    job = after(job, Progress("parse", 2, 3, "b.pdf", "skipped", "b.pdf: an empty file"))
    assert (job.stage, job.files) == (
        "reading",
        (File("a.pdf", "loaded"), File("b.pdf", "skipped", "b.pdf: an empty file"), File("a.pdf")),
    )
    job = after(job, Progress("parse", 3, 3, "a.pdf", "duplicate", "same bytes as a.pdf"))
    assert [file.fate for file in job.files] == ["loaded", "skipped", "duplicate"]
    job = after(job, Progress("embed", 128, 300))
    assert (job.stage, job.done, job.total) == ("indexing", 128, 300)


def test_a_file_that_no_report_named_was_set_aside() -> None:
    job = finished(Job("Adding", (File("a.pdf", "loaded"), File("catalog.csv"))))
    assert job.files == (File("a.pdf", "loaded"), File("catalog.csv", "aside", ASIDE))
    assert (job.stage, job.active) == ("finished", False)


@pytest.mark.skipif(sys.platform != "linux", reason="threads share a priority elsewhere")
def test_questions_go_before_jobs_and_all_that_they_start() -> None:
    seen: list[int] = []

    def note(_: Report | None = None) -> None:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def act(_: Report) -> None:
        note()
        child = threading.Thread(target=note)
        child.start()
        child.join()

    work = Work()
    work.start(Job("one"), act)
    ends(work)
    note()
    *jobs, questions = seen
    assert jobs == [LATER, LATER]
    assert questions < LATER


def test_jobs_run_one_after_the_other_and_everybody_sees_them() -> None:
    work, running = Work(), threading.Event()
    order: list[str] = []

    def slow(_: Report) -> None:
        assert running.wait(timeout=10)
        time.sleep(0.05)
        order.append("one")

    work.start(Job("one"), slow)
    work.start(Job("two"), lambda _: order.append("two"))
    watching = work.watch()
    assert [job.title for job in next(watching)] == ["one", "two"]
    assert work.busy
    running.set()
    assert ends(work) == [("one", "finished", ""), ("two", "finished", "")]
    assert [*watching][-1] == work.jobs
    assert order == ["one", "two"]
    assert not work.busy


def test_what_failed_says_why_and_the_next_one_runs() -> None:
    work = Work()

    def busy(_: Report) -> None:
        raise BusyLibrary("wait until it is done")

    work.start(Job("one"), busy)
    assert ends(work) == [("one", "failed", "wait until it is done")]
    work.start(Job("two"), lambda _: None)
    assert ends(work) == [("two", "finished", "")]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_nobody_foresaw_is_no_secret_and_shows_no_details() -> None:
    work = Work()
    work.start(Job("one"), lambda _: 1 / 0)
    assert ends(work) == [("one", "failed", BROKEN)]
    work.close()  # its thread ends in this test


def test_what_could_not_begin_is_shown() -> None:
    work = Work()
    work.refuse("Adding files", "no library: run `askretail ingest`")
    assert ends(work) == [("Adding files", "failed", "no library: run `askretail ingest`")]


def test_nothing_to_do_is_seen_at_once() -> None:
    assert [*Work().watch()] == [()]


def test_closing_stops_a_job_at_its_next_report() -> None:
    work, begun, reports = Work(), threading.Event(), []

    def endless(report: Report) -> None:
        while True:
            reports.append(1)
            report(Progress("embed", len(reports), 9))
            begun.set()
            time.sleep(0.01)

    work.start(Job("one"), endless)
    assert begun.wait(timeout=10)
    work.close(seconds=10)
    assert [(job.stage, job.note) for job in work.jobs] == [("failed", "Stopped with the page.")]
