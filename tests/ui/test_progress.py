"""Work on the library as the page shows it."""

import re

from askretail_ui.progress import jobs_html
from askretail_ui.work import File, Job

from .test_render import HOSTILE, tags, words

FILES = (File("a.pdf", "loaded"), File("b.pdf"), File("c.pdf"))


def lines(markup: str) -> list[str]:
    return [words(line) for line in re.findall(r"<li.*?</li>", markup)]


def test_no_job_shows_nothing() -> None:
    assert jobs_html(()) == ""


def test_while_files_are_read_each_says_how_far_it_is() -> None:
    shown = jobs_html((Job("Adding 3 files", FILES, "reading"),))
    assert "Reading: 1 of 3 files." in words(shown)
    assert '<progress max="3" value="1" aria-label="Files read">' in shown
    assert lines(shown) == ["Added a.pdf", "Reading b.pdf", "Waiting c.pdf"]


def test_while_vectors_follow_it_says_that_answers_come_already() -> None:
    shown = jobs_html((Job("Adding 1 file", FILES[:1], "indexing", 128, 1300),))
    assert "Answers already, found by its words." in words(shown)
    assert "128 of 1,300 passages" in words(shown)
    assert '<progress max="1300" value="128"' in shown


def test_every_file_has_its_outcome() -> None:
    files = (
        File("a.pdf", "loaded"),
        File("b.pdf", "replaced"),
        File("scan.pdf", "loaded", "page 3 has no text layer"),
        File("c.pdf", "unchanged"),
        File("d.pdf", "duplicate", "same bytes as a.pdf"),
        File("e.pdf", "skipped", "e.pdf: no text in it; run OCR on it first"),
        File("catalog.csv", "aside", "describes other files, and is no document"),
    )
    shown = jobs_html((Job("Adding 7 files", files, "finished"),))
    assert lines(shown) == [
        "Added a.pdf",
        "Replaced b.pdf a newer version took its place",
        "Added in part scan.pdf page 3 has no text layer",
        "Unchanged c.pdf already in the library",
        "Duplicate d.pdf same bytes as a.pdf",
        "Not added e.pdf no text in it; run OCR on it first",
        "Set aside catalog.csv describes other files, and is no document",
    ]
    assert "Ready: 3 of 7 files added." in words(shown)
    assert "Ready: 1 file added." in words(jobs_html((Job("x", files[:1], "finished"),)))
    assert "Nothing new was added." in words(jobs_html((Job("x", files[3:], "finished"),)))


def test_a_job_that_failed_says_why() -> None:
    shown = jobs_html((Job("Adding 1 file", stage="failed", note="wait, then repeat"),))
    assert "That did not work. wait, then repeat" in words(shown)


def test_the_newest_job_comes_first_and_only_the_end_is_read_aloud() -> None:
    jobs = (Job("one", stage="finished"), Job("two"))
    assert re.findall(r"<h2>(.*?)</h2>", jobs_html(jobs)) == ["two", "one"]
    assert 'aria-live="off"' in jobs_html(jobs)
    assert 'aria-live="polite"' in jobs_html(jobs[:1])


def test_markup_in_names_and_reasons_is_shown_as_text() -> None:
    plain = {"div", "section", "h2", "p", "b", "ul", "li", "span", "progress"}
    for text in HOSTILE:
        files = (File(text, "skipped", text), File(text, "loaded"))
        for stage in ("reading", "indexing", "finished", "failed"):
            assert tags(jobs_html((Job(text, files, stage, 1, 2, text),))) <= plain  # type: ignore[arg-type]
