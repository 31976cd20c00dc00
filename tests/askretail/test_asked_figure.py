"""Which figure a question asks for, and when it is safer to say that none is."""

import pytest

from askretail.asked_figure import FigureAsk, asked_figure
from askretail.catalogue import Catalogue
from askretail.expression import parse


def ask(question: str, filings: Catalogue) -> FigureAsk:
    found = asked_figure(question, filings)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "label", "unit", "mode"),
    [
        ("What was Walmart's revenue in FY2023?", "revenue", "money", "value"),
        ("walmart capex fy23", "capex", "money", "value"),
        ("How much did Nike's inventories grow in FY2023?", "inventory", "money", "growth"),
        ("What is Nike's gross margin for FY2023?", "gross margin", "percent", "value"),
        ("Nike's 3 year average net margin, FY2021 to FY2023", "net margin", "percent", "mean"),
        (
            "Costco's inventory turns in fiscal 2022?",
            "inventory turnover",
            "ratio",
            "value",
        ),
        (
            "What was Walmart's capex as a % of revenue in FY2023?",
            "capex as a share of revenue",
            "percent",
            "value",
        ),
        (
            "What share of revenue was Walmart's cost of sales in FY2023?",
            "cost of sales as a share of revenue",
            "percent",
            "value",
        ),
        (
            "What was PepsiCo's operating cash flow less capex in FY2022?",
            "operating cash flow less capex",
            "money",
            "value",
        ),
        (
            "Best Buy's diluted EPS in FY2023?",
            "diluted earnings per share",
            "each",
            "value",
        ),
    ],
)
def test_a_figure_is_read_from_plain_words(
    question: str, label: str, unit: str, mode: str, filings: Catalogue
) -> None:
    found = ask(question, filings)
    assert [(w.label, w.unit) for w in found.wanted] == [(label, unit)]
    assert found.mode == mode


@pytest.mark.parametrize(
    "question",
    [
        "What was Walmart U.S. net sales in FY2023?",
        "What were Sam's Club net sales in FY2023?",  # a banner of Walmart, not Walmart
        "What was AWS revenue in 2022?",
        "What was Walmart's adjusted operating income in FY2023?",
        "What was PepsiCo's organic revenue growth in FY2022?",
        "What were Nike's footwear revenues in FY2023?",
        "What was Nike's revenue in Greater China in FY2023?",
        "What was Walmart's e-commerce net sales in FY2023?",
        "What were PepsiCo's net sales to Walmart in FY2022?",
        "In the US, what was Walmart's operating income in FY2023?",
        "For the international segment, what was Walmart's operating income in FY2023?",
        "Why did Walmart's gross margin fall in FY2023?",
        "How does Walmart plan to grow revenue?",
        "What is Walmart's capex guidance for FY2024?",
        "What was revenue in FY2023?",  # whose?
        "Which strategy does Walmart follow?",
    ],
)
def test_a_word_that_is_not_accounted_for_leaves_no_figure(
    question: str, filings: Catalogue
) -> None:
    assert asked_figure(question, filings) is None


def test_two_figures_may_be_asked_at_once(filings: Catalogue) -> None:
    found = ask("What were Walmart's revenue and operating income in FY2023?", filings)
    assert [w.label for w in found.wanted] == ["revenue", "operating income"]


def test_a_formula_in_the_question_is_taken_instead_of_ours(filings: Catalogue) -> None:
    found = ask(
        "What is Nike's FY2023 quick ratio? Quick ratio is defined as: (cash and cash equivalents "
        "+ accounts receivable) / total current liabilities. Round your answer to three decimals.",
        filings,
    )
    wanted = "(cash and cash equivalents + accounts receivable) / total current liabilities"
    assert found.meanings == {"quick ratio": parse(wanted)}
    assert found.wishes.decimals == 3


def test_where_the_figures_stand_is_no_part_of_a_formula(filings: Catalogue) -> None:
    found = ask(
        "What is Nike's FY2023 EBITDA? Define EBITDA as operating income + D&A from the cash flow "
        "statement. Answer by what is shown in the P&L statement.",
        filings,
    )
    assert found.meanings == {"ebitda": parse("operating income + depreciation and amortization")}


def test_a_formula_that_we_cannot_read_leaves_no_figure(filings: Catalogue) -> None:
    assert (
        asked_figure(
            "What is Nike's FY2023 quick ratio? Define quick ratio as liquid funds over dues.",
            filings,
        )
        is None
    )


def test_a_name_that_only_the_question_defines_is_understood(filings: Catalogue) -> None:
    found = ask(
        "What was Nike's FY2023 cash cover? Cash cover is defined as: cash and cash equivalents "
        "/ total current liabilities.",
        filings,
    )
    assert [(w.label, w.unit) for w in found.wanted] == [("cash cover", "ratio")]


def test_lines_named_beside_the_figure_must_be_its_own(filings: Catalogue) -> None:
    question = "What is PepsiCo's FY2022 EBITDA margin? Calculate EBITDA using {}."
    right = "operating income and depreciation and amortization"
    assert asked_figure(question.format(right), filings) is not None
    assert asked_figure(question.format("net income and interest expense"), filings) is None
