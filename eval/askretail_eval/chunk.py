"""The plain chunks that the baselines search: what most tutorials cut a page into."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from askretail_ingest.find import ENDINGS
from askretail_ingest.nouns import Document

CHUNK_CHARS = 1000  # the usual default of tutorials; about 250 word pieces of MiniLM's 256


@dataclass(frozen=True, slots=True)
class Chunk:
    """Up to a thousand characters of one page, with nothing in front."""

    doc: str  # the document's stem: its file name without the ending
    page: int
    text: str


def cut_page(text: str, *, max_chars: int = CHUNK_CHARS) -> list[str]:
    """Return the words of a page in pieces of at most ``max_chars``, cut between words.

    White space is squeezed; a single word longer than ``max_chars`` is cut inside.
    """
    if max_chars < 1:
        raise ValueError(f"max_chars must be at least 1, not {max_chars}")
    rest = " ".join(text.split())
    pieces: list[str] = []
    while len(rest) > max_chars:
        space = rest.rfind(" ", 0, max_chars + 1)
        end = space if space > 0 else max_chars
        pieces.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest else pieces


def cut(documents: Iterable[Document], *, max_chars: int = CHUNK_CHARS) -> list[Chunk]:
    """Return the chunks of every page of every document, in the order given."""
    return [
        Chunk(doc=stem(document.source), page=page.number, text=piece)
        for document in documents
        for page in document.pages
        for piece in cut_page(document.text[page.start : page.end], max_chars=max_chars)
    ]


def stem(source: str) -> str:
    """Return a file name without its ending: how question sets name documents.

    Only endings of documents go, as a name without one may hold a dot of its own.

    >>> stem("WALMART_2022_10K.pdf"), stem("WALMART_2022_10K"), stem("letter.v2")
    ('WALMART_2022_10K', 'WALMART_2022_10K', 'letter.v2')
    """
    name = Path(source)
    return name.stem if name.suffix.lower() in ENDINGS else source
