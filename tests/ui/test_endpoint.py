"""The endpoint ``/ask`` for programs."""

from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from askretail_ui.conversation import MAX_QUESTION

from .fake import served_engine


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False, analytics_enabled=False)


def test_ask_returns_the_answer_as_json(client: Client, tmp_path: Path) -> None:
    expected = served_engine(tmp_path).ask("members").to_dict()
    assert client.predict("members", api_name="/ask") == expected


def test_history_makes_a_follow_up(client: Client) -> None:
    answer = client.predict("and Elm Stores?", ["Oakmart"], api_name="/ask")
    assert answer["standalone"] == "Oakmart and Elm Stores?"


def test_lists_say_which_documents_may_answer(client: Client) -> None:
    answer = client.predict("members", [], ["Oakmart"], ["FY2022"], ["10-K"], [], api_name="/ask")
    assert answer["reading"]["filters"] == {
        "companies": ["Oakmart"],
        "periods": ["FY2022"],
        "doc_types": ["10-K"],
        "sources": [],
    }


def test_ask_is_the_only_endpoint_offered(client: Client) -> None:
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert list(named) == ["/ask"]


@pytest.mark.parametrize("question", ["", " ", "x" * (MAX_QUESTION + 1)])
def test_a_question_of_no_or_too_many_characters_is_refused(client: Client, question: str) -> None:
    with pytest.raises(AppError):
        client.predict(question, api_name="/ask")
