"""Broken, locked and odd PDFs: each must end in text or in one clear error, soon and small."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from askretail_eval.fidelity_cost import Reading, reading_apart
from askretail_eval.fidelity_pdf import pdfium_pages_apart
from askretail_eval.fidelity_score import Item
from askretail_eval.fidelity_words import share_of_words

SECONDS = 30.0
MEGABYTES = 1024.0
FULL = 50  # letters that pdfium finds: from here on, a file has text
MOST = 0.9  # of pdfium's words; the rest may be hidden, doubled or part of a picture
# What a process says that hung or crashed: true, but nothing that the file's owner can use.
_CRASHED = ("its reader failed", "took longer than", "needs more than")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file, what became of it, and the text that pdfium finds in it."""

    name: str
    reading: Reading
    plain: str

    @property
    def has_text(self) -> bool:
        return sum(not char.isspace() for char in self.plain) >= FULL


def read_troubles(paths: Iterable[Path]) -> Iterator[Trouble]:
    """Yield every file with what became of it, each read in processes of its own."""
    for path in paths:
        yield Trouble(path.name, reading_apart(path), "\n".join(pdfium_pages_apart(path)))


def ended_well(troubles: Iterable[Trouble]) -> Iterator[Item]:
    """Yield for each file whether it ended in text or one clear line, within time and memory."""
    for trouble in troubles:
        end = trouble.reading
        clear = bool(end.text) or (
            "\n" not in end.error
            and end.error.startswith(trouble.name)
            and not any(words in end.error for words in _CRASHED)
        )
        small = end.seconds <= SECONDS and end.child_mb <= MEGABYTES
        note = f"{end.seconds:.1f} s, {end.child_mb:.0f} MB {end.error.removeprefix(trouble.name)}"
        yield Item(trouble.name, float(clear and small), note)


def text_kept(troubles: Iterable[Trouble]) -> Iterator[Item]:
    """Yield for each file with text whether ours holds at least ``MOST`` of pdfium's words."""
    for trouble in troubles:
        if trouble.has_text:
            share = share_of_words(trouble.plain, trouble.reading.text)
            note = f"{share:.0%} of the words{trouble.reading.error.removeprefix(trouble.name)}"
            yield Item(trouble.name, float(share >= MOST), note)


def costs(troubles: Iterable[Trouble]) -> tuple[tuple[str, str], ...]:
    """Return the largest time and memory, each with its file."""
    found = list(troubles)
    slow = max(found, key=lambda t: t.reading.seconds)
    large = max(found, key=lambda t: t.reading.child_mb)
    return (
        ("slowest", f"{slow.reading.seconds:.1f} s ({slow.name})"),
        ("largest", f"{large.reading.child_mb:.0f} MB ({large.name})"),
    )
