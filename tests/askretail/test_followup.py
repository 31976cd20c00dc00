import doctest
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from askretail import Answer, Turn, definite, refer, shift, shorthand, topic
from askretail.catalogue import Catalogue, make_catalogue
from askretail.followup import answered, resolve
from askretail.nouns import Citation, Point, Reading
from askretail.reading import read_question
from askretail_ingest.nouns import Document, Metadata, Page

LINES = (Path(__file__).parent / "followups.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" | ") for line in LINES if not line.startswith("#")]
REMARK = 5  # words; a shorter one may hang on the last question
READINGS = (Path(__file__).parent / "readings.txt").read_text(encoding="utf-8").splitlines()
NAMED = [
    fields[0]
    for fields in (line.split(" | ") for line in READINGS if not line.startswith("#"))
    if fields[1] != "-" and len(fields[0].split()) > REMARK and fields[0][:10] != "What about"
]


@pytest.mark.parametrize("row", ROWS, ids=[" | ".join(row[:2]) for row in ROWS])
def test_a_follow_up_reads_as_the_table_says(row: list[str], filings: Catalogue) -> None:
    earlier, question, alone = row
    history = [Turn(text) for text in earlier.split(" / ")]
    assert resolve(question, history, filings) == alone


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(ROWS) >= 100
    assert len({tuple(row[:2]) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("question", NAMED)
def test_a_question_that_names_its_company_is_left_alone(question: str, filings: Catalogue) -> None:
    history = [Turn("How much did Foot Locker spend on wages in fiscal 2019?")]
    assert resolve(question, history, filings) == question


def test_without_a_history_nothing_is_put_in(filings: Catalogue) -> None:
    assert resolve("why did it fall?", [], filings) == "why did it fall?"


def test_a_follow_up_carries_company_period_and_figure_into_the_reading(
    filings: Catalogue,
) -> None:
    history = [Turn("What was Nike's gross margin in fiscal 2023?")]
    alone = resolve("why did it fall?", history, filings)
    reading = read_question("why did it fall?", alone, filings)
    assert reading.chips == ("Nike", "FY2023", "gross margin")
    assert reading.intent == "why"


def test_what_an_answer_was_read_as_counts_more_than_its_question(filings: Catalogue) -> None:
    read = Reading("and there?", "What was Costco's revenue in fiscal 2022?")
    history = [Turn("and there?", Answer("and there?", "not_found", "", read))]
    assert resolve("and Walmart?", history, filings) == "What was Walmart's revenue in fiscal 2022?"


def test_a_person_is_taken_from_a_short_answer() -> None:
    text = "Ada Quill"
    document = Document("", "", text, (Page(1, "", 0, len(text)),), Metadata(""))
    point = Point("", "", (Citation(document, 1, "", (), text, 0, len(text)),))
    question = "Who wrote the first cookbook of the valley?"
    answer = Answer(question, "answered", "", Reading(question, ""), (point,))
    alone = resolve("Where was she born?", [Turn(question, answer)], make_catalogue(()))
    assert alone == "Where was Ada Quill born?"


def test_the_company_that_alone_answered_is_meant(filings: Catalogue) -> None:
    text = "Pet food grew."
    page = Page(1, "", 0, len(text))
    document = Document("", "", text, (page,), Metadata("", ("General Mills",)))
    point = Point("", "", (Citation(document, 1, "", (), text, 0, len(text)),))
    question = "Who sells food for cats?"
    history = [Turn(question, Answer(question, "answered", "", Reading(question, ""), (point,)))]
    alone = resolve("What are its biggest brands?", history, filings)
    assert alone == "What are General Mills' biggest brands?"


@pytest.mark.parametrize("module", [definite, refer, shift, shorthand, topic])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_general_questions_carry_their_thing() -> None:
    nobody = make_catalogue(())
    history = [Turn("Tell me about the Arctic expedition."), Turn("Who paid for it?")]
    assert resolve("When did it end?", history, nobody) == "When did Arctic expedition end?"
    assert (
        resolve("How long did the expedition last?", history, nobody)
        == "How long did the Arctic expedition last?"
    )


def quoting(question: str, *quotes: str) -> Turn:
    """Return a turn whose answer consists of these quotes, from a document about nobody."""
    text = "\n".join(quotes)
    document = Document("x", "x.txt", text, (Page(1, "", 0, len(text)),), Metadata("x"))
    citations = tuple(Citation(document, 1, "", (), quote, 0, len(quote)) for quote in quotes)
    reading = Reading(question, question)
    return Turn(question, Answer(question, "answered", "", reading, (Point("", "", citations),)))


DILLON = "Mary Dillon took over as chief executive on September 1, 2022 from Richard Johnson."


def test_he_or_she_is_whom_the_answer_names(filings: Catalogue) -> None:
    history = [quoting("Who became chief executive of Foot Locker in 2022?", DILLON)]
    assert resolve("where did she work before?", history, filings) == (
        "Where did Mary Dillon of Foot Locker work before?"
    )


def test_whom_the_question_names_is_not_the_answer(filings: Catalogue) -> None:
    history = [quoting("Who replaced Richard Johnson at Foot Locker?", DILLON)]
    assert resolve("how old is she?", history, filings) == (
        "How old is Mary Dillon of Foot Locker?"
    )


def test_the_person_stays_the_same_over_several_turns(filings: Catalogue) -> None:
    history = [quoting("Who replaced Richard Johnson at Foot Locker?", DILLON)]
    history.append(Turn("what does she earn?"))
    made = resolve("and when did she join?", history, filings)
    assert made == "When did Mary Dillon join at Foot Locker?"


def test_only_a_name_with_an_office_beside_it_is_a_persons(filings: Catalogue) -> None:
    quote = "The plan is called Blue Mountain. Corie Barry, the chief executive, presented it."
    history = [quoting("What did Best Buy present?", quote)]
    made = resolve("when did she join?", history, filings)
    assert made == "When did Corie Barry of Best Buy join?"


def test_companies_are_no_persons(filings: Catalogue) -> None:
    history = [quoting("Who runs the clinics of CVS?", "Oak Street Health and Foot Locker do.")]
    assert resolve("what does she earn?", history, filings) == (
        "What does the head of the clinics of CVS earn?"
    )


def test_answers_are_worked_out_only_where_a_question_needs_their_names(filings: Catalogue) -> None:
    asked: list[tuple[str, int]] = []

    def ask(question: str, history: Sequence[Turn]) -> Answer:
        asked.append((question, len(history)))
        answer = quoting(question, DILLON).answer
        assert answer is not None
        return answer

    turns = [Turn("How is Nike doing?"), Turn("Who leads Foot Locker?"), Turn("and Nike?")]
    assert answered("and Costco?", turns, filings, ask) == turns
    assert asked == []
    filled = answered("where did she work before?", turns, filings, ask)
    assert asked == [("Who leads Foot Locker?", 1), ("and Nike?", 2)]
    assert [turn.answer is None for turn in filled] == [True, False, False]
    assert resolve("where did she work?", filled[:2], filings) == (
        "Where did Mary Dillon of Foot Locker work?"
    )


def test_another_office_does_not_answer_who_the_chief_executive_is(filings: Catalogue) -> None:
    finance = "Jane Marsh, age 50, is Executive Vice President and Chief Financial Officer of Nike."
    for question, alone in (
        ("Who leads Nike?", "Where did the chief executive of Nike work before?"),
        ("Who is Nike's CFO?", "Where did Jane Marsh of Nike work before?"),
    ):
        history = [quoting(question, finance)]
        assert resolve("where did she work before?", history, filings) == alone


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("In that case, why do I still have to pay income tax on dividends?", True),
        ("How can I raise my FICO score with a mortgage lender then?", True),
        ("Why does that happen?", False),
        ("How do I pay for that?", False),
    ],
)
def test_a_question_that_says_enough_is_left_alone_though_it_points_back(
    question: str, left: bool
) -> None:
    made = resolve(question, [Turn("What is a credit score?")], make_catalogue(()))
    assert (made == question) is left


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        # "the" of a thing that nothing said explains
        (
            ["What is special about the Rolodex Mark IV?"],
            "What makes the springs durable?",
            "What makes the springs durable, regarding Rolodex Mark IV?",
        ),
        (
            ["Tell me about Oslo."],
            "How does the government raise money?",
            "How does the government raise money?",
        ),
        (
            ["Tell me about Oslo."],
            "What does the article say of harbours?",
            "What does the article say of harbours?",
        ),
        # a part, a choice or a number of something
        (
            ["Tell me about the Oslo Accords."],
            "What was the role of Norway?",
            "What was the role of Norway, regarding Oslo Accords?",
        ),
        (
            ["Tell me about the Oslo Accords."],
            "What was the role of Norway in the talks?",
            "What was the role of Norway in the talks?",
        ),
        (["Tell me about Oslo."], "Which is older?", "Which is older, regarding Oslo?"),
        (
            ["Tell me about Oslo."],
            "Which is older: Bergen or Turku?",
            "Which is older: Bergen or Turku?",
        ),
        (
            ["Tell me about Oslo."],
            "What are popular ski slopes?",
            "What are popular ski slopes, regarding Oslo?",
        ),
        # more on something plain, unless it was spoken of
        (
            ["Tell me about Oslo."],
            "Tell me more about trams.",
            "Tell me more about trams, regarding Oslo?",
        ),
        (
            ["What do trams cost in Oslo?"],
            "Tell me more about trams.",
            "Tell me more about trams.",
        ),
        # what a question names itself is not put in again
        (
            ["Tell me about Oslo.", "Tell me about Bergen."],
            "Why did it outgrow Bergen?",
            "Why did Oslo outgrow Bergen?",
        ),
        # what is asked for besides something is said, and benefits "to" it are its own
        (
            ["Tell me about Oslo."],
            "What are other good sources of calcium besides milk?",
            "What are other good sources of calcium besides milk?",
        ),
        (
            ["Tell me about Oslo."],
            "Are there any benefits to cold swimming?",
            "Are there any benefits to cold swimming?",
        ),
        # somebody new in the question, whose "its" it is
        (
            ["Tell me about Oslo."],
            "What does a company pay its drivers?",
            "What does a company pay its drivers?",
        ),
        (["Tell me about Oslo."], "Is it okay to tip?", "Is it okay to tip?"),
        # a verb only leads to its thing
        (
            ["How do you know somebody is suffering from asthma?"],
            "What are common types?",
            "What are common types of asthma?",
        ),
        # the thing that is put in a class is exchanged, not the class
        (["Is chili a stew?"], "How about goulash?", "Is goulash a stew?"),
    ],
)
def test_what_a_question_on_any_topic_takes_from_the_conversation(
    before: list[str], question: str, alone: str
) -> None:
    history = [Turn(text) for text in before]
    assert resolve(question, history, make_catalogue(())) == alone
