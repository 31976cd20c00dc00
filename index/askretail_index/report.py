"""What an ingest did, file by file."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["loaded", "unchanged", "replaced", "duplicate", "skipped"]


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that did not become a document, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: files while parsing, passages while embedding."""

    stage: Literal["parse", "embed"]
    done: int
    total: int
    name: str = ""
    outcome: Outcome | None = None  # what became of that file; its words are found from now on
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """File names by outcome, each in the order given."""

    loaded: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    duplicate: tuple[Skip, ...] = ()  # equal bytes under another name; the reason names it
    skipped: tuple[Skip, ...] = ()
    unread: tuple[Skip, ...] = ()  # documents with pages that are pictures and were not read
    passages: int = 0  # in the library now
    embedded: int = 0  # vectors computed by this run

    @property
    def complete(self) -> bool:
        """True when no file was skipped."""
        return not self.skipped
