"""Documents to passages: whole sentences or rows of one page and one section."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from askretail_ingest.nouns import Block, Parsed, Passage, PassageKind
from askretail_ingest.sentences import sentences
from askretail_ingest.tokens import count_tokens

CHUNKER = "sentences-2"  # written into the library; change it when passages change
TARGET_TOKENS = 130  # cl100k; about 600 characters of prose
MIN_TOKENS = 25  # a section of less is a heading or a stray line, no passage of its own
# The model reads 254 word pieces; a passage leaves 64 of them to its context line and table head.
RESERVED_PIECES = 64

Count = Callable[[str], int]


class Unit(NamedTuple):
    """A span of the text that a passage holds whole; each is counted once."""

    start: int
    end: int
    tokens: int  # cl100k, those of its parts added up
    pieces: int  # of the model's own tokenizer


def chunk(parsed: Parsed, *, count: Count, max_pieces: int) -> list[Passage]:
    """Return the passages of a document in reading order; together they hold all its blocks.

    ``count`` counts word pieces with the model's own tokenizer; none of the passages has more
    than ``max_pieces - RESERVED_PIECES`` of them.
    """
    limit = max_pieces - RESERVED_PIECES
    if limit < 16:
        raise ValueError(f"max_pieces must be at least {RESERVED_PIECES + 16}, not {max_pieces}")
    text = parsed.document.text
    passages: list[Passage] = []
    for page in parsed.document.pages:
        for group in _groups(text, parsed.blocks_on(page)):
            section, table = group[-1].section, group[-1].table
            kind: PassageKind = "prose" if table is None else "table"
            units = list(_units(text, group, count, limit))
            for run in _pack(text, units, count, limit):
                words = text[run.start : run.end]
                tokens = count_tokens(words)
                passages.append(
                    Passage(page.number, run.start, run.end, words, section, kind, table, tokens)
                )
    return passages


def _groups(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each section and table; a bare heading goes with what follows it."""
    short: list[Block] = []
    for _, found in groupby(blocks, key=lambda b: (b.section, b.table)):
        group = [*short, *found]
        if _is_short(text[group[0].start : group[-1].end]):
            short = group
            continue
        short = []
        yield group
    if short:
        yield short


def _is_short(words: str) -> bool:
    """Return whether a text has less than MIN_TOKENS; no token holds parts of two words."""
    few = len(words.split(maxsplit=MIN_TOKENS)) < MIN_TOKENS
    return few and count_tokens(words) < MIN_TOKENS


def _units(text: str, blocks: list[Block], count: Count, limit: int) -> Iterator[Unit]:
    """Yield the pieces that must not be torn: sentences and rows, cut only when over the limit."""
    for block in blocks:
        whole = block.kind in ("row", "heading")
        spans = [(block.start, block.end)] if whole else sentences(text, block.start, block.end)
        for start, end in spans:
            yield from _cut(text, start, end, count, limit)


def _cut(text: str, start: int, end: int, count: Count, limit: int) -> Iterator[Unit]:
    """Yield a span, halved at the space nearest its middle until each part is within the limit."""
    words = text[start:end]
    pieces = count(words)
    if pieces <= limit:
        yield Unit(start, end, count_tokens(words), pieces)
        return
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    cut = space if space > start else middle
    rest = cut
    while rest < end and text[rest].isspace():
        rest += 1
    yield from _cut(text, start, cut, count, limit)
    if rest < end:
        yield from _cut(text, rest, end, count, limit)


def _pack(text: str, units: list[Unit], count: Count, limit: int) -> list[Unit]:
    """Return runs of units of about TARGET_TOKENS; a short last run joins the one before it."""
    runs: list[Unit] = []
    for unit in units:
        if runs:
            both = _joined(text, runs[-1], unit, count)
            # Stop where the run is nearest the target, never over what the model can read.
            near = both.tokens - TARGET_TOKENS <= TARGET_TOKENS - runs[-1].tokens
            if near and both.pieces <= limit:
                runs[-1] = both
                continue
        runs.append(unit)
    if len(runs) > 1 and runs[-1].tokens < TARGET_TOKENS // 4:
        both = _joined(text, runs[-2], runs[-1], count)
        if both.pieces <= limit:
            runs[-2:] = [both]
    return runs


def _joined(text: str, run: Unit, unit: Unit, count: Count) -> Unit:
    """Return two neighbours as one. No piece reaches over a space: their counts add up."""
    if text[run.end : unit.start].isspace():
        pieces = run.pieces + unit.pieces
    else:
        pieces = count(text[run.start : unit.end])
    return Unit(run.start, unit.end, run.tokens + unit.tokens, pieces)
