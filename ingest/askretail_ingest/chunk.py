"""Documents to passages: whole sentences or rows of one page and one section."""

from collections.abc import Callable, Iterator
from itertools import groupby

from askretail_ingest.nouns import Block, Parsed, Passage, PassageKind
from askretail_ingest.sentences import sentences
from askretail_ingest.tokens import count_tokens

CHUNKER = "sentences-2"  # written into the library; change it when passages change
TARGET_TOKENS = 130  # cl100k; about 600 characters of prose
MIN_TOKENS = 25  # a section of less is a heading or a stray line, no passage of its own
# The model reads 254 word pieces; a passage leaves 64 of them to its context line and table head.
RESERVED_PIECES = 64

Unit = tuple[int, int]
Count = Callable[[str], int]


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
        blocks = [b for b in parsed.blocks if page.start <= b.start < page.end]
        for group in _groups(text, blocks):
            section, table = group[-1].section, group[-1].table
            units = list(_units(text, group, count, limit))
            for start, end in _pack(text, units, count, limit):
                kind: PassageKind = "prose" if table is None else "table"
                words = text[start:end]
                tokens = count_tokens(words)
                passages.append(
                    Passage(page.number, start, end, words, section, kind, table, tokens)
                )
    return passages


def _groups(text: str, blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each section and table; a bare heading goes with what follows it."""
    short: list[Block] = []
    for _, found in groupby(blocks, key=lambda b: (b.section, b.table)):
        group = [*short, *found]
        if count_tokens(text[group[0].start : group[-1].end]) < MIN_TOKENS:
            short = group
            continue
        short = []
        yield group
    if short:
        yield short


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
    # Of plain letters no piece is less than one; counting is most of the work of cutting.
    if (len(words) < limit and words.isascii()) or count(words) <= limit:
        yield start, end
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


def _pack(text: str, units: list[Unit], count: Count, limit: int) -> Iterator[Unit]:
    """Yield runs of units of about TARGET_TOKENS; a short last run joins the one before it."""
    runs: list[tuple[Unit, int]] = []
    start = -1
    for index, (unit_start, unit_end) in enumerate(units):
        if start < 0:
            start, tokens = unit_start, 0
        tokens += count_tokens(text[unit_start:unit_end])
        following = units[index + 1] if index + 1 < len(units) else None
        if following is not None:
            ahead = tokens + count_tokens(text[following[0] : following[1]])
            # Stop where the run is nearest the target, never over what the model can read.
            near = ahead - TARGET_TOKENS <= TARGET_TOKENS - tokens
            if near and count(text[start : following[1]]) <= limit:
                continue
        runs.append(((start, unit_end), tokens))
        start = -1
    yield from _merge_short_tail(text, runs, count, limit)


def _merge_short_tail(
    text: str, runs: list[tuple[Unit, int]], count: Count, limit: int
) -> Iterator[Unit]:
    if len(runs) > 1 and runs[-1][1] < TARGET_TOKENS // 4:
        (start, _), _ = runs[-2]
        (_, end), tokens = runs[-1]
        if count(text[start:end]) <= limit:
            runs = [*runs[:-2], ((start, end), tokens)]
    for unit, _ in runs:
        yield unit
