"""Rows of a library to nouns and back: the one place where JSON and SQL meet our types."""

import json
import sqlite3
from dataclasses import asdict, dataclass

from askretail_ingest.nouns import Document, Metadata, Page, Passage, Period, Table


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage in a library: ``id`` joins vectors, words and rows."""

    id: int
    document: int
    passage: Passage
    context: str


def metadata_to_json(metadata: Metadata) -> str:
    return json.dumps(asdict(metadata), ensure_ascii=False, sort_keys=True)


def metadata_from_json(text: str) -> Metadata:
    fields = json.loads(text)
    period = fields["period"]
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
    fields = json.loads(text)
    title, unit = fields["title"], fields["unit"]
    return Table(
        title=None if title is None else (title[0], title[1]),
        unit=None if unit is None else (unit[0], unit[1]),
        header=tuple((start, end) for start, end in fields["header"]),
        places=tuple((start, place) for start, place in fields.get("places", ())),
    )


def document_from_row(row: sqlite3.Row, pages: list[sqlite3.Row]) -> Document:
    return Document(
        id=row["sha"],
        source=row["source"],
        text=row["text"],
        pages=tuple(
            Page(p["number"], p["label"], p["start"], p["end"], p["furniture"]) for p in pages
        ),
        metadata=metadata_from_json(row["metadata"]),
    )


def stored_from_row(row: sqlite3.Row, document: Document) -> Stored:
    passage = Passage(
        page=row["page"],
        start=row["start"],
        end=row["end"],
        text=document.text[row["start"] : row["end"]],
        section=tuple(json.loads(row["section"])),
        kind=row["kind"],
        table=row["tbl"],
        tokens=row["tokens"],
    )
    return Stored(row["id"], row["document"], passage, row["context"])
