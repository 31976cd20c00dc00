"""An expression to its value, with the cells it came from and what was missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from askretail.books import Entered
from askretail.expression import Binary, Expression, Mean, Number, Term, parse
from askretail.figure_data import Line, formulas, lines
from askretail.nouns import Asked

Lookup = Callable[[Line, Asked], Entered | None]
_SHOWN = {"*": "×", "-": "−"}
Meanings = Mapping[str, Expression]  # what a question itself defines


@dataclass(frozen=True, slots=True)
class Worked:
    """A value with the arithmetic behind it; ``value`` is None when an input is missing."""

    value: Decimal | None
    text: str  # "24,576 / ((6,854 + 7,367) / 2)"
    entered: tuple[Entered, ...] = ()
    missing: tuple[tuple[str, Asked], ...] = ()  # lines and their periods
    binds: int = 3  # how close its text holds together: 3 one number, 2 a product, 1 a sum


def work_out(expression: Expression, at: Asked, look: Lookup, meanings: Meanings) -> Worked:
    """Return what an expression comes to in a period; division by zero leaves it open."""
    if isinstance(expression, Number):
        return Worked(expression.value, f"{expression.value.normalize():f}")
    if isinstance(expression, Term):
        return _term(expression, at, look, meanings)
    if isinstance(expression, Mean):
        return mean([work_out(item, at, look, meanings) for item in expression.items])
    return _binary(expression, at, look, meanings)


def _term(term: Term, at: Asked, look: Lookup, meanings: Meanings) -> Worked:
    period = term.period or Asked(at.year - term.back, at.quarter)
    if term.name in meanings:
        rest = {name: made for name, made in meanings.items() if name != term.name}
        return work_out(meanings[term.name], period, look, rest)
    if term.name in formulas():
        return work_out(parse(formulas()[term.name].text), period, look, meanings)
    line = lines()[term.name]
    found = look(line, period)
    if found is not None:
        return Worked(found.amount, printed(found), (found,))
    if line.instead:
        other = work_out(parse(line.instead), period, look, meanings)
        if other.value is not None and not any(_beside(line, e) for e in other.entered):
            return other
    return Worked(None, "?", missing=((term.name, period),))


def _beside(line: Line, entered: Entered) -> bool:
    """Return whether a statement has a row beside which a line cannot be worked out."""
    captions = [row.caption for row in entered.statement.rows]
    return any(pattern.fullmatch(caption) for pattern in line.unless for caption in captions)


def mean(parts: list[Worked]) -> Worked:
    """Return the mean of several values."""
    if len(parts) == 1:
        return parts[0]
    values = [part.value for part in parts if part.value is not None]
    text = " + ".join(part.text for part in parts)
    return Worked(
        sum(values, Decimal(0)) / len(parts) if len(values) == len(parts) else None,
        f"({text}) / {len(parts)}",
        tuple(e for part in parts for e in part.entered),
        tuple(m for part in parts for m in part.missing),
        binds=2,
    )


def _binary(expression: Binary, at: Asked, look: Lookup, meanings: Meanings) -> Worked:
    left = work_out(expression.left, at, look, meanings)
    right = work_out(expression.right, at, look, meanings)
    return join(expression.sign, left, right)


def join(sign: str, left: Worked, right: Worked) -> Worked:
    """Return two values joined by "+", "-", "*" or "/"."""
    value: Decimal | None = None
    if left.value is not None and right.value is not None:
        if sign == "/":
            value = left.value / right.value if right.value else None
        else:
            value = {
                "+": left.value + right.value,
                "-": left.value - right.value,
                "*": left.value * right.value,
            }[sign]
    binds = 1 if sign in "+-" else 2
    first = left.text if left.binds >= binds else f"({left.text})"
    second = right.text if right.binds > binds or sign == "+" else f"({right.text})"
    return Worked(
        value,
        f"{first} {_SHOWN.get(sign, sign)} {second}",
        (*left.entered, *right.entered),
        (*left.missing, *right.missing),
        binds,
    )


def printed(entered: Entered) -> str:
    """Return the digits of a cell as printed, in brackets only when they count as negative."""
    bare = entered.cell.text.strip("$€£ ()-–—%")
    if not any(c.isdigit() for c in bare):
        return "0"
    return f"({bare})" if entered.amount < 0 else bare
