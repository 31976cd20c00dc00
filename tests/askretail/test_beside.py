"""Each side of a comparison stands under its own name, with what is said of it alone."""

from collections.abc import Iterator

import pytest

from askretail.assistant import Assistant
from askretail.nouns import Answer
from askretail_index.embed import Embedder

NOTE = """---
title: PepsiCo report {year}
companies: [PepsiCo]
type: 10-K
period: FY{year}
---

# Competition

In {year}, we and The Coca-Cola Company held {ours}% and {theirs}% of the market for soft drinks.

Our snacks are sold in grocery stores and in vending machines.
"""
NIKE = """---
title: Nike report 2022
companies: [Nike]
type: 10-K
period: FY2022
---

# Customers

Foot Locker took 9% of our sales of shoes in fiscal 2022. Shoes are made in Vietnam.
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reports")
    for year, ours, theirs in ((2021, 22, 19), (2022, 20, 21)):
        text = NOTE.format(year=year, ours=ours, theirs=theirs)
        (folder / f"pepsico-{year}.md").write_text(text, encoding="utf-8")
    (folder / "nike.md").write_text(NIKE, encoding="utf-8")
    cola = NIKE.replace("Nike", "Coca-Cola").replace("2022", "2017").replace("Shoes", "Drinks")
    (folder / "cola.md").write_text(cola, encoding="utf-8")
    with Assistant.open(folder / "library", create=True, embedder=embedder) as opened:
        opened.ingest([folder])
        yield opened


def quotes(answer: Answer) -> dict[str, list[str]]:
    return {point.group: [c.quote[:36] for c in point.citations] for point in answer.points}


SHARES = "What share of the soft drinks market did PepsiCo and Coca-Cola hold in 2021 and in 2022?"


def test_a_company_asked_about_in_two_years_is_quoted_on_each(reports: Assistant) -> None:
    assert quotes(reports.ask(SHARES))["PepsiCo"] == [
        "In 2021, we and The Coca-Cola Compan",
        "In 2022, we and The Coca-Cola Compan",
    ]


def test_a_side_without_a_report_of_its_own_is_quoted_from_who_names_it(
    reports: Assistant,
) -> None:
    answer = reports.ask(SHARES)
    assert quotes(answer)["Coca-Cola"] == quotes(answer)["PepsiCo"]
    assert "no Coca-Cola document for FY2022" in answer.lead


def test_what_the_others_are_asked_about_is_no_side(reports: Assistant) -> None:
    answer = reports.ask("Who lost more share to Coca-Cola in 2022, PepsiCo or Nike?")
    assert [point.group for point in answer.points] in ([], ["PepsiCo", "Nike"])
