"""A value with its inputs, in the chat and in an export."""

from dataclasses import replace
from decimal import Decimal

from askretail.exporting import exported
from askretail.nouns import Answer, Figure, Input, Point, Reading, Turn
from askretail_ui.render import answer_html

from .fake import OAKMART, cite
from .test_render import HOSTILE, tags, words

SALES = cite(OAKMART, "Net sales $ 12,400 $ 11,800")
SPENT = cite(OAKMART, "Purchases of property and equipment (610) (540)")
FIGURE = Figure(
    label="capex as a share of net sales",
    period="FY2022",
    value=Decimal("4.919354"),
    shown="4.9%",
    unit="%",
    formula="capex / net sales",
    worked="610 / 12,400",
    source="as the question puts it",
    inputs=(
        Input("capex", "FY2022", "(610)", Decimal(610), SPENT, SPENT.start + 36, SPENT.start + 41),
        Input("net sales", "FY2022", "$ 12,400", Decimal(1), SALES, SALES.start + 10, SALES.end),
    ),
)
MISSING = replace(
    FIGURE, value=None, shown="", inputs=FIGURE.inputs[:1], missing=("no row for net sales",)
)


def answer(figure: Figure) -> Answer:
    cited = tuple(one.citation for one in figure.inputs)
    return Answer(
        "How much?", "answered", "Found.", Reading("", ""), (Point("", "", cited, (figure,)),)
    )


def test_a_value_stands_with_its_arithmetic_and_links_to_its_rows() -> None:
    shown = answer_html(answer(FIGURE), 1)
    said = words(shown)
    assert "capex as a share of net sales, FY2022 4.9%" in said
    assert "= 610 / 12,400" in said
    assert "capex / net sales (as the question puts it)" in said
    assert "capex FY2022: (610) [1] · net sales FY2022: $ 12,400 [2]" in said
    assert shown.index('href="#src-1-1"') < shown.index('href="#src-1-2"')


def test_a_figure_without_a_value_says_what_is_missing() -> None:
    said = words(answer_html(answer(MISSING), 1))
    assert "FY2022 not worked out, no row for net sales" in said
    assert "4.9%" not in said
    assert "= 610" not in said


def test_markup_in_a_cell_is_shown_as_text() -> None:
    plain = tags(answer_html(answer(FIGURE), 1))
    for hostile in HOSTILE:
        bad = replace(FIGURE, label=hostile, worked=hostile, missing=(hostile,))
        assert tags(answer_html(answer(bad), 1)) <= plain


def test_an_export_has_the_value_and_its_rows_as_quotes() -> None:
    text = exported([Turn("How much?", answer(FIGURE))], "html")
    said = words(text)
    assert (
        "Capex as a share of net sales, FY2022: 4.9% = 610 / 12,400. capex / net sales (as the "
        "question puts it). From capex FY2022: (610); net sales FY2022: $ 12,400."
    ) in said
    assert text.count("<blockquote>") == 2
