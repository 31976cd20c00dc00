"""Whether the boxes drawn on the picture of a page lie around the very words of a quote."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import TypeVar

from askretail_eval.fidelity_pdf import Letter, letters_of
from askretail_eval.fidelity_score import Item
from askretail_eval.fidelity_words import Drafts, squeeze
from askretail_ingest.nouns import Draft
from askretail_ingest.pdf_boxes import Box, quote_boxes
from askretail_ingest.spans import spans

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A quotable span of a page."""

    doc: str
    page: int
    start: int
    end: int


def spots_of(doc: str, draft: Draft) -> Iterator[Spot]:
    """Yield every span of a document that may be quoted, in order."""
    pages = iter(draft.pages)
    page = next(pages)
    for block in draft.blocks:
        while block.start >= page.end:
            page = next(pages)
        text = draft.text[block.start : block.end]
        for start, end in spans(text, "table" if block.kind == "row" else "prose"):
            yield Spot(doc, page.number, block.start + start, block.start + end)


def words_at(spot: Spot, drafts: Drafts) -> str:
    """Return the text of a span."""
    return drafts[spot.doc].text[spot.start : spot.end]


def twins_of(spots: Iterable[Spot], drafts: Drafts) -> list[tuple[Spot, ...]]:
    """Return the spans of a page that say the same, together, where there are several."""
    found = []
    for _, page in groupby(spots, key=lambda spot: (spot.doc, spot.page)):
        same: dict[str, list[Spot]] = {}
        for spot in page:
            same.setdefault(squeeze(words_at(spot, drafts)), []).append(spot)
        found += [tuple(twins) for words, twins in same.items() if words and len(twins) > 1]
    return found


def draw(things: Sequence[T], count: int, *, seed: int) -> list[T]:
    """Return so many of the things, drawn without bias, in the order given."""
    chosen = random.Random(seed).sample(range(len(things)), min(count, len(things)))
    return [things[place] for place in sorted(chosen)]


def under(boxes: Iterable[Box], letters: Iterable[Letter]) -> str:
    """Return the characters whose middle lies in one of the boxes, in the order of the page."""
    areas = [(b.left, b.top, b.left + b.width, b.top + b.height) for b in boxes]
    return "".join(
        letter.char
        for letter in letters
        if any(x0 <= letter.x <= x1 and y0 <= letter.y <= y1 for x0, y0, x1, y1 in areas)
    )


def same_letters(one: str, other: str) -> bool:
    """Say whether two texts have the same letters and digits, each as often.

    Their order is not compared: a page draws the lines of a wrapped cell apart, and the sign of a
    note last of all. A doubled f counts once, as pdfium loses the second of some slanted types.
    """
    first, second = (sorted(squeeze(text).replace("ff", "f")) for text in (one, other))
    return bool(first) and first == second


def boxes_right(sample: Iterable[Spot], drafts: Drafts, folder: Path) -> Iterator[Item]:
    """Yield for every span whether the words under its boxes are its own."""
    for (doc, number), group in groupby(sample, key=lambda spot: (spot.doc, spot.page)):
        path = folder / f"{doc}.pdf"
        letters = letters_of(path, number)
        for spot in group:
            boxes = boxes_of(path, spot, drafts[doc])
            right = same_letters(under(boxes, letters), words_at(spot, drafts))
            note = "" if right else "other words" if boxes else "no box"
            yield Item(f"{doc} p. {number} at {spot.start}", float(right), note)


def twins_right(sample: Iterable[tuple[Spot, ...]], drafts: Drafts, folder: Path) -> Iterator[Item]:
    """Yield for the spans that say the same whether each one's box lies on from that before it.

    On is further down, or further right: on the same line, or in the next column. Two that share
    a box, or stand the other way round, are wrong; one without a box is left out.
    """
    for twins in sample:
        doc, page = twins[0].doc, twins[0].page
        drawn = (boxes_of(folder / f"{doc}.pdf", twin, drafts[doc]) for twin in twins)
        places = [boxes[0] for boxes in drawn if boxes]
        right = all(b.top > a.top or b.left > a.left for a, b in pairwise(places))
        yield Item(f"{doc} p. {page}", float(right), f"{len(twins)} spans, {len(places)} boxed")


def boxes_of(path: Path, spot: Spot, draft: Draft) -> tuple[Box, ...]:
    """Return the boxes that a reader of the page would see around a span."""
    page, text = draft.pages[spot.page - 1], draft.text
    before, after = text[page.start : spot.start], text[spot.end : page.end]
    quote = text[spot.start : spot.end]
    return quote_boxes(path, spot.page, quote, before, after)
