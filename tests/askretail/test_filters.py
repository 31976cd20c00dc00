"""Filters let in what they name and nothing else, in search, in answers and in what is said."""

import pytest

from askretail.assistant import Assistant
from askretail.catalogue import Catalogue
from askretail.filters import checked, choices, limited
from askretail.nouns import EVERYTHING, Filters
from askretail.reading import read_question
from askretail_ingest.errors import BadSetting

CARE = "What does Walmart say about clinics?"


def test_choices_are_all_that_the_library_holds(assistant: Assistant) -> None:
    assert assistant.choices == Filters(
        companies=("Amazon", "Costco", "Walmart"),
        periods=("FY2023", "FY2022"),
        doc_types=("brief", "news"),
        sources=("amazon-care.md", "costco-fees.md", "rivals.txt", "walmart-care.md"),
    )


def test_a_year_and_its_quarters_are_choices_the_newest_first(filings: Catalogue) -> None:
    assert choices(filings).periods[:4] == ("FY2024", "Q1 FY2024", "Q2 FY2024", "FY2023")


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        (Filters(companies=("Walmart",)), ["0.pdf", "1.pdf"]),
        (Filters(companies=("Walmart", "Nike")), ["0.pdf", "1.pdf", "7.pdf"]),
        (Filters(companies=("Walmart",), doc_types=("10-Q",)), ["1.pdf"]),
        (Filters(periods=("FY2024",)), ["1.pdf", "6.pdf"]),
        (Filters(periods=("Q2 FY2024",)), ["6.pdf"]),
        (Filters(sources=("3.pdf",), periods=("FY2022",)), ["3.pdf"]),
        (Filters(sources=("3.pdf",), periods=("FY2024",)), []),
    ],
)
def test_fields_limit_together_and_values_are_alternatives(
    filings: Catalogue, filters: Filters, sources: list[str]
) -> None:
    assert [entry.source for entry in limited(filings, filters).entries] == sources


def test_values_are_taken_as_people_write_them(filings: Catalogue) -> None:
    typed = Filters(("wal-mart", "CVS"), ("2022", "Q2 fiscal 2024"), ("10-k",), ("7",))
    assert checked(typed, filings) == Filters(
        ("Walmart", "CVS Health"), ("FY2022", "Q2 FY2024"), ("10-K",), ("7.pdf",)
    )


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(companies=("Wallmart",)), "company 'Wallmart'.*did you mean 'Walmart'"),
        (Filters(companies=("Aldi",)), "company 'Aldi' in this library: there is Amazon, Best Buy"),
        (Filters(periods=("FY1999",)), "no period 'FY1999'"),
        (Filters(doc_types=("S-1",)), "no type 'S-1'"),
        (Filters(sources=("lost.pdf",)), "no document 'lost.pdf'"),
    ],
)
def test_a_value_that_no_document_has_is_refused_with_a_guess(
    filings: Catalogue, filters: Filters, message: str
) -> None:
    with pytest.raises(BadSetting, match=message):
        checked(filters, filings)


def test_a_company_outside_the_filters_is_one_that_is_missing(filings: Catalogue) -> None:
    question = "What was Nike's revenue?"
    only = limited(filings, Filters(companies=("Walmart",)))
    reading = read_question(question, question, only)
    assert (reading.companies, reading.unknown) == ((), ("Nike",))
    assert reading.relaxed == ("no Nike document in the documents chosen",)


def test_without_filters_the_catalogue_is_the_same(filings: Catalogue) -> None:
    assert limited(filings, EVERYTHING) is filings


@pytest.mark.model
def test_an_answer_quotes_only_what_the_filters_let_in(assistant: Assistant) -> None:
    open_to_all = assistant.ask("Who sells groceries online?")
    assert [c.document.source for c in open_to_all.citations] == ["rivals.txt"]
    only = Filters(sources=("walmart-care.md",))
    limited_to = assistant.ask(CARE, filters=only)
    assert {c.document.source for c in limited_to.citations} == {"walmart-care.md"}
    assert limited_to.reading.filters == only
    assert limited_to.searched[0] == 1
    assert 0 < limited_to.searched[1] < assistant.passages


@pytest.mark.model
def test_search_ranks_only_what_the_filters_let_in(assistant: Assistant) -> None:
    hits = assistant.search("groceries", 20, filters=Filters(doc_types=("brief",)))
    assert {hit.document.source for hit in hits} == {
        "amazon-care.md",
        "costco-fees.md",
        "walmart-care.md",
    }


@pytest.mark.model
def test_filters_that_let_nothing_in_find_nothing_and_say_so(assistant: Assistant) -> None:
    answer = assistant.ask(CARE, filters=Filters(("Costco",), doc_types=("news",)))
    assert (answer.status, answer.searched) == ("not_found", (0, 0))
    assert answer.lead == "The documents do not say: no document is all of Costco · news."
    assert assistant.search(CARE, filters=Filters(("Costco",), doc_types=("news",))) == ()


@pytest.mark.model
def test_an_answer_says_its_filters_and_changes_in_json(assistant: Assistant) -> None:
    reading = assistant.ask(CARE, filters=Filters(companies=("Walmart",))).to_dict()["reading"]
    assert isinstance(reading, dict)
    assert reading["filters"] == {
        "companies": ["Walmart"],
        "periods": [],
        "doc_types": [],
        "sources": [],
    }
    assert reading["changes"] == []
