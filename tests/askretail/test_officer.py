"""Who holds an office: which questions ask for one, and which lines answer them."""

import pytest

from askretail.assistant import Assistant
from askretail.catalogue import Catalogue
from askretail.officeholder import near_lines
from askretail.officer import office_asked, officer_lines
from askretail.reading import read_question

from .made import document, hit, quote


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who is the CEO of Best Buy?", "chief executive"),
        ("Who's Nike's CFO?", "chief financial"),
        ("who runs walmart now", "chief executive"),
        ("Who leads Amazon?", "chief executive"),
        ("Who heads Coca-Cola today?", "chief executive"),
        ("Who is the boss of Ulta?", "chief executive"),
        ("Who was General Mills' CFO in fiscal 2020?", "chief financial"),
        ("What is the name of Costco's CEO?", "chief executive"),
        ("Who is CVS Health's finance chief?", "chief financial"),
        ("Who is the chief operating officer at Foot Locker?", "chief operating"),
        ("Who is the chief marketing officer of PepsiCo?", "chief marketing"),
        ("Who took over as chief executive of Kraft Heinz in 2019?", "chief executive"),
        ("Who became Nike's new CFO?", "chief financial"),
        ("Who runs Walmart's pharmacies?", ""),
        ("Who will succeed Nike's CFO?", ""),
        ("What does the CEO of Nike say about China?", ""),
        ("Who leans more on Walmart, Nike or PepsiCo?", ""),
    ],
)
def test_an_office_is_asked_for_only_where_nothing_else_is(
    filings: Catalogue, question: str, office: str
) -> None:
    assert office_asked(read_question(question, question, filings), filings) == office


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("Jane Roe 59 Chairman and Chief Executive Officer 6", True),
        (
            "Jane Roe, 53, is President, Chief Executive Officer and a Director of the Company.",
            True,
        ),
        (
            "Jane A. Roe, age 60, President and Chief Executive Officer of Costco since May 2021",
            True,
        ),
        ("Jane A. Roe was appointed our Chief Executive Officer in 2019.", True),
        ("Ms. Roe has served as President and CEO since June 2015.", True),
        ("Jane Roe 61 Vice Chair, Costco; Chief Executive Officer, Costco", True),
        ("“We did well,” said Jane Roe, chief executive officer.", True),
        ("/s/ JANE ROE Chief Executive Officer July 21, 2022", True),
        ("Jane Roe, the chief executive, mentions the cards in every release.", True),
        ("In May the chief executive, Jane Roe, praised the cards.", True),
        ("Jane Roe took over as president and chief executive on May 1, 2022.", True),
        ("Jane Roe 57 Chief Executive Officer, Costco North America", False),
        ("Jane Roe 56 CEO Worldwide Clubs", False),
        ("Jane Roe 45 Global Chief Financial Officer", False),
        ("Ms. Roe previously served as Chief Executive Officer of Acme.", False),
        ("32.1 Certification of Chief Executive Officer", False),
        ("The Chief Executive Officer shall preside at all meetings.", False),
    ],
)
def test_the_line_has_a_name_beside_the_title_of_the_whole_company(
    filings: Catalogue, line: str, answers: bool
) -> None:
    asked = read_question("", "Who is the CEO of Costco?", filings)
    there = quote(hit(document(line, "Costco", year=2022)), line)
    assert officer_lines("chief executive", asked, [there], filings) == [there] * answers


def test_the_newest_report_answers_and_its_list_comes_before_its_signatures(
    filings: Catalogue,
) -> None:
    lines = {
        "old": ("Ann Doe 59 Chief Executive Officer", 2020),
        "signed": ("/s/ JANE ROE Chief Executive Officer", 2022),
        "listed": ("Jane Roe 51 Chief Executive Officer", 2022),
    }
    quotes = {
        name: quote(hit(document(text, "Costco", year=year)), text)
        for name, (text, year) in lines.items()
    }

    def answers(question: str) -> list[str]:
        asked = read_question("", question, filings)
        found = officer_lines("chief executive", asked, list(quotes.values()), filings)
        return [name for one in found for name, other in quotes.items() if one is other]

    assert answers("Who is the CEO of Costco?") == ["listed", "signed"]
    assert answers("Who was the CEO of Costco in fiscal 2020?") == ["old"]


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("Under chief executive Jane Roe the clubs multiplied.", True),
        ("Costco has picked a former head of Walmart to lead it.", True),
        ("Walmart chose a former head of Costco as its new chief.", False),
        ("The Chief Executive Officer of the Corporation shall preside.", False),
        ("Jane Roe previously served as Chief Executive Officer, North America.", False),
    ],
)
def test_a_line_that_tells_of_an_office_less_plainly_stands_in(
    filings: Catalogue, line: str, tells: bool
) -> None:
    asked = read_question("", "Who is the CEO of Costco?", filings)
    there = quote(hit(document(line, "Costco", year=2022)), line)
    assert near_lines("chief executive", asked, [there], filings) == [there] * tells


def test_an_office_that_no_document_names_anybody_for_is_not_found(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the chief executive of Walmart?")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.lead == "The documents do not say: no passage names who holds that office."
