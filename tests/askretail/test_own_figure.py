"""Measures that a filer prints by itself, in its own way."""

from decimal import Decimal

import pytest

from askretail.figure_data import formulas
from askretail.own_figure import printed_otherwise

from .made import document


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Free cash flow, non-GAAP measure $ 5,855 $ 7,157 (18)%", "free cash flow", "5604000000"),
        ("Return on assets (ROA) 6.7% 3.4%", "return on assets", "0.0653"),
        ("EBITDA 3,300.1 3,000.2", "ebitda", "3100000000"),
    ],
)
def test_a_row_with_another_value_is_returned(line: str, name: str, value: str) -> None:
    of = document(f"Prose.\n{line}\nMore.")
    (place,) = printed_otherwise(of, formulas()[name], Decimal(value))
    assert of.text[slice(*place)] == line


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Free cash flow $ 25,810 $ 14,550", "free cash flow", "25810000000"),
        ("Free cash flow $ 25.8 $ 14.6", "free cash flow", "25810000000"),  # in billions
        ("Gross margin 39.3% 38.9%", "gross margin", "0.3934"),
        ("Gross margin 21.0% 20.0%\nGross margin 39.3% 38.9%", "gross margin", "0.3934"),
        ("Gross margin $ 21,368 $ 18,281", "gross margin", "0.1113"),  # an amount, not the share
        ("Gross margin fell in 2022", "gross margin", "0.3934"),
        ("Adjusted EBITDA 3,300 3,000", "ebitda", "3100000000"),  # another measure
        ("Prose alone.", "ebitda", "3100000000"),
    ],
)
def test_nothing_is_returned_where_a_row_agrees_or_none_prints_it(
    text: str, name: str, value: str
) -> None:
    assert printed_otherwise(document(text), formulas()[name], Decimal(value)) == ()
