"""The nouns of ingest.

Offsets count code points of ``Document.text`` from 0 and exclude the end; pages count from 1.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "footnote"]
PassageKind = Literal["prose", "table"]


@dataclass(frozen=True, slots=True)
class Period:
    """The fiscal period a document reports on, by the filer's own count of years."""

    year: int
    quarter: int | None = None  # 1-4; None for a whole year
    end: str = ""  # ISO date of the last day, "" when unknown
    name: str = ""  # what the filer calls it, e.g. "fiscal 2022"; "" when unknown

    def __str__(self) -> str:
        return f"FY{self.year}" if self.quarter is None else f"Q{self.quarter} FY{self.year}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is; ``reasons`` says where each field was read."""

    title: str
    companies: tuple[str, ...] = ()
    publisher: str = ""
    period: Period | None = None
    doc_type: str = "other"  # a value of doctypes.DOC_TYPES
    published: str = ""  # ISO date, "" when unknown
    reasons: tuple[tuple[str, str], ...] = ()  # (field, where it was read)
    scanned: tuple[int, ...] = ()  # pages that are pictures, whose words OCR read


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page: ``document.text[start:end]``, without its running heads and feet."""

    number: int
    label: str  # as printed ("iv", "F-9"); "" when the page prints none
    start: int
    end: int
    furniture: str = ""  # running heads, feet and page number, which left the text


@dataclass(frozen=True, slots=True)
class Document:
    """A file turned to text. Its text never changes once it is in a library."""

    id: str  # sha-256 of the file's bytes, in hex
    source: str  # the file name as ingested
    text: str
    pages: tuple[Page, ...]
    metadata: Metadata
    language: str = "en"

    @property
    def title(self) -> str:
        return self.metadata.title

    @property
    def companies(self) -> tuple[str, ...]:
        return self.metadata.companies

    @property
    def period(self) -> Period | None:
        return self.metadata.period

    @property
    def doc_type(self) -> str:
        return self.metadata.doc_type

    @property
    def published(self) -> str:
        return self.metadata.published

    def page_at(self, offset: int) -> Page:
        """Return the page that holds the character at ``offset``; raises ``ValueError``."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page
        raise ValueError(f"offset {offset} lies on no page of {self.source}")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of one page that belongs together. Blocks are in reading order and do not overlap."""

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()  # headings above it, outermost first; a heading lists itself
    table: int | None = None  # for a row: its place in Parsed.tables


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of a table need to stand alone; each part is a (start, end) of the text."""

    title: tuple[int, int] | None = None
    unit: tuple[int, int] | None = None  # e.g. "(in millions, except per share data)"
    header: tuple[tuple[int, int], ...] = ()  # lines with the column heads, top down
    places: tuple[tuple[int, str], ...] = ()  # (start of a row, where the file has it: "Sales!B7")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format's reader returns: text and layout, before anyone asked what it is."""

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    hints: tuple[tuple[str, str], ...] = ()  # what the format itself says: ("title", "…"), …
    scanned: tuple[int, ...] = ()  # pages that are pictures, read by OCR
    unread: tuple[int, ...] = ()  # pages that are pictures, and that nobody has read


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its layout: what a reader returns and the chunker takes."""

    document: Document
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()

    def blocks_on(self, page: Page) -> tuple[Block, ...]:
        """Return the blocks of a page."""
        first, past = (
            bisect_left(self.blocks, place, key=lambda block: block.start)
            for place in (page.start, page.end)
        )
        return self.blocks[first:past]


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one page: ``text == document.text[start:end]``; the section is its last words'."""

    page: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    kind: PassageKind = "prose"
    table: int | None = None
    tokens: int = 0  # cl100k tokens, counted by tiktoken
