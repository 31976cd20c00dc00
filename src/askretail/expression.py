"""Arithmetic over the lines of statements, read from words: "365 * average inventory / COGS".

Nothing is executed: words become a small tree, and ``work_out.py`` walks it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from askretail.figure_data import STATEMENTS, phrases, plain
from askretail.nouns import Asked
from askretail.periods import Dated, find_periods


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """A line or a formula: of a period named outright, else so many years before the one asked."""

    name: str
    back: int = 0
    period: Asked | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of several terms."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts and what joins them: "+", "-", "*" or "/"."""

    sign: str
    left: "Expression"
    right: "Expression"


Expression = Number | Term | Mean | Binary


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of words: ``kind`` is "number", "sign", "name", "average", "change" or "period"."""

    kind: str
    text: str
    periods: tuple[Asked, ...] = ()


class NoExpression(ValueError):
    """Words that are no arithmetic that we know; says at which word it ended."""


_SIGNS = {
    "divided by": "/", "over": "/", "multiplied by": "*", "times": "*", "plus": "+", "minus": "-",
    "less": "-", "×": "*", "÷": "/", "–": "-", "−": "-", "x": "*",
}  # fmt: skip
_SIGN = re.compile(rf"[-+*/()×÷–−]|(?:{'|'.join(w for w in _SIGNS if w.isalpha() or ' ' in w)})\b")
_AVERAGE = re.compile(r"(?:the\s+)?(?:average|mean|avg\.?)(?:\s+of)?(?:\s+the)?\b")
_CHANGE = re.compile(r"(?:the\s+)?(?:change|increase)\s+in(?:\s+the)?\b")
_SKIP = re.compile(
    r"(?:the|of|total|a|an|and|between|from|in|for|fiscal|year|end|at|during)\b|[,.:]|\[[^\]]*\]"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=64)
def parse(text: str, known: tuple[tuple[str, str], ...] = ()) -> Expression:
    """Return the expression that words say; raises NoExpression.

    ``known`` adds wordings to those of the data file, each with the name it stands for.

    >>> parse("revenue / average inventory").sign
    '/'
    """
    return read(tuple(tokens(text, dict(known))))


def read(found: Sequence[Token]) -> Expression:
    """Return the expression that tokens make, all of them; raises NoExpression."""
    parser = _Parser(tuple(found))
    made = parser.sum()
    if parser.left:
        raise NoExpression(f"cannot read {parser.left[0].text!r}")
    return made


def tokens(text: str, known: Mapping[str, str]) -> Iterator[Token]:
    """Yield the pieces of a formula; raises NoExpression at a word that is none."""
    lower = text.lower().replace("’", "'")
    periods: dict[int, list[Dated]] = {}
    for dated in find_periods(lower):  # "between 2018 and 2019" is two in one place
        periods.setdefault(dated.start, []).append(dated)
    pattern, names = wordings(tuple(sorted(known.items())))
    at = 0
    while at < len(lower):
        if lower[at].isspace():
            at += 1
            continue
        if at in periods:
            end = periods[at][-1].end
            yield Token("period", lower[at:end], tuple(d.period for d in periods[at]))
            at = end
            continue
        at, token = _next(lower, at, pattern, names)
        if token is not None:
            yield token


def _next(
    lower: str, at: int, pattern: re.Pattern[str], names: Mapping[str, str]
) -> tuple[int, Token | None]:
    if match := STATEMENTS.match(lower, at):
        return match.end(), None
    if match := pattern.match(lower, at):
        return match.end(), Token("name", names[plain(match[0])])
    if match := _AVERAGE.match(lower, at):
        return match.end(), Token("average", match[0])
    if match := _CHANGE.match(lower, at):
        return match.end(), Token("change", match[0])
    if match := _NUMBER.match(lower, at):
        return match.end(), Token("number", match[0])
    if match := _SIGN.match(lower, at):
        return match.end(), Token("sign", _SIGNS.get(match[0], match[0]))
    if match := _SKIP.match(lower, at):
        return match.end(), None
    raise NoExpression(f"cannot read {lower[at : at + 20]!r}")


@lru_cache(maxsize=16)
def wordings(known: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern for every wording of a line or a formula, and what each one means."""
    names = {**phrases(), **{plain(say): name for say, name in known}}
    ways = sorted((re.escape(say) for say in names), key=len, reverse=True)
    loose = "|".join(way.replace(r"\ ", r"[\s-]+") for way in ways)
    return re.compile(rf"(?<![\w&-])(?:{loose})(?![\w&])"), names


class _Parser:
    """Reads tokens from the left; products bind before sums."""

    def __init__(self, found: tuple[Token, ...]) -> None:
        self.left = found

    def sum(self) -> Expression:
        made = self._product()
        while self._sign("+-"):
            sign = self._take().text
            made = Binary(sign, made, self._product())
        return made

    def _product(self) -> Expression:
        made = self._factor()
        while self._sign("*/"):
            sign = self._take().text
            made = Binary(sign, made, self._factor())
        return made

    def _factor(self) -> Expression:
        if self._sign("("):
            self._take()
            made = self.sum()
            if not self._sign(")"):
                raise NoExpression("a bracket is not closed")
            self._take()
            return made
        if self._is("number"):
            return Number(Decimal(self._take().text))
        return self._operand()

    def _operand(self) -> Expression:
        how = self._take().kind if self._is("average", "change") else ""
        periods = self._periods()
        if not self._is("name"):
            raise NoExpression(f"a figure is missing before {self.left[:1]}")
        name = self._take().text
        periods = (*periods, *self._periods())
        if how == "average":
            return Mean(_terms(name, periods, (-1, 0)))
        if how == "change":
            ends = _terms(name, periods, (-1, 0))
            return Binary("-", ends[-1], ends[0])
        if len(periods) > 1:
            raise NoExpression(f"{name} of several periods")
        return Term(name, period=periods[0]) if periods else Term(name)

    def _periods(self) -> tuple[Asked, ...]:
        found: tuple[Asked, ...] = ()
        while self._is("period"):
            found = (*found, *self._take().periods)
        return found

    def _is(self, *kinds: str) -> bool:
        return bool(self.left) and self.left[0].kind in kinds

    def _sign(self, signs: str) -> bool:
        return self._is("sign") and self.left[0].text in signs

    def _take(self) -> Token:
        if not self.left:
            raise NoExpression("it ends too early")
        first, self.left = self.left[0], self.left[1:]
        return first


def _terms(name: str, periods: Sequence[Asked], back: tuple[int, int]) -> tuple[Term, ...]:
    """Return a term for each period named, else for the ends of the year asked for."""
    if len(periods) == 1:
        raise NoExpression(f"the average or change of {name} over one period")
    if periods:
        ordered = sorted(periods, key=lambda p: (p.year, p.quarter or 0))
        return tuple(Term(name, period=period) for period in ordered)
    return tuple(Term(name, back=-years) for years in back)
