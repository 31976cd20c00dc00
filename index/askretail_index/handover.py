"""A draft as JSON and back: what one process tells another holds nothing that could be run."""

import json
from dataclasses import dataclass
from typing import TypeAlias

from askretail_ingest.nouns import Block, BlockKind, Draft, Page, Table

Span: TypeAlias = tuple[int, int]

KINDS: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "row", "footnote")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot become text."""

    words: str


def told(outcome: Draft | Refusal) -> bytes:
    """Return JSON in UTF-8 for what became of a file; lone surrogates come through as escapes."""
    return json.dumps(_plain(outcome), ensure_ascii=True, separators=(",", ":")).encode()


def heard(data: bytes) -> Draft | Refusal:
    """Return what ``told`` was given; raises ``ValueError`` for anything else."""
    try:
        fields = json.loads(data)
        if "refusal" in fields:
            return Refusal(str(fields["refusal"]))
        sections = [tuple(section) for section in fields["sections"]]
        return Draft(
            text=str(fields["text"]),
            pages=tuple(Page(*page) for page in fields["pages"]),
            blocks=tuple(
                Block(KINDS[kind], start, end, sections[section], table)
                for kind, start, end, section, table in fields["blocks"]
            ),
            tables=tuple(_table(*table) for table in fields["tables"]),
            hints=tuple((key, value) for key, value in fields["hints"]),
            scanned=tuple(fields["scanned"]),
            unread=tuple(fields["unread"]),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no draft: {error!r}") from error


def _plain(outcome: Draft | Refusal) -> dict[str, object]:
    if isinstance(outcome, Refusal):
        return {"refusal": outcome.words}
    sections: dict[tuple[str, ...], int] = {}  # each once: many blocks share one
    blocks = [
        (
            KINDS.index(block.kind),
            block.start,
            block.end,
            sections.setdefault(block.section, len(sections)),
            block.table,
        )
        for block in outcome.blocks
    ]
    return {
        "text": outcome.text,
        "pages": [(p.number, p.label, p.start, p.end, p.furniture) for p in outcome.pages],
        "blocks": blocks,
        "sections": list(sections),
        "tables": [(t.title, t.unit, t.header, t.places) for t in outcome.tables],
        "hints": outcome.hints,
        "scanned": outcome.scanned,
        "unread": outcome.unread,
    }


def _table(
    title: list[int] | None,
    unit: list[int] | None,
    header: list[Span],
    places: list[tuple[int, str]],
) -> Table:
    return Table(
        None if title is None else (title[0], title[1]),
        None if unit is None else (unit[0], unit[1]),
        tuple((start, end) for start, end in header),
        tuple((start, place) for start, place in places),
    )
