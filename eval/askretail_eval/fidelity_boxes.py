"""Whether the boxes drawn on the picture of a page lie around the very words of a quote."""

import ctypes
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from askretail_eval.fidelity_score import Item
from askretail_eval.fidelity_words import Drafts, squeeze
from askretail_ingest.nouns import Draft
from askretail_ingest.pdf_boxes import Box, page_image
from askretail_ingest.spans import spans

AROUND = 80  # characters on each side that the page gives along with a quote
_GRID = 1_000_000  # pdfium counts device places in whole numbers


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A quotable span of a page."""

    doc: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a page and its middle, in shares of the picture from the top left."""

    char: str
    x: float
    y: float


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


def repeated(spots: Sequence[Spot], drafts: Drafts) -> list[Spot]:
    """Return the spans whose words are also those of another span of the page."""
    found = []
    for _, group in groupby(spots, key=lambda spot: (spot.doc, spot.page)):
        page = [(squeeze(words_at(spot, drafts)), spot) for spot in group]
        said = [words for words, _ in page]
        found += [spot for words, spot in page if words and said.count(words) > 1]
    return found


def draw(spots: Sequence[Spot], count: int, *, seed: int) -> list[Spot]:
    """Return so many of the spans, drawn without bias and put in order."""
    chosen = random.Random(seed).sample(range(len(spots)), min(count, len(spots)))
    return sorted(spots[place] for place in chosen)


def letters_of(path: Path, number: int) -> list[Letter]:
    """Return the visible characters of a page as pdfium has them."""
    import pypdfium2
    import pypdfium2.raw as raw

    x, y = ctypes.c_int(), ctypes.c_int()
    letters = []
    with pypdfium2.PdfDocument(path) as file:
        page = file[number - 1]
        text = page.get_textpage()
        for place in range(text.count_chars()):
            char = chr(min(raw.FPDFText_GetUnicode(text.raw, place), 0x10FFFF))
            left, bottom, right, top = text.get_charbox(place, loose=True)
            across, up = (left + right) / 2, (bottom + top) / 2
            raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, across, up, x, y)
            letters.append(Letter(char, x.value / _GRID, y.value / _GRID))
    return letters


def under(boxes: Iterable[Box], letters: Iterable[Letter]) -> str:
    """Return the characters whose middle lies in one of the boxes, in the order of the page."""
    areas = [(b.left, b.top, b.left + b.width, b.top + b.height) for b in boxes]
    return "".join(
        letter.char
        for letter in letters
        if any(x0 <= letter.x <= x1 and y0 <= letter.y <= y1 for x0, y0, x1, y1 in areas)
    )


def same_letters(one: str, other: str) -> bool:
    """Say whether two texts have the same letters and digits.

    A doubled f counts once, as pdfium loses the second of some slanted types.
    """
    first, second = (squeeze(text).replace("ff", "f") for text in (one, other))
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


def boxes_of(path: Path, spot: Spot, draft: Draft) -> tuple[Box, ...]:
    """Return the boxes that a reader of the page would see around a span."""
    page, text = draft.pages[spot.page - 1], draft.text
    before = text[max(page.start, spot.start - AROUND) : spot.start]
    after = text[spot.end : min(page.end, spot.end + AROUND)]
    quote = text[spot.start : spot.end]
    return page_image(path, spot.page, quote, before=before, after=after).boxes
