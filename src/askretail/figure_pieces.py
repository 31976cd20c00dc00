"""A question cut into the pieces that say which figure is meant; plain words are none of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from askretail.data_files import read_data, section, texts
from askretail.expression import wordings
from askretail.figure_data import STATEMENTS, plain
from askretail.periods import find_periods

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_MEAN = re.compile(
    r"(?:(\d|two|three|four|five)[\s-]+(?:fiscal[\s-]+)?years?[\s-]+)?(?:average|mean|avg\.?)\b"
)
_YEARLY = re.compile(
    r"(?:(?:\d|two|three|four|five)[\s-]+years?[\s-]+)?"
    r"(?:cagr|compound(?:ed)? annual growth(?: rate)?)\b|annual growth rate\b"
)
_LENGTH = re.compile(r"(?:\d|two|three|four|five)[\s-]+years?(?!\w)(?![\s-]+(?:average|mean|avg))")
_RATIO = re.compile(r"(?:the\s+)?ratio of\b")
_GROWTH = re.compile(
    r"(?:year[\s-](?:over|on)[\s-]year|yoy|y/y)\b|(?:growth(?: rate)?|grow|grew|grown|grows"
    r"|changes?|changed|increased?|increases|decreased?|decreases|declined?|declines|rise|rose"
    r"|risen|rises|fall|fell|fallen|falls|drop|drops|dropped)\b"
)
_SHARE = re.compile(
    r"(?:as\s+)?(?:an?\s+|the\s+)?(?:%|(?:percent(?:age)?|share|proportion|fraction|portion)\b)"
    r"\s+of\b(?:\s+(?:its|their|total))?"
)
_JOINED = re.compile(
    r"(?:(?P<by>divided by|relative to)|(?P<less>less|minus|net of)|(?P<plus>plus)|[-–+/])(?=\s)"
)
_WORD = re.compile(r"[\w$%][\w.&'/%-]*")
_BREAK = ",;:()?!."

Known = tuple[tuple[str, str], ...]  # wordings that the question defines, and their names


@dataclass(frozen=True, slots=True)
class Piece:
    """``kind``: "name", "sign", "share", "ratio", "mean", "growth", "yearly", "and" or "word".

    A word is one that we do not know.
    """

    kind: str
    text: str
    count: int = 0  # of years in a mean
    start: int = 0  # of a word, in the text


def segments(text: str, known: Known) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces between two punctuation marks of a lower-case question."""
    run: list[Piece] = []
    for piece in (*_pieces(text, known), None):
        if piece is not None:
            run.append(piece)
        elif run:
            yield tuple(run)
            run = []


def means_another(text: str, known: Known) -> bool:
    """Return whether a word says that another figure is meant than that of the statements."""
    return _others().search(wordings(known)[0].sub(" ", text)) is not None


def names(segment: Sequence[Piece]) -> list[str]:
    """Return the lines and formulas that a segment names."""
    return [piece.text for piece in segment if piece.kind == "name"]


def _pieces(text: str, known: Known) -> Iterator[Piece | None]:
    """Yield the pieces of a question, None at a punctuation mark."""
    pattern, meant = wordings(known)
    periods = {dated.start: dated.end for dated in find_periods(text)}
    at = 0
    while at < len(text):
        if at in periods:
            at = max(periods[at], at + 1)
        elif match := STATEMENTS.match(text, at) or _LENGTH.match(text, at):
            at = match.end()
        elif match := pattern.match(text, at):
            yield Piece("name", meant[plain(match[0])])
            at = match.end()
        elif found := _marked(text, at):
            at, piece = found
            yield piece
        elif match := _WORD.match(text, at):
            word = match[0].rstrip(".'")
            yield from _as_word(word, at)
            at += max(len(word), 1)
        else:
            if text[at] in _BREAK:
                yield None
            at += 1


def _marked(text: str, at: int) -> tuple[int, Piece] | None:
    """Return the mark of an arithmetic that stands here, after the place where it ends."""
    if at and text[at - 1].isalnum():
        return None
    if match := _SHARE.match(text, at):
        return match.end(), Piece("share", "/")
    if match := _YEARLY.match(text, at):
        return match.end(), Piece("yearly", match[0])
    if match := _RATIO.match(text, at):
        return match.end(), Piece("ratio", "/")
    if match := _MEAN.match(text, at):
        word = match[1] or "0"
        return match.end(), Piece("mean", match[0], _COUNTS.get(word) or int(word))
    if match := _GROWTH.match(text, at):
        return match.end(), Piece("growth", match[0])
    if match := _JOINED.match(text, at):
        sign = "/" if match["by"] else "-" if match["less"] else "+" if match["plus"] else match[0]
        return match.end(), Piece("sign", "-" if sign == "–" else sign)
    return None


def _as_word(word: str, at: int) -> Iterator[Piece]:
    if word == "and":
        yield Piece("and", word)
    elif word not in _plain_words() and word != "fy":
        yield Piece("word", word, start=at)


@lru_cache(maxsize=1)
def _others() -> re.Pattern[str]:
    words = texts(section(read_data("figures.toml"), "question")["other"])
    return re.compile(rf"(?<![\w&.-])(?:{'|'.join(map(re.escape, words))})(?![\w&-])")


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(texts(section(read_data("figures.toml"), "question")["plain"]))
