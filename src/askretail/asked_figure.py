"""The figure that a question asks for, read so strictly that every word of it is accounted for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from askretail.catalogue import Catalogue, fold, key
from askretail.companies import Named, find_companies
from askretail.expression import Expression, NoExpression, Term, Token, parse, read, wordings
from askretail.expression_unit import leaves, unit_of
from askretail.figure_data import Unit, formulas, lines, plain
from askretail.figure_pieces import Piece, means_another, names, segments
from askretail.figure_wishes import Wishes, take_wishes
from askretail.work_out import Meanings
from askretail_ingest.dates import DATE, iso_of

Mode = Literal["value", "mean", "growth", "yearly"]  # "yearly": growth a year, compounded

_SENTENCE = re.compile(r"(?<=[.?!])(\s+)")
_OPENS = re.compile(r"(?:^|[.?!:]\s*)$")
_DEFINED = re.compile(
    r"(?P<what>.+?)\s+(?:here\s+)?(?:is|are)\s+(?:here\s+)?(?:defined|calculated|computed)\s+as:?\s+"
    r"(?P<how>.+)|(?:please\s+)?define\s+(?P<what2>.+?)\s+as:?\s+(?P<how2>.+)",
)
_AROUND = re.compile(r"^(?:the|here,?|please)\s+|\bhere\b|\([^)]*\)")
_AFTER_NAME = ("", "s", "inc", "com", "stores", "company", "wholesale", "corp")
# "Net sales to Walmart" are somebody else's; "compared to Walmart" are not.
_CUSTOMER = re.compile(r"(?<!compared )(?<!relative )\b(?:to|from|through|via|on)\s+(?:the\s+)?$")
_ARITHMETIC = ("mean", "growth", "yearly", "share", "ratio", "sign")
_TICKER = 5  # letters at most


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure to work out."""

    label: str
    expression: Expression
    unit: Unit
    formula: str  # the arithmetic in words, "" for a line that stands in the statement
    source: str  # who defines it so


@dataclass(frozen=True, slots=True)
class FigureAsk:
    """What a question asks to be read or worked out, and how to show it."""

    wanted: tuple[Wanted, ...]
    mode: Mode
    years: int  # of a mean over years, 0 when the periods say it
    wishes: Wishes
    meanings: Meanings = field(default_factory=dict)
    rest: str = ""  # the question without its definitions: what names the periods
    dates: tuple[str, ...] = ()  # ISO dates named: last days of periods


def asked_figure(question: str, catalogue: Catalogue) -> FigureAsk | None:
    """Return the figure that a question asks for, None when a word leaves a doubt."""
    named = find_companies(question, catalogue)
    if not named or not all(_is_itself(n, question) for n in named):
        return None
    folded = fold(question)
    if any(_CUSTOMER.search(folded[: n.start]) for n in named):
        return None
    for n in named:  # a company is no unknown word; "Walmart's" leaves its "'s"
        folded = folded[: n.start] + " " * (n.end - n.start) + folded[n.end :]
    try:
        rest, defined = _definitions(folded)
        rest, wishes = take_wishes(rest)
        dates = tuple(day for match in DATE.finditer(rest) if (day := iso_of(match)))
        rest = DATE.sub(lambda match: " " * len(match[0]), rest)
        known = tuple((say, say) for say in defined if say not in wordings(())[1])
        found = list(segments(rest, known))
        if means_another(rest, known) or _names_something(found, question):
            return None
        ask = _read(found, defined, wishes, rest)
        return ask and replace(ask, dates=dates)
    except NoExpression:
        return None


def _is_itself(named: Named, question: str) -> bool:
    """Return whether a company is called by its name or its ticker, not by one of its brands."""
    written = question[named.start : named.end].removesuffix("'s")
    said, name = key(written), key(named.company)
    if said.startswith(name):
        return said[len(name) :] in _AFTER_NAME
    if len(said) > 2 and (name.startswith(said) or said.removeprefix("the").startswith(name)):
        return True
    letters = iter(name)
    return written.isupper() and len(said) <= _TICKER and all(c in letters for c in said)


def _definitions(folded: str) -> tuple[str, dict[str, Expression]]:
    """Return the question with what defines something blotted out, and what it defines."""
    kept, defined = [], {}
    for sentence in _SENTENCE.split(folded):  # with the blanks between: places stay as they are
        match = _DEFINED.match(sentence.strip().rstrip("."))
        if match is None:
            kept.append(sentence)
            continue
        kept.append(" " * len(sentence))
        what, how = match["what"] or match["what2"], match["how"] or match["how2"]
        if "?" in what:
            raise NoExpression("a definition inside the question")
        bare = plain(_AROUND.sub(" ", what))
        defined[wordings(())[1].get(bare, bare)] = how
    known = tuple((say, say) for say in defined if say not in lines() and say not in formulas())
    return "".join(kept), {say: parse(how, known) for say, how in defined.items()}


def _names_something(found: Sequence[Sequence[Piece]], question: str) -> bool:
    """Return whether a word that we do not know is a name: "in the US, what was ..."."""
    words = (piece for segment in found for piece in segment if piece.kind == "word")
    return any(
        question[word.start].isupper() and not _OPENS.search(question[: word.start])
        for word in words
    )


def _read(
    found: Sequence[Sequence[Piece]],
    defined: Mapping[str, Expression],
    wishes: Wishes,
    rest: str,
) -> FigureAsk | None:
    sure = [s for s in found if names(s) and not any(p.kind == "word" for p in s)]
    if not sure:
        return None
    main = max(sure, key=lambda s: (_marks(s), len(names(s))))
    wanted = tuple(_wanted(part, defined) for part in _parts(main))
    used = {name for w in wanted for name in leaves(w.expression, defined)} | set(names(main))
    # What else is named must be what is worked out anyway: "using operating income and D&A".
    if any(not leaves(Term(name), defined) <= used for s in found for name in names(s)):
        return None
    kinds = {p.kind for s in found if s == main or not names(s) for p in s}
    modes = [mode for mode in get_args(Mode) if mode in kinds]
    if len(modes) > 1:
        return None
    mode: Mode = modes[0] if modes else "value"
    years = max((p.count for s in found for p in s), default=0)
    return FigureAsk(wanted, mode, years, wishes, dict(defined), rest)


def _marks(segment: Sequence[Piece]) -> int:
    """Count what tells how a figure is to be worked out."""
    return sum(piece.kind in _ARITHMETIC for piece in segment)


def _parts(segment: Sequence[Piece]) -> list[list[Piece]]:
    """Return the figures that "and" joins, each as its pieces."""
    parts: list[list[Piece]] = [[]]
    for piece in segment:
        if piece.kind == "and":
            parts.append([])
        elif piece.kind in ("name", "sign", "share", "ratio"):
            parts[-1].append(piece)
    return [part for part in parts if part]


def _wanted(pieces: Sequence[Piece], defined: Mapping[str, Expression]) -> Wanted:
    share = any(piece.kind == "share" for piece in pieces)
    if len(pieces) == 3 and pieces[0].kind == "share":  # "what share of revenue was capex"
        pieces = (pieces[2], pieces[0], pieces[1])
    if len(pieces) == 3 and pieces[0].kind == "ratio":  # "the ratio of debt to equity"
        pieces = (pieces[1], pieces[0], pieces[2])
    made = read([Token("name" if p.kind == "name" else "sign", p.text) for p in pieces])
    if isinstance(made, Term):
        return _single(made, defined)
    unit = unit_of(made, defined)
    words = " ".join(piece.text for piece in pieces)
    label = words.replace(" / ", " as a share of " if share else " to ").replace(" - ", " less ")
    return Wanted(label, made, "percent" if share else unit, words, "as the question puts it")


def _single(term: Term, defined: Mapping[str, Expression]) -> Wanted:
    formula = formulas().get(term.name)
    if term.name in defined:
        unit = formula.unit if formula else unit_of(defined[term.name], defined)
        return Wanted(term.name, term, unit, "by the question's own definition", "the question")
    if formula:
        return Wanted(term.name, term, formula.unit, formula.text, formula.source)
    return Wanted(term.name, term, lines()[term.name].unit, "", "")
