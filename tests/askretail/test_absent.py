"""Topics that the documents never touch on are not found, however near something else is."""

import pytest

from askretail.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What does Walmart say about drones?", "no document of Walmart speaks of “drones”"),
        (
            "Does Walmart mention cryptocurrency?",
            "no document of Walmart speaks of “cryptocurrency”",
        ),
        ("What is Walmart's blockchain strategy?", "no document of Walmart speaks of “blockchain”"),
        (
            "Is there anything on fish farms at Amazon?",
            "no document of Amazon speaks of “fish” and “farms”",
        ),
    ],
)
def test_a_topic_of_which_no_document_speaks_is_not_found(
    assistant: Assistant, question: str, reason: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.lead == f"The documents do not say: {reason}."
    assert answer.nearest


@pytest.mark.parametrize(
    "question",
    [
        "What does Walmart say about pharmacies?",
        "What does Walmart say about vaccination?",  # inflected
        "Does Amazon mention medication?",  # near "medicines"
        "What does Costco say about membership and cryptocurrency?",  # half of it is there
    ],
)
def test_a_topic_in_its_own_or_in_near_words_is_answered(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).status == "answered"


def test_a_topic_of_another_company_is_absent_from_ones_own(assistant: Assistant) -> None:
    assert assistant.ask("What does Amazon say about vaccinations?").lead == (
        "The documents do not say: no document of Amazon speaks of “vaccinations”."
    )


def test_plain_words_that_no_document_has_are_no_topic(assistant: Assistant) -> None:
    answer = assistant.ask("How much did Costco get when folk renewed?")
    assert "speaks of" not in answer.lead
