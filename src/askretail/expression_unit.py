"""What an expression is counted in, and which lines it rests on."""

from askretail.expression import Binary, Expression, Mean, NoExpression, Number, Term, parse
from askretail.figure_data import Unit, formulas, lines
from askretail.work_out import Meanings


def unit_of(made: Expression, meanings: Meanings) -> Unit:
    """Return the unit of an expression: money over money is a ratio. Raises NoExpression."""
    if isinstance(made, Number):
        return "ratio"
    if isinstance(made, Mean):
        return unit_of(made.items[0], meanings)
    if isinstance(made, Term):
        if made.name in meanings:
            return unit_of(meanings[made.name], without(meanings, made.name))
        formula = formulas().get(made.name)
        return formula.unit if formula else lines()[made.name].unit
    return _joined(made, unit_of(made.left, meanings), unit_of(made.right, meanings))


def _joined(made: Binary, left: Unit, right: Unit) -> Unit:
    if made.sign == "/":
        return "ratio" if left == right else left
    if made.sign == "*":
        return right if left == "ratio" else left
    if left != right:
        raise NoExpression(f"{left} and {right} do not add up")
    return left


def leaves(made: Expression, meanings: Meanings) -> frozenset[str]:
    """Return the names of the lines and formulas that an expression rests on."""
    if isinstance(made, Number):
        return frozenset()
    if isinstance(made, Mean):
        return frozenset(name for item in made.items for name in leaves(item, meanings))
    if isinstance(made, Binary):
        return leaves(made.left, meanings) | leaves(made.right, meanings)
    inner = _meaning(made.name, meanings)
    below = leaves(inner, without(meanings, made.name)) if inner is not None else frozenset()
    return frozenset((made.name,)) | below


def without(meanings: Meanings, name: str) -> Meanings:
    """Return meanings without one, so that nothing is defined by itself."""
    return {other: made for other, made in meanings.items() if other != name}


def _meaning(name: str, meanings: Meanings) -> Expression | None:
    if name in meanings:
        return meanings[name]
    if name in formulas():
        return parse(formulas()[name].text)
    instead = lines()[name].instead
    return parse(instead) if instead else None
