"""What the choice of quotes looks at: each feature is what its comment in NAMES says."""

import math

import pytest

from askretail.nouns import Asked, Reading
from askretail.quote_features import NAMES, Candidate, quote_features, wanted_words
from askretail_ingest.nouns import Document

from .made import catalogue, column, document, hit, reading

NOTE = document(
    "Walmart plans to open clinics beside its pharmacies. It grew. and then it stopped\n\n"
    "Capital expenditures | $610 | $540\n\nIn 2021, sales rose 5% because fuel cost more.",
    "Walmart",
    year=2022,
)
PLAN, GREW = "Walmart plans to open clinics beside its pharmacies.", "It grew."
PIECE, ROW = "and then it stopped", "Capital expenditures | $610 | $540"
CAUSE = "In 2021, sales rose 5% because fuel cost more."


def candidate(
    text: str, of: Document = NOTE, *, section: tuple[str, ...] = (), score: float = 1.0
) -> Candidate:
    start = of.text.index(text)
    kind = "table" if "|" in text else "prose"
    whole = hit(of, section=section, kind=kind, score=score)  # type: ignore[arg-type]
    return Candidate(whole, "", start, start + len(text), 0, (0.5, 0.4), 0.6)


def feature(name: str, asked: Reading, *candidates: Candidate) -> list[float]:
    documents = {one.hit.document.text: one.hit.document for one in candidates}
    known = catalogue(*documents.values())
    return column(quote_features(asked, known, candidates).tolist(), NAMES, name)


def one(name: str, asked: Reading, text: str, **fields: object) -> float:
    return feature(name, asked, candidate(text, **fields))[0]  # type: ignore[arg-type]


PLAIN = reading("What happened?")
NUMBER = reading("How much?", intent="number")
CAPITAL = reading("How much capital was spent?", intent="number")
OVERVIEW = reading("What is the strategy?", intent="overview")


def test_meaning_and_place_are_those_of_the_candidate_and_its_passage() -> None:
    far = Candidate(hit(NOTE, score=0.25), "", 0, 5, 3, (0.1, 0.2), 0.3)
    both = (candidate(PLAN), far)
    assert feature("cosine", PLAIN, *both) == [0.5, 0.1]
    assert feature("cosine_full", PLAIN, *both) == [0.4, 0.2]
    assert feature("cosine_passage", PLAIN, *both) == [0.6, 0.3]
    assert feature("place", PLAIN, *both) == [0, -0.75]
    assert feature("reciprocal", PLAIN, *both) == [1, 0.25]


def test_nothing_to_quote_has_no_rows_and_all_columns() -> None:
    assert quote_features(PLAIN, catalogue(NOTE), []).shape == (0, len(NAMES))


def test_the_wanted_words_leave_out_companies_years_and_stop_words() -> None:
    asked = reading(
        "How many clinics did Walmart and Atlantis open in FY2022 or 2021?",
        companies=("Walmart",),
        unknown=("Atlantis",),
    )
    assert wanted_words(asked) == {"clinic", "open"}


WORDS = reading("clinics pharmacies fuel weather")  # as many as FEW_WORDS


def test_words_are_the_share_of_the_questions_that_stand_in_the_span_and_in_its_headings() -> None:
    assert feature("words", WORDS, candidate(PLAN), candidate(CAUSE)) == [0.5, 0.25]
    heads = ("Weather", "Fuel", "Clinics and pharmacies")  # the last two count
    assert one("words_section", WORDS, GREW, section=heads) == 0.75
    assert one("words", PLAIN, PLAN) == 0


def test_a_question_of_few_words_gives_them_less_say() -> None:
    assert one("words", reading("clinics"), PLAN) == 0.25
    assert one("words", reading("clinics pharmacies"), PLAN) == 0.5


def test_a_word_that_few_spans_hold_counts_for_more() -> None:
    spans = [candidate(text) for text in (PLAN, CAUSE, PLAN)]
    rare = feature("words_rare", WORDS, *spans)
    # idf as in BM25 over 3 spans: clinics and pharmacies are held by 2, fuel by 1, weather by none
    idf = {n: math.log(1 + (3 - n + 0.5) / (n + 0.5)) for n in (0, 1, 2)}
    total = 2 * idf[2] + idf[1] + idf[0]
    wanted = [2 * idf[2] / total, idf[1] / total, 2 * idf[2] / total]
    assert rare == pytest.approx(wanted, abs=1e-5)


def test_the_metric_is_mentioned_by_what_filings_print_for_it() -> None:
    capex = reading("What was capex?", metrics=("capex",))
    assert [one("mention", capex, text) for text in (ROW, PLAN)] == [1, 0]
    assert one("mention", PLAIN, ROW) == 0


def test_figures_and_rows_count_apart_for_numbers_and_for_words() -> None:
    names = ("figure", "figure_prose", "row_number", "row_prose")
    assert [one(n, CAPITAL, ROW) for n in names] == [1, 0, 1, 0]
    assert [one(n, NUMBER, ROW) for n in names] == [1, 0, 0, 0]  # not a row of what is asked for
    assert [one(n, PLAIN, ROW) for n in names] == [0, 1, 0, 1]
    assert [one(n, NUMBER, CAUSE) for n in names] == [1, 0, 0, 0]
    assert [one(n, NUMBER, PLAN) for n in names] == [0, 0, 0, 0]


def test_a_cause_counts_when_the_question_asks_why() -> None:
    why = reading("Why?", intent="why")
    assert [one("cause", why, text) for text in (CAUSE, PLAN)] == [1, 0]
    assert one("cause", PLAIN, CAUSE) == 0


def test_an_asked_year_in_the_words_counts_and_another_one_is_strange() -> None:
    asked, other = (reading("?", periods=(Asked(year),)) for year in (2021, 2022))
    assert [one(n, asked, CAUSE) for n in ("year", "strange_period")] == [1, 0]
    assert [one(n, other, CAUSE) for n in ("year", "strange_period")] == [0, 1]
    assert [one(n, PLAIN, CAUSE) for n in ("year", "strange_period")] == [0, 0]


def test_words_about_another_company_are_strange() -> None:
    for companies, strange in ((("Amazon",), 1), (("Walmart",), 0), ((), 0)):
        assert one("strange_company", reading("?", companies=companies), PLAN) == strange


def test_age_counts_fifths_of_five_years_behind_the_newest_document_of_the_company() -> None:
    spans = [
        candidate(f"Sales of {year}", document(f"Sales of {year}", "Walmart", year=year))
        for year in (2023, 2022, 2010)
    ]
    assert feature("age", PLAIN, *spans) == [0, 0.2, 1]
    assert feature("age", reading("?", periods=(Asked(2010),)), *spans) == [0, 0, 0]


def test_risk_factors_and_exhibits_are_known_by_the_section() -> None:
    risky, exhibit = ("Item 1A. Risk Factors",), ("Exhibit 10.1", "Terms")
    assert one("risk_overview", OVERVIEW, PLAN, section=risky) == 1
    assert one("risk_overview", PLAIN, PLAN, section=risky) == 0
    assert (
        one("risk_overview", reading("Which risks?", intent="overview"), PLAN, section=risky) == 0
    )
    assert one("exhibit", PLAIN, PLAN, section=exhibit) == 1
    assert one("exhibit", PLAIN, PLAN, section=risky) == 0


def test_a_plan_counts_when_an_overview_is_asked_for() -> None:
    assert [one("intends", OVERVIEW, text) for text in (PLAN, CAUSE)] == [1, 0]
    assert one("intends", PLAIN, PLAN) == 0


def test_the_form_of_a_sentence_is_seen() -> None:
    assert [one("leans", PLAIN, text) for text in (GREW, PLAN)] == [1, 0]
    assert [one("leans_overview", asked, GREW) for asked in (OVERVIEW, PLAIN)] == [1, 0]
    assert [one("fragment", PLAIN, text) for text in (PIECE, PLAN)] == [1, 0]
    assert one("fragment", PLAIN, "expenditures | $610 | $") == 0  # a row is never one
    assert [one("short", PLAIN, text) for text in (GREW, PLAN)] == [1, 0]
    assert one("length", PLAIN, GREW) == round(math.log(3), 6)
