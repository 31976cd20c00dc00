import pytest

from askretail.clauses import clauses, theme

from .made import catalogue, document

KNOWN = catalogue(
    document("Text.", "Walmart", year=2023),
    document("Text.", "Nike", year=2023),
    document("Text.", "Best Buy", year=2023),
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Why is Nike leaving Brazil in fiscal 2021, and who takes over the shops there?",
            ("Why is leaving Brazil", "who takes over the shops there"),
        ),
        ("How did Best Buy's margin move in FY2023?", ("How did margin move",)),
        (  # a list is no row of clauses
            "Nike store plans: closures, remodels, outlets",
            ("store plans closures remodels outlets",),
        ),
        ("Walmart?", ("Walmart?",)),  # nothing is left: the question itself
    ],
)
def test_clauses_ask_for_one_thing_each_without_companies_and_periods(
    question: str, parts: tuple[str, ...]
) -> None:
    assert clauses(question, KNOWN) == parts


def test_the_theme_keeps_everything_but_names_and_periods() -> None:
    assert theme("Which drones did Walmart fly in Q2 FY2023 and why", KNOWN) == (
        "Which drones did fly in and why"
    )


def test_at_most_four_clauses_are_told_apart() -> None:
    asked = "; ".join(f"what is the {n} of the plan here" for n in ("a", "b", "c", "d", "e"))
    assert len(clauses(asked, KNOWN)) == 4
