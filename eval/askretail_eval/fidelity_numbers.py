"""Figures of statements, copied by eye from pictures of their pages, against the rows of ours.

A figure is read right when a row of its page has its label, and the figure stands in that row in
the column that the heads of the row's table give its year.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

from askretail_eval.fidelity_score import Item
from askretail_eval.fidelity_words import Drafts, squeeze
from askretail_ingest.cells import cells, in_columns
from askretail_ingest.nouns import Block, Draft

DATA = "statements.csv"
_HEAD = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|%\s*change", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as its page prints it."""

    doc: str
    page: int  # from 1
    label: str  # of its row, in full
    year: str  # in the head of its column
    nth: int  # among the columns with that year, from the left, from 1
    value: Decimal


def load_printed() -> list[Printed]:
    """Return the figures that are kept."""
    text = (files("askretail_eval") / "data" / DATA).read_text("utf-8")
    return [
        Printed(
            row["doc"],
            int(row["page"]),
            row["label"],
            row["year"],
            int(row["nth"]),
            Decimal(row["value"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def numbers_found(printed: Sequence[Printed], drafts: Drafts) -> Iterator[Item]:
    """Yield for every figure whether a row of its page gives it for its year."""
    for one in printed:
        seen = [_read(one, row, drafts[one.doc]) for row in _rows(one, drafts[one.doc])]
        right = any(value == one.value for value, _ in seen)
        told = "; ".join(why for _, why in seen) or "no row of this label"
        note = "" if right else f"{one.label} {one.year}: {one.value}, but {told}"
        yield Item(f"{one.doc} p. {one.page}", float(right), note)


def column_heads(lines: Sequence[str]) -> list[str]:
    """Return the years over the columns from left to right, and the columns of change.

    >>> column_heads(["Year Ended December 31,", "2022 2021 % Change"])
    ['2022', '2021', 'change']
    >>> column_heads(["May 7, 2023", "May 8, 2022"])
    ['2023', '2022']
    """
    found = [[_plain(head) for head in _HEAD.findall(line)] for line in lines]
    longest = max(found, key=len, default=[])
    return longest if len(longest) > 1 else [head for heads in found for head in heads]


def _plain(head: str) -> str:
    return head if head.isdigit() else "change"


def _rows(one: Printed, draft: Draft) -> Iterator[Block]:
    """Yield the rows of the page that have the label."""
    page = draft.pages[one.page - 1]
    for block in draft.blocks:
        if block.kind == "row" and page.start <= block.start < page.end:
            text = draft.text[block.start : block.end]
            if squeeze(text).startswith(squeeze(one.label)) and _label_ends(text, one.label):
                yield block


def _label_ends(text: str, label: str) -> bool:
    """Return whether nothing but figures and signs of notes comes after the label."""
    letters, wanted = "", squeeze(label)
    for place, char in enumerate(text):
        if letters == wanted:
            return not re.search(r"[^\W\d_]{2}", text[place:])
        letters += squeeze(char)
    return False


def _read(one: Printed, row: Block, draft: Draft) -> tuple[Decimal | None, str]:
    """Return what the row says for the year, and what was seen of it."""
    text = draft.text[row.start : row.end]
    if row.table is None:
        return None, f"{text!r} is in no table"
    heads = column_heads([draft.text[a:b] for a, b in draft.tables[row.table].header])
    places = [n for n, head in enumerate(heads) if head == one.year]
    figures = in_columns(cells(text)[1:], len(heads)) or cells(text, columns=len(heads))[1:]
    if len(places) < one.nth or len(figures) != len(heads):
        return None, f"{text!r} under {heads}"
    return figures[places[one.nth - 1]].value, f"{text!r} under {heads}"
