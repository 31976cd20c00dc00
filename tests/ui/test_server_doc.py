"""What docs/server.md shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest

from askretail.cli import _parser
from askretail_ui import app, page
from askretail_ui.guard import public_address

TEXT = (Path(__file__).parents[2] / "docs" / "server.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = [line for _, block in BLOCKS for line in block.splitlines() if "askretail ui" in line]


def test_the_example_for_programs_runs_against_the_page(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = (block for language, block in BLOCKS if language == "python")
    names: dict[str, dict[str, object]] = {}
    exec(example.replace("http://127.0.0.1:7860", address), names)  # the text is our own
    quote = "Oakmart grew its membership scheme in every region."
    assert f"Oakmart Inc. 10-K 2022 1 {quote}\n" in capsys.readouterr().out
    assert names["follow_up"]["standalone"] == (
        "What does Oakmart say about members? and Elm Stores?"
    )
    assert names["filtered"]["reading"]["filters"]["periods"] == ["FY2022"]  # type: ignore[index]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_one_that_there_is(command: str) -> None:
    given = _parser().parse_args(shlex.split(command)[1:])
    assert public_address(given.behind_proxy).host == "ask.example.com"


def test_the_limits_are_those_of_the_server() -> None:
    assert f"a body above {app.MAX_BODY >> 20} MB" in TEXT
    assert f"an upload above {app.MAX_FILE >> 20} MB" in TEXT
    assert f"more than {page.QUEUE} questions waiting" in TEXT
    assert page.TOGETHER == 2
