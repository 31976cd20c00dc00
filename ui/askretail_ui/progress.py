"""Work on the library as the page shows it: what is under way, and what became of each file."""

from collections.abc import Sequence

from askretail_ui.escape import counted, shown
from askretail_ui.work import Fate, File, Job

_WORDS: dict[Fate, str] = {
    "waiting": "Waiting",
    "loaded": "Added",
    "replaced": "Replaced",
    "unchanged": "Unchanged",
    "duplicate": "Duplicate",
    "skipped": "Not added",
    "aside": "Set aside",
}
_WHY: dict[Fate, str] = {
    "replaced": "a newer version took its place",
    "unchanged": "already in the library",
}
_ANSWERS = ("loaded", "replaced")


def jobs_html(jobs: Sequence[Job]) -> str:
    """Return the jobs, the newest first; one that is over is announced to screen readers."""
    if not jobs:
        return ""
    parts = "".join(_job(job) for job in reversed(jobs))
    live = "off" if any(job.active for job in jobs) else "polite"
    return f'<div class="ar-work" role="status" aria-live="{live}">{parts}</div>'


def _job(job: Job) -> str:
    lines = "".join(_file(job, file) for file in job.files)
    files = f"<ul>{lines}</ul>" if lines else ""
    return f'<section class="ar-job"><h2>{shown(job.title)}</h2>{_where(job)}{files}</section>'


def _where(job: Job) -> str:
    """Return how far a job is, as a bar with words, or how it ended."""
    if job.stage == "failed":
        return f'<p class="ar-error"><b>That did not work.</b> {shown(job.note)}</p>'
    if job.stage == "finished":
        return f'<p class="ar-ended">{_summary(job)}</p>'
    if job.stage == "indexing" and job.total:
        words = (
            "Answers already, found by its words. Indexing by meaning: "
            f"{job.done:,} of {counted(job.total, 'passage')}."
        )
        return _bar(words, job.done, job.total, "Passages indexed by meaning")
    if job.files:
        read = sum(file.fate != "waiting" for file in job.files)
        words = f"Reading: {read:,} of {counted(len(job.files), 'file')}."
        return _bar(words, read, len(job.files), "Files read")
    return '<p class="ar-waiting">Working</p>'


def _bar(words: str, done: int, total: int, name: str) -> str:
    share = min(done, total)
    return f'<p>{words}</p><progress max="{total}" value="{share}" aria-label="{name}"></progress>'


def _summary(job: Job) -> str:
    """Return how many files answer now, and how many do not.

    >>> _summary(Job("", (File("a", "loaded"), File("b", "skipped"))))
    'Ready: 1 of 2 files added.'
    """
    if not job.files:
        return "Done."
    added = sum(file.fate in _ANSWERS for file in job.files)
    if not added:
        return "Nothing new was added."
    if added == len(job.files):
        return f"Ready: {counted(added, 'file')} added."
    return f"Ready: {added:,} of {counted(len(job.files), 'file')} added."


def _file(job: Job, file: File) -> str:
    word, why = _WORDS[file.fate], _reason(file) or _WHY.get(file.fate, "")
    if file.fate == "waiting" and job.stage == "reading":
        first = next(other for other in job.files if other.fate == "waiting")
        word = "Reading" if file is first else word
    if file.fate in _ANSWERS and file.reason:  # pages of it could not be read
        word = f"{word} in part"
    reason = f" <span>{shown(why)}</span>" if why else ""
    return f'<li class="ar-{file.fate}"><b>{word}</b> {shown(file.name)}{reason}</li>'


def _reason(file: File) -> str:
    """Return the reason without the file's name, which stands in front of it."""
    return file.reason.removeprefix(file.name).lstrip(": ")
