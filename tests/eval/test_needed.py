"""What an answer rests on, where a set gives pages and an answer in its own words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from askretail.nouns import Answer, Figure, Input, Point
from askretail_eval.answers import judge
from askretail_eval.needed import holds_needed
from askretail_eval.needed_table import by_type
from askretail_eval.questions import Gold, Question

from .made import answer, cite, document

FILING = document(
    "gap_2022.pdf",
    "Overview. Sales were 5,400 and cash 1,900. We run 982 shops.\n",
    "Statement. Sales 5,400 4,500\nCash 1,000 1,900\nShops 969 982\n",
    "Gap sells in Europe, Asia and Australia. Votes: the proposal was defeated.\n",
)
OTHER = document("nike_2022.pdf", "Sales 5,400 4,500\n")


def question(gold: str, *, page: int = 2, asked: str = "What happened?") -> Question:
    return Question("q", "fact", asked, evidence=((Gold("gap_2022", page),),), answer=gold)


SALES = cite(FILING, "Sales 5,400 4,500")


@pytest.mark.parametrize(
    ("gold", "quotes", "held"),
    [
        ("$5.40 bn in 2022", ("Sales 5,400 4,500",), True),  # a table of millions
        ("20%", ("Sales 5,400 4,500",), True),  # the change from one to the other
        ("Down 47% from 2021", ("Cash 1,000 1,900",), True),
        ("It fell by 13 shops, from 982 to 969.", ("Shops 969 982",), True),
        ("It fell by 13 shops, from 982 to 969.", ("Cash 1,000 1,900",), False),
        ("9.02%", ("Sales 5,400 4,500",), False),
        ("5.4%", ("Sales 5,400 4,500",), False),  # a share is not in millions
        ("(1) Sales of $4,500", ("Sales 5,400 4,500",), True),  # the number of a list
    ],
)
def test_every_figure_of_the_answer_is_printed_or_comes_out_of_two(
    gold: str, quotes: tuple[str, ...], held: bool
) -> None:
    cited = [cite(FILING, text) for text in quotes]
    assert holds_needed(question(gold), answer("?", *cited)) is held


def test_a_figure_without_a_word_of_the_answer_is_there_by_accident() -> None:
    gold = "Shoes from Vietnam brought in $5,400, or the largest part of it."
    assert not holds_needed(question(gold), answer("?", SALES))
    assert holds_needed(question(f"{gold} These are the sales."), answer("?", SALES))


def test_a_figure_counts_on_another_page_where_a_gold_page_has_it_too() -> None:
    beside = cite(FILING, "Sales were 5,400 and cash 1,900.")
    assert holds_needed(question("$5,400"), answer("?", beside))
    assert not holds_needed(question("$5,400", page=3), answer("?", beside))


def test_a_figure_of_another_filing_does_not_count() -> None:
    assert not holds_needed(question("$5,400"), answer("?", cite(OTHER, "Sales 5,400 4,500")))


def test_the_sixth_citation_comes_too_late() -> None:
    words = ("Overview.", "Statement.", "We run 982 shops.", "Cash 1,000 1,900", "Shops 969 982")
    others = [cite(FILING, text) for text in words]
    assert not holds_needed(question("$4,500"), answer("?", *others, SALES))
    assert holds_needed(question("$4,500"), answer("?", *others[1:], SALES))


@pytest.mark.parametrize(
    ("gold", "quote", "held"),
    [
        ("It sells in Europe, Asia and Australia.", "Gap sells in Europe, Asia", True),
        ("It sells in Europe, Africa and Brazil and Chile.", "Gap sells in Europe, Asia", False),
        ("The vote was that the proposal was defeated.", "the proposal was defeated.", True),
        ("It sells in Europe, Asia and Australia.", "Shops 969 982", False),
    ],
)
def test_an_answer_without_figures_finds_most_of_its_words_on_the_page(
    gold: str, quote: str, held: bool
) -> None:
    assert holds_needed(question(gold, page=3), answer("?", cite(FILING, quote))) is held


def worked(value: str) -> Answer:
    """Return an answer that shows a value worked out of the two cells of a row."""
    cells = [Input("sales", "FY", n, Decimal(1), SALES, 0, 1) for n in ("5,400", "4,500")]
    figure = Figure("turnover", "FY2022", Decimal(value), value, "", inputs=tuple(cells))
    return replace(answer("?"), points=(Point("", "", (SALES,), (figure,)),))


def test_a_value_worked_out_is_held_with_the_cells_that_it_rests_on() -> None:
    assert holds_needed(question("7.31"), worked("7.31"))
    assert not holds_needed(question("7.31"), worked("7.41"))
    assert not holds_needed(question("7.31", page=3), worked("7.31"))


def test_chance_is_the_share_held_of_the_answers_to_other_questions() -> None:
    asked = [
        replace(question("$5,400", asked="one"), id="1"),
        replace(question("$4,500", asked="two"), id="2", type="other"),
    ]
    table = by_type(asked, lambda text: answer(text, *([SALES] if text == "one" else [])))
    assert [(row[0], row[1], row[2].split()[0], row[3]) for row in table.rows] == [
        ("fact", "1", "1.00", "1.00"),
        ("other", "1", ".00", ".00"),
        ("all", "2", ".50", ".50"),
    ]


def test_a_question_with_gold_quotes_or_facts_has_no_such_measure() -> None:
    bare = question("$5,400")
    quoted = replace(bare, evidence=((Gold("gap_2022", 2, "Sales 5,400"),),))
    assert judge(bare, answer("?", SALES))["needed@5"] == 1.0
    for other in (quoted, replace(bare, must_contain=("5,400",)), replace(bare, answer="")):
        assert "needed@5" not in judge(other, answer("?", SALES))
