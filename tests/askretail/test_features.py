"""What the ranking of pages looks at: each feature is what its comment in NAMES says."""

from typing import cast

import numpy as np
import pytest

from askretail.candidates import printed_words
from askretail.catalogue import Catalogue
from askretail.features import NAMES, page_features
from askretail.nouns import Asked, Reading
from askretail.signals import Candidate
from askretail_index.store import Store
from askretail_ingest.nouns import Document

from .made import catalogue, column, document, reading

CASH = "Consolidated Statements of Cash Flows\nPurchases of property and equipment 16,857 in 2022. "
FILING = document(f"Cover.\f{CASH * 4}", "Walmart", year=2022)


class Documents:
    """A store that holds documents alone."""

    def __init__(self, *documents: Document) -> None:
        self.rows = dict(enumerate(documents, start=1))

    def document(self, number: int) -> Document:
        return self.rows[number]


def features_of(
    asked: Reading, *candidates: Candidate, documents: tuple[Document, ...] = (FILING,)
) -> list[list[float]]:
    known: Catalogue = catalogue(*documents)
    store = cast(Store, Documents(*documents))
    found = page_features(store, known, asked, candidates)
    assert found.shape == (len(candidates), len(NAMES))
    return cast("list[list[float]]", found.tolist())


def one(asked: Reading, name: str, of: Document, *, page: int = 1, section: str = "") -> float:
    """Return a feature of one page of a document."""
    rows = features_of(asked, Candidate(1, page, section=section), documents=(of,))
    return column(rows, NAMES, name)[0]


PLAIN = reading("How did it go?")
BEST = Candidate(1, 1, {1: 0.2, 2: 0.8, 3: 0.4}, {1: 0.9, 2: 0.3}, {2: 4.0, 3: 1.0}, 6.0, 2.0)
NEXT = Candidate(1, 2, {4: 0.4}, {4: 0.5}, {4: 2.0}, 3.0, 4.0)
BARE = Candidate(1, 2)


def test_cosines_are_those_of_the_best_passages_raw_and_against_the_other_candidates() -> None:
    rows = features_of(PLAIN, BEST, NEXT, BARE)
    best, second, sentence = [0.8, 0.4, 0.0], [0.4, 0.0, 0.0], [0.9, 0.5, 0.0]
    assert column(rows, NAMES, "cosine_raw") == best
    assert column(rows, NAMES, "sentence_raw") == sentence
    for name, values in (("cosine", best), ("cosine_second", second), ("sentence", sentence)):
        wanted = (np.array(values) - np.mean(values)) / np.std(values)
        assert column(rows, NAMES, name) == pytest.approx(wanted.tolist(), abs=1e-5)


def test_word_scores_are_shares_of_the_best_candidates() -> None:
    rows = features_of(PLAIN, BEST, NEXT, BARE)
    assert column(rows, NAMES, "bm25_page") == [1, 0.5, 0]
    assert column(rows, NAMES, "bm25_plain") == [0.5, 1, 0]
    assert column(rows, NAMES, "bm25_passage") == [1, 0.5, 0]


def test_ranks_count_ten_over_ten_and_the_rank_and_nothing_where_nothing_was_found() -> None:
    rows = features_of(PLAIN, BEST, NEXT, BARE)
    first, second = round(10 / 11, 6), round(10 / 12, 6)
    for name in ("reciprocal_cosine", "reciprocal_sentence", "reciprocal_page"):
        assert column(rows, NAMES, name) == [first, second, 0]
    assert column(rows, NAMES, "reciprocal_passage") == [first, second, 0]


def test_equal_candidates_stand_out_in_nothing() -> None:
    rows = features_of(PLAIN, BARE, BARE)
    assert rows[0][: NAMES.index("many_companies")] == [0] * NAMES.index("many_companies")


@pytest.mark.parametrize(
    ("year", "same", "following", "after", "undated"),
    [
        (2021, 0, 0, 0, 0),
        (2022, 1, 0, 0, 0),
        (2023, 0, 1, 0, 0),
        (2024, 0, 0, 1, 0),
        (None, 0, 0, 0, 1),
    ],
)
def test_the_year_of_a_document_is_measured_from_the_one_asked_for(
    year: int | None, same: int, following: int, after: int, undated: int
) -> None:
    of = document("Sales.", "Walmart", year=year)
    asked = reading("?", periods=(Asked(2022),))
    names = ("year_same", "year_next", "year_after", "year_undated")
    assert [one(asked, n, of) for n in names] == [same, following, after, undated]
    assert [one(PLAIN, n, of) for n in names] == [0, 0, 0, 0]


def test_a_quarter_asked_for_wants_its_report_and_a_year_the_annual_one() -> None:
    annual = document("Sales.", "Walmart", year=2022)
    second = document("Sales.", "Walmart", year=2022, quarter=2)
    year, quarter = (reading("?", periods=(Asked(2022, q),)) for q in (None, 2))
    assert [one(quarter, "quarter", of) for of in (annual, second)] == [0, 1]
    assert [one(quarter, "annual", of) for of in (annual, second)] == [0, 0]
    assert [one(year, "quarter", of) for of in (annual, second)] == [0, 0]
    assert [one(year, "annual", of) for of in (annual, second)] == [1, 0]


def test_age_counts_years_since_the_newest_of_the_company_when_no_period_is_asked_for() -> None:
    documents = tuple(
        document(f"{name} {year}", name, year=year)
        for name, year in (("Walmart", 2023), ("Walmart", 2021), ("Nike", 2010), ("Walmart", 2001))
    )
    candidates = [Candidate(number, 1) for number in range(1, 5)]
    rows = features_of(PLAIN, *candidates, documents=documents)
    assert column(rows, NAMES, "age") == [0, 0.4, 0, 1]
    asked = reading("?", periods=(Asked(2001),))
    rows = features_of(asked, *candidates, documents=documents)
    assert column(rows, NAMES, "age") == [0, 0, 0, 0]


def test_companies_type_and_authority_are_those_of_the_document() -> None:
    several = document("x", "Walmart", "Nike", "Gap", "Target", year=2022, doc_type="news")
    assert one(PLAIN, "many_companies", several) == 0.75
    assert one(PLAIN, "many_companies", FILING) == 0
    asked = reading("?", doc_types=("news",))
    assert [one(asked, "doc_type", of) for of in (several, FILING)] == [1, 0]
    assert one(PLAIN, "authority", FILING) == 1 > one(PLAIN, "authority", several) > 0


def test_the_page_is_searched_for_the_asked_years() -> None:
    asked = reading("?", periods=(Asked(2022), Asked(2019)))
    assert [one(asked, "year_on_page", FILING, page=p) for p in (1, 2)] == [0, 0.5]
    assert one(PLAIN, "year_on_page", FILING, page=2) == 0


def test_heads_of_the_statement_and_phrases_of_the_metric_must_stand_in_the_pages_head() -> None:
    asked = reading("What was capex?", metrics=("capex",), intent="number")
    assert "purchases of property and equipment" in printed_words(asked)
    late = document("x" * 400 + CASH, "Walmart", year=2022)
    for name in ("statement_head", "phrase_head"):
        assert one(asked, name, FILING, page=2) == 1
        assert [one(asked, name, of) for of in (FILING, late)] == [0, 0]
        assert one(PLAIN, name, FILING, page=2) == 0


def test_digits_position_and_length_are_those_of_the_page() -> None:
    of = document("1" * 50 + "x" * 150 + "\f" + "22" + "x" * 98 + "\f\f", year=2022)
    assert [one(PLAIN, "digits", of, page=p) for p in (1, 2)] == [0.25, 0.02]
    assert [one(PLAIN, "position", of, page=p) for p in (1, 4)] == [0.25, 1]
    assert [one(PLAIN, "short", of, page=p) for p in (1, 2)] == [0, 1]
    capex = reading("What was capex?", metrics=("capex",), intent="number")
    why = reading("Why did capex rise?", metrics=("capex",), intent="why")
    bare = reading("How many?", intent="number")
    assert [one(r, "digits_figure", of) for r in (capex, why, bare)] == [0.25, 0, 0]


def test_nearness_is_that_of_the_best_passage_of_the_two_best_and_of_the_whole_page() -> None:
    close = Candidate(1, 1, near={1: 0.2, 2: 0.8, 3: 0.6}, near_page=0.9)
    far = Candidate(1, 2, near={4: 0.4}, near_page=0.4)
    rows = features_of(PLAIN, close, far)
    assert column(rows, NAMES, "near_raw") == [0.8, 0.4]
    assert column(rows, NAMES, "near_two_raw") == [pytest.approx(0.7), 0.2]
    assert column(rows, NAMES, "near_page_raw") == [0.9, 0.4]
    assert column(rows, NAMES, "near") == pytest.approx([1, -1])


def test_every_feature_counts_once_more_where_a_figure_is_asked_for() -> None:
    half = len(NAMES) // 2
    asked = reading("What was capex?", metrics=("capex",), intent="number")
    (row,) = features_of(asked, BEST)
    assert row[:half] == row[half:]
    (row,) = features_of(PLAIN, BEST)
    assert any(row[:half])
    assert not any(row[half:])


@pytest.mark.parametrize(
    ("question", "intent", "section", "speaks_against"),
    [
        ("What is the strategy?", "overview", "Item 1A. Risk Factors", 1),
        ("What is the strategy?", "overview", "Item 1. Business", 0),
        ("What is the strategy?", "fact", "Item 1A. Risk Factors", 0),
        ("What threatens it?", "overview", "Item 1A. Risk Factors", 0),
    ],
)
def test_risk_factors_speak_against_a_page_when_an_overview_of_something_else_is_asked_for(
    question: str, intent: str, section: str, speaks_against: int
) -> None:
    asked = reading(question, intent=intent)
    assert one(asked, "risk_overview", FILING, section=section) == speaks_against


def test_a_page_of_an_exhibit_is_known_by_its_section() -> None:
    assert one(PLAIN, "exhibit", FILING, section="Exhibit 10.12 > Definitions") == 1
    assert one(PLAIN, "exhibit", FILING, section="Item 15. Exhibits") == 0
