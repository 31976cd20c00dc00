"""When both sides of a comparison count as quoted, each under its own company or period."""

from dataclasses import replace

import pytest

from askretail.catalogue import make_catalogue
from askretail.nouns import Answer, Citation, Point
from askretail_eval.comparisons import judged, own, table
from askretail_eval.questions import Gold, Question
from askretail_ingest.nouns import Document, Metadata, Period

from .made import answer, cite, document


def report(source: str, text: str, year: int, *companies: str) -> Document:
    metadata = Metadata(source, companies, period=Period(year), doc_type="10-K")
    return replace(document(source, text), metadata=metadata)


NIKE = report("nike.pdf", "We run 300 stores.", 2022, "Nike")
GAP = report("gap.pdf", "There are 20 shops. Walmart has more.", 2021, "Gap")
BOTH = report("both.pdf", "Nike runs 300 stores. It is in Oregon.", 2022, "Nike", "Gap")
CATALOGUE = make_catalogue(enumerate((NIKE, GAP, BOTH)))
QUESTION = Question(
    id="q",
    type="comparison",
    question="Who has more stores, Nike or Gap?",
    evidence=((Gold("nike", 1),), (Gold("gap", 1),)),
    must_contain=("300", "20"),
)


def beside(*sides: tuple[str, Citation]) -> Answer:
    points = tuple(Point(name, "", (citation,)) for name, citation in sides)
    return replace(answer("?"), points=points, status="answered")


@pytest.mark.parametrize(
    ("group", "citation", "is_own"),
    [
        ("Nike", cite(NIKE, "300 stores"), True),
        ("Gap", cite(NIKE, "300 stores"), False),
        ("Walmart", cite(GAP, "Walmart has more."), True),  # the quote names it
        ("Nike", cite(BOTH, "It is in Oregon."), True),  # its paragraph does
        ("Gap", cite(BOTH, "It is in Oregon."), False),
        ("FY2022", cite(NIKE, "300 stores"), True),
        ("FY2021", cite(NIKE, "300 stores"), False),
    ],
)
def test_a_quote_is_own_where_it_is_about_its_side(
    group: str, citation: Citation, is_own: bool
) -> None:
    assert own(group, citation, CATALOGUE) is is_own


def test_each_measure_also_asks_for_those_before_it() -> None:
    nike, gap = (
        ("Nike", cite(NIKE, "We run 300 stores.")),
        ("Gap", cite(GAP, "There are 20 shops.")),
    )
    more = ("Gap", cite(GAP, "Walmart has more."))
    told = {
        "both": beside(nike, gap),
        "a fact is missing": beside(nike, more),
        "a side is missing": beside(nike),
        "under the wrong name": beside(nike, ("Gap", nike[1])),
    }
    assert {name: judged(QUESTION, made, CATALOGUE) for name, made in told.items()} == {
        "both": (True, True, True),
        "a fact is missing": (True, True, False),
        "a side is missing": (False, False, False),
        "under the wrong name": (False, False, False),
    }


def test_the_table_has_a_row_a_measure_with_how_many_of_how_many() -> None:
    made = table([("set", [(True, True, False), (True, False, False)])])
    assert [row[1].split(" (")[1] for row in made.rows] == ["2 of 2)", "1 of 2)", "0 of 2)"]
