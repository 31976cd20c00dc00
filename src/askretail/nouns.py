"""The nouns of a question and its answer.

Offsets count code points of ``Document.text`` from 0 and exclude the end; pages count from 1;
higher scores are better.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from askretail_ingest.nouns import Document

Status = Literal["answered", "partial", "not_found"]
Intent = Literal["fact", "number", "list", "comparison", "change", "why", "overview", "yes_no"]
Role = Literal["title", "header", "unit", "heading", "neighbour"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A period as asked for: a fiscal year, perhaps one of its quarters."""

    year: int
    quarter: int | None = None

    def __str__(self) -> str:
        return f"FY{self.year}" if self.quarter is None else f"Q{self.quarter} FY{self.year}"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may answer. Fields limit together, the values of one are alternatives."""

    companies: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()  # "FY2022" takes in its quarters, "Q2 FY2024" is one
    doc_types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # file names as ingested

    @property
    def chips(self) -> tuple[str, ...]:
        """Every value chosen; none when all documents may answer."""
        return (*self.companies, *self.periods, *self.doc_types, *self.sources)


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Change:
    """A chip of a reading put right: ``to`` takes its place, "" takes it away."""

    chip: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was understood; shown to the user, who may correct it."""

    question: str  # as typed
    standalone: str  # with what a follow-up left out
    companies: tuple[str, ...] = ()  # of the library's catalogue
    unknown: tuple[str, ...] = ()  # companies named that no document is about
    periods: tuple[Asked, ...] = ()
    doc_types: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()  # names in the metric lexicon
    statements: tuple[str, ...] = ()
    intent: Intent = "fact"
    relaxed: tuple[str, ...] = ()  # constraints given up, in words for the user
    filters: Filters = EVERYTHING  # the documents that were let in
    changes: tuple[Change, ...] = ()  # what the user put right

    @property
    def chips(self) -> tuple[str, ...]:
        """The reading in a few words: ("Walmart", "FY2022", "10-K")."""
        periods = tuple(str(period) for period in self.periods)
        return (*self.companies, *periods, *self.doc_types, *self.metrics, *self.statements)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, in the order of the ranking: ``document.text[start:end] == text``."""

    document: Document
    page: int
    start: int
    end: int
    text: str
    score: float
    section: tuple[str, ...] = ()
    kind: Literal["prose", "table"] = "prose"
    passage_id: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """What a quote needs to stand alone: also a slice, ``document.text[start:end] == text``."""

    role: Role
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands: ``document.text[start:end] == quote``, on ``page``."""

    document: Document
    page: int
    label: str  # the finer place: "printed F-9", "line 88"; "" when there is none
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    context: tuple[Span, ...] = ()
    score: float = 0.0

    @property
    def place(self) -> tuple[str, int, int]:
        """What makes two citations the same: the document's id, start and end."""
        return self.document.id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Input:
    """A cell that a figure rests on: ``citation.document.text[start:end] == shown``."""

    label: str  # the line of the statement: "inventory"
    period: str
    shown: str  # as printed: "$ 7,367", "(582)"
    value: Decimal  # in single dollars; money that goes out is positive
    citation: Citation  # its quote is the row
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A value read from a statement, or worked out of such values; all of them are its inputs."""

    label: str  # "inventory turnover"
    period: str  # "FY2021", "FY2020 to FY2021"
    value: Decimal | None  # in ``unit``, not rounded; None when an input is missing
    shown: str  # rounded, with its unit: "3.46", "$16,525 million"; "" when there is no value
    unit: str  # "$ million", "%", "ratio", "days", "percentage points", "$ a share"
    formula: str = ""  # in words: "cost of sales / average inventory"; "" for a single cell
    worked: str = ""  # in digits: "24,576 / ((6,854 + 7,367) / 2)"
    source: str = ""  # who defines it so
    inputs: tuple[Input, ...] = ()
    missing: tuple[str, ...] = ()  # in words for the user
    others: tuple[Input, ...] = ()  # of a single cell: what other documents print instead


@dataclass(frozen=True, slots=True)
class Point:
    """One part of an answer. Without citations it says what was looked for and not found."""

    group: str  # what it is about: a company, a period, a theme; "" when there is one group
    text: str  # our words; they claim nothing that the quotes do not say
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()  # their inputs are among the citations


@dataclass(frozen=True, slots=True)
class Answer:
    """What we reply. ``not_found`` means that the documents do not say, and has no citations."""

    question: str
    status: Status
    lead: str  # one line: what was found, or why nothing was
    reading: Reading
    points: tuple[Point, ...] = ()
    nearest: tuple[Citation, ...] = ()  # what came closest, when not found
    searched: tuple[int, int] = (0, 0)  # documents, passages
    timings: tuple[tuple[str, float], ...] = ()  # stage, seconds

    @property
    def standalone(self) -> str:
        return self.reading.standalone

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation in order of appearance, each once."""
        found: dict[tuple[str, int, int], Citation] = {}
        for citation in (c for point in self.points for c in point.citations):
            found.setdefault(citation.place, citation)
        return tuple(found.values())

    def to_dict(self) -> dict[str, object]:
        """Return the answer as JSON values; equal input gives equal output, timings apart."""
        from askretail.serialise import answer_to_dict

        return answer_to_dict(self)

    def __str__(self) -> str:
        from askretail.render import answer_to_text

        return answer_to_text(self)


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation; a missing answer is worked out again when needed."""

    question: str
    answer: Answer | None = None
