"""The lines of a statement and the formulas over them, from ``data/figures.toml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from askretail.data_files import read_data, section, texts

Unit = Literal["money", "each", "percent", "ratio", "days", "share"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement: how a question says it, and the captions that filings print."""

    name: str
    say: tuple[str, ...]
    rows: tuple[re.Pattern[str], ...]  # the surest first
    statement: str
    paid: bool  # money that goes out: printed with brackets or without, always shown without
    each: bool  # per share, not in the unit of the table
    instead: str  # the expression that gives it where no row does, "" for none
    unless: tuple[re.Pattern[str], ...]  # rows beside which ``instead`` is not the whole story

    @property
    def unit(self) -> Unit:
        return "each" if self.each else "money"


@dataclass(frozen=True, slots=True)
class Formula:
    """What is worked out of lines: how a question says it, and who defines it so."""

    name: str
    say: tuple[str, ...]
    text: str  # the expression as written
    unit: Unit
    source: str


@lru_cache(maxsize=1)
def lines() -> Mapping[str, Line]:
    """Return the lines of statements by name."""
    found = {}
    for name, fields in _tables("lines"):
        found[name] = Line(
            name,
            texts(fields["say"]),
            _patterns(fields["rows"]),
            str(fields["statement"]),
            bool(fields.get("paid", False)),
            bool(fields.get("each", False)),
            str(fields.get("else", "")),
            _patterns(fields.get("unless", [])),
        )
    return found


def _patterns(value: object) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in texts(value))


@lru_cache(maxsize=1)
def formulas() -> Mapping[str, Formula]:
    """Return the formulas by name."""
    known = get_args(Unit)
    return {
        name: Formula(
            name,
            texts(fields["say"]),
            str(fields["is"]),
            known[known.index(fields["unit"])],
            str(fields["from"]),
        )
        for name, fields in _tables("formulas")
    }


def _tables(key: str) -> list[tuple[str, dict[str, object]]]:
    data = section(read_data("figures.toml"), key)
    return [(name, section(data, name)) for name in data]


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, str]:
    """Return the name that each wording means, in lower case with single blanks."""
    found: dict[str, str] = {}
    says = [(name, formula.say) for name, formula in formulas().items()]
    says += [(name, line.say) for name, line in lines().items()]
    for name, wordings in says:
        for say in (name, *wordings):
            found.setdefault(plain(say), name)
    return found


STATEMENTS = re.compile(  # where a question says that the figures stand
    r"(?:(?:from|in|on|of|using|within|by)\s+)?(?:the\s+)?(?:consolidated\s+)?"
    r"(?:cash flow statements?|statements? of cash flows?|income statements?|p&l(?: statements?)?"
    r"|profit and loss statements?|balance sheets?"
    r"|statements? of (?:income|operations|earnings|financial position))(?!\w)"
)


def plain(text: str) -> str:
    """Return a wording in lower case, with one blank where it has blanks or hyphens.

    >>> plain("Fixed-asset  turnover")
    'fixed asset turnover'
    """
    return " ".join(re.sub(r"[\s-]+", " ", text.lower().replace("’", "'")).split())
