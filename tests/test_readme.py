"""What the README shows is what happens: its commands, its transcript, its Python."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from askretail.cli import _parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
LINES = [line.removeprefix("$ ").strip() for _, block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("askretail ")]
TRANSCRIPTS = [block for _, block in BLOCKS if block.startswith("$ askretail ")]
PYTHON = [block for language, block in BLOCKS if language == "python"]
OMITTED = "[…]"  # stands in a transcript for lines that are left out


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment without a library of the user's own, in which the sample is built once."""
    folder = str(tmp_path_factory.mktemp("home"))
    ours = ("ASKRETAIL_", "XDG_")
    others = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return others | {"HOME": folder, "PYTHONIOENCODING": "utf-8"}


def run(arguments: list[str], home: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=home, capture_output=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_is_one_that_there_is(command: str) -> None:
    _parser().parse_args(shlex.split(command)[1:])


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make (\w+)", README))))
def test_a_make_target_of_the_readme_is_one_that_there_is(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_folders_and_files_of_the_readme_are_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r"^\| `([\w/]+/)` \|", README, re.M)
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert "tests/" in named


def test_the_readme_has_fewer_than_200_lines() -> None:
    assert len(README.splitlines()) < 200


@pytest.mark.model
@pytest.mark.parametrize("block", TRANSCRIPTS)
def test_a_transcript_is_what_the_command_prints(block: str, home: dict[str, str]) -> None:
    command, _, shown = block.partition("\n")
    printed = run(["-m", "askretail.cli", *shlex.split(command)[2:]], home)
    parts = [re.escape(part.strip()) for part in shown.strip().split(OMITTED)]
    assert re.fullmatch(r"\s*.*\s*".join(parts), printed.strip(), re.DOTALL), printed


@pytest.mark.model
@pytest.mark.parametrize("block", PYTHON)
def test_the_python_of_the_readme_runs(block: str, home: dict[str, str]) -> None:
    assert run(["-c", block], home)
