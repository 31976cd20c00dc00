"""What an assistant makes of the questions before: asked of two invented notes."""

from collections.abc import Iterator

import pytest

from askretail import Turn
from askretail.assistant import Assistant
from askretail_index.embed import Embedder

LEADERS = """---
title: Costco leadership note
companies: [Costco]
type: brief
---

# Who leads Costco

Jane Marsh, the chief executive of Costco, took office in May 2021.

Before she came to Costco, Jane Marsh ran the grocery shops of Nordmarkt for nine years.
"""
FEES = """---
title: Costco fees note
companies: [Costco]
type: brief
---

# Fees

Costco charged members $60 a year, and 93 percent of them renewed.
"""


@pytest.fixture(scope="module")
def leaders(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("leaders")
    (folder / "leaders.md").write_text(LEADERS, encoding="utf-8")
    (folder / "fees.md").write_text(FEES, encoding="utf-8")
    with Assistant.open(folder / "library", create=True, embedder=embedder) as opened:
        opened.ingest([folder])
        yield opened


WHO = "Who is the chief executive of Costco?"
ALONE = "Where did Jane Marsh of Costco work before?"


def test_the_answer_before_tells_who_she_is(leaders: Assistant) -> None:
    answer = leaders.ask("where did she work before?", [Turn(WHO, leaders.ask(WHO))])
    assert answer.standalone == ALONE
    assert any("Nordmarkt" in citation.quote for citation in answer.citations)


def test_an_answer_that_is_missing_is_worked_out_again(leaders: Assistant) -> None:
    assert leaders.ask("where did she work before?", [WHO]).standalone == ALONE
    (first, *_) = leaders.search("where did she work before?", history=[WHO])
    assert "Nordmarkt" in first.text


def test_the_resolved_question_is_part_of_the_answer(leaders: Assistant) -> None:
    answer = leaders.ask("how many renew?", ["What does Costco charge members?"])
    assert answer.to_dict()["standalone"] == answer.standalone
    assert answer.reading.companies == ("Costco",)
