"""Rows of a library to nouns and back: the one place where JSON and SQL meet our types."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from askretail_ingest.errors import StaleLibrary
from askretail_ingest.nouns import Document, Metadata, Page, Passage, Period, Table


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage in a library: ``id`` joins vectors, words and rows."""

    id: int
    document: int
    passage: Passage
    context: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What a library knows of a document without reading its text."""

    id: int
    source: str
    metadata: Metadata


def metadata_to_json(metadata: Metadata) -> str:
    return json.dumps(asdict(metadata), ensure_ascii=False, sort_keys=True)


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Raise StaleLibrary for a value that we did not write; it may have come from anybody."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise StaleLibrary(
            f"the {what} of a document in the library cannot be read ({error!r}): "
            "run `askretail rebuild`, or ingest the documents again into a new --library"
        ) from error


def number_from_meta(key: str, text: str, database: Path) -> int:
    """Return a whole number that a library remembers, 0 for "" when it remembers none."""
    try:
        number = int(text or 0)
        if number < 0:
            raise ValueError
    except ValueError as error:
        raise StaleLibrary(
            f"{database}: its {key} is {text[:40]!r}, which is no number: run `askretail rebuild`, "
            "or ingest the documents again into a new --library"
        ) from error
    return number


def metadata_from_json(text: str) -> Metadata:
    with readable("metadata"):
        return _metadata(json.loads(text))


def _metadata(fields: dict[str, Any]) -> Metadata:
    period = fields["period"]
    texts = (fields["title"], fields["publisher"], fields["doc_type"], fields["published"])
    if not all(isinstance(text, str) for text in (*texts, *fields["companies"])):
        raise TypeError("a text is no text")
    return Metadata(
        title=fields["title"],
        companies=tuple(fields["companies"]),
        publisher=fields["publisher"],
        period=None if period is None else Period(**period),
        doc_type=fields["doc_type"],
        published=fields["published"],
        reasons=tuple((field, reason) for field, reason in fields["reasons"]),
        scanned=tuple(fields.get("scanned", ())),
    )


def table_to_json(table: Table) -> str:
    return json.dumps(asdict(table))


def table_from_json(text: str) -> Table:
    with readable("tables"):
        return _table(json.loads(text))


def _table(fields: dict[str, Any]) -> Table:
    title, unit = fields["title"], fields["unit"]
    return Table(
        title=None if title is None else (title[0], title[1]),
        unit=None if unit is None else (unit[0], unit[1]),
        header=tuple((start, end) for start, end in fields["header"]),
        places=tuple((start, place) for start, place in fields.get("places", ())),
    )


def document_from_row(row: sqlite3.Row, pages: list[sqlite3.Row]) -> Document:
    metadata = metadata_from_json(row["metadata"])
    with readable("text"):
        numbered = [
            Page(p["number"], p["label"], p["start"], p["end"], p["furniture"]) for p in pages
        ]
        if not isinstance(row["text"], str) or not isinstance(row["source"], str):
            raise TypeError("a text is no text")
        if [page.number for page in numbered] != list(range(1, len(numbered) + 1)):
            raise ValueError("its pages are not numbered from 1")
        return Document(row["sha"], row["source"], row["text"], tuple(numbered), metadata)


def stored_from_row(row: sqlite3.Row, document: Document) -> Stored:
    with readable("passages"):
        if not 0 <= row["start"] <= row["end"] <= len(document.text):
            raise ValueError(f"{row['start']} to {row['end']} is no place in its text")
        if not 1 <= row["page"] <= len(document.pages):
            raise ValueError(f"it has no page {row['page']}")
    passage = Passage(
        page=row["page"],
        start=row["start"],
        end=row["end"],
        text=document.text[row["start"] : row["end"]],
        section=_section(row["section"]),
        kind=row["kind"],
        table=row["tbl"],
        tokens=row["tokens"],
    )
    return Stored(row["id"], row["document"], passage, row["context"])


def _section(text: str) -> tuple[str, ...]:
    with readable("sections"):
        return tuple(str(name) for name in json.loads(text))
