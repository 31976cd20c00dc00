"""Arithmetic in words: read to a tree, worked out with the sums beside."""

from decimal import Decimal

import pytest

from askretail.expression import Mean, NoExpression, Term, parse
from askretail.expression_unit import leaves, unit_of
from askretail.figure_data import Line, formulas, lines
from askretail.nouns import Asked
from askretail.work_out import Worked, work_out

NOW = Asked(2021)


def worked(text: str, **meanings: str) -> Worked:
    """Work out a text of constants, and of names that ``meanings`` give."""
    known = {name: parse(how) for name, how in meanings.items()}
    return work_out(parse(text), NOW, lambda line, period: None, known)


def test_products_bind_before_sums_and_brackets_before_both() -> None:
    assert worked("2 + 3 * 4").value == 14
    assert worked("(2 + 3) * 4").value == 20
    assert worked("20 / 4 / 5").value == 1
    assert worked("10 - 4 - 3").value == 3


def test_words_are_signs_too() -> None:
    assert worked("12 divided by 4 minus 1").value == 2


def test_division_by_zero_is_left_open() -> None:
    assert worked("1 / 0").value is None


def test_the_text_keeps_the_brackets_that_the_value_needs() -> None:
    assert worked("(2 + 3) * 4").text == "(2 + 3) × 4"
    assert worked("2 - (3 - 4)").text == "2 − (3 − 4)"
    assert worked("12 / (3 * 2)").text == "12 / (3 × 2)"
    assert worked("2 + 3 * 4").text == "2 + 3 × 4"


def test_a_line_is_named_in_many_ways() -> None:
    assert parse("COGS") == parse("cost of goods sold") == Term("cost of sales")


def test_an_average_spans_the_ends_of_the_year() -> None:
    assert parse("average inventory") == Mean((Term("inventory", back=1), Term("inventory")))
    assert parse("average inventory between FY2020 and FY2021") == Mean(
        (
            Term("inventory", period=Asked(2020)),
            Term("inventory", period=Asked(2021)),
        )
    )


def test_a_period_before_or_behind_a_name_belongs_to_it() -> None:
    assert parse("FY2019 revenue") == parse("revenue in FY2019") == Term("revenue", 0, Asked(2019))


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "revenue / banana",
        "revenue revenue",
        "(revenue",
        "revenue +",
        "average inventory FY2020",
        "",
    ],
)
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(NoExpression):
        parse(text)


@pytest.mark.parametrize("name", list(formulas()))
def test_every_formula_of_the_data_file_reads_and_has_its_unit(name: str) -> None:
    formula = formulas()[name]
    made = parse(formula.text)
    own = unit_of(made, {})
    alike = {"percent": {"ratio"}, "share": {"ratio"}}.get(formula.unit, {formula.unit})
    assert own in alike or (formula.unit == "days" and own == "ratio")
    assert formula.source
    assert leaves(made, {}) - formulas().keys() <= lines().keys()


def test_missing_lines_are_named_with_their_period() -> None:
    def look(line: Line, period: Asked) -> None:
        return None

    result = work_out(parse("cost of sales / average inventory"), NOW, look, {})
    assert result.value is None
    assert result.missing == (
        ("cost of sales", Asked(2021)),
        ("inventory", Asked(2020)),
        ("inventory", Asked(2021)),
    )


def test_a_definition_in_the_question_goes_before_ours() -> None:
    assert worked("quick ratio", **{"quick ratio": "3 / 4"}).value == Decimal("0.75")
