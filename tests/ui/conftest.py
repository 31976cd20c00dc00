"""What the tests of the page share: an engine in memory, and a server that runs on it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .fake import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a page on a sample of three documents (see ``served.py``)."""
    program = Path(__file__).with_name("served.py")
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        ready = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert ready is not None
        yield ready[0]
        process.terminate()
