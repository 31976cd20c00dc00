"""Lists of companies and of years, in whatever order and wording, are put side by side."""

import pytest

from askretail.catalogue import Catalogue
from askretail.reading import read_question
from askretail.sides import sides


def names_of(question: str, catalogue: Catalogue) -> str:
    """Return the names of the sides of a question."""
    return ", ".join(
        name for name, _ in sides(catalogue, read_question(question, question, catalogue))
    )


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("the gross margin of Costco, Walmart and Nike", "Costco, Walmart, Nike"),
        ("the gross margin of Nike, Walmart and Costco", "Nike, Walmart, Costco"),
        ("the gross margin of Walmart, Nike, and Costco", "Walmart, Nike, Costco"),
        ("What is the gross margin of Costco, Walmart & Nike?", "Costco, Walmart, Nike"),
        ("Gross margin: Costco vs Walmart vs Nike", "Costco, Walmart, Nike"),
        ("Gross margin: Nike vs. Costco vs. Walmart", "Nike, Costco, Walmart"),
        ("Costco versus Walmart versus Nike in 2022", "Costco, Walmart, Nike"),
        ("Costco against Walmart against Amazon on delivery", "Costco, Walmart, Amazon"),
        ("Costco's margin compared with Walmart's and Nike's", "Costco, Walmart, Nike"),
        ("How does Walmart compare to Costco and Amazon on labels?", "Walmart, Costco, Amazon"),
        ("Costco/Walmart/Nike gross margin 2022", "Costco, Walmart, Nike"),
        ("Costco, Walmart, Nike: gross margin", "Costco, Walmart, Nike"),
        (
            "Compare Costco with Walmart, Nike and CVS on returns",
            "Costco, Walmart, Nike, CVS Health",
        ),
        ("How do Walmart, Costco, and Amazon differ on labels?", "Walmart, Costco, Amazon"),
        ("Which of Walmart, Costco or Nike has the best margin?", "Walmart, Costco, Nike"),
        ("Who has the best margin: Walmart, Costco or Nike?", "Walmart, Costco, Nike"),
        ("capex at Walmart, at Costco and at Nike", "Walmart, Costco, Nike"),
        ("For Costco, Walmart and Nike, what was capex in 2022?", "Costco, Walmart, Nike"),
        ("Between Costco, Walmart and Nike, who spends most?", "Costco, Walmart, Nike"),
        ("Did Costco, Walmart or Nike raise prices?", "Costco, Walmart, Nike"),
        ("Rank Nike, Foot Locker and Best Buy by margin", "Nike, Foot Locker, Best Buy"),
        ("Is Nike bigger than Foot Locker and Best Buy?", "Nike, Foot Locker, Best Buy"),
        ("Walmart, Target and Amazon: how do they see theft?", "Walmart, Target, Amazon"),
        (
            "Capex of Walmart in 2022, of Costco in 2022 and of Nike in 2023",
            "Walmart, Costco, Nike",
        ),
        ("What do Walmart and CVS say, and what does Amazon?", "Walmart, CVS Health, Amazon"),
        ("What do Walmart and CVS say about Amazon?", "Walmart, CVS Health"),
        ("Who leans more on Walmart for its sales: PepsiCo or Nike?", "PepsiCo, Nike"),
        ("Which of the two leaned on Walmart more, PepsiCo or Nike?", "PepsiCo, Nike"),
        ("Who sold more to Nike, Walmart or Amazon?", "Walmart, Amazon"),
        (
            "How much do PepsiCo, Nike and Kraft Heinz sell to Walmart?",
            "PepsiCo, Nike, Kraft Heinz",
        ),
        ("What share of sales to Walmart did Nike and PepsiCo report?", "Nike, PepsiCo"),
        ("Compare PepsiCo and Nike on their dependence on Walmart", "PepsiCo, Nike"),
        ("How much did PepsiCo sell to Walmart and Costco?", ""),
        ("What share of sales to Walmart, Costco and Amazon did Nike report?", ""),
    ],
)
def test_a_list_of_companies_loses_none_and_takes_in_none_that_it_is_about(
    filings: Catalogue, question: str, names: str
) -> None:
    assert names_of(question, filings) == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Nike's gross margin in 2015, 2018 and 2022", "FY2015, FY2018, FY2022"),
        ("Nike's gross margin in 2022, 2018, and 2015", "FY2022, FY2018, FY2015"),
        ("Compare Nike in fiscal 2021, fiscal 2022 & fiscal 2023", "FY2021, FY2022, FY2023"),
        ("nike stores fy18 vs fy20 vs fy23", "FY2018, FY2020, FY2023"),
        ("Nike's plan in 2018 versus 2020 versus 2023", "FY2018, FY2020, FY2023"),
        ("Nike's stores in 2018 against 2023", "FY2018, FY2023"),
        ("How did Nike's margin change from 2018 to 2022?", "FY2018, FY2022"),
        ("How did Nike's margin move between fiscal 2018 and fiscal 2022?", "FY2018, FY2022"),
        ("How did Nike's plans change over 2018-2022?", "FY2018, FY2022"),
        (
            "How did Nike's plans change between 2012, 2014, 2016, 2018, 2020 and 2022?",
            "FY2012, FY2022",
        ),
    ],
)
def test_each_period_that_is_named_is_a_side_and_of_a_range_the_ends(
    filings: Catalogue, question: str, names: str
) -> None:
    assert names_of(question, filings) == names
