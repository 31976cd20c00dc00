"""Nothing leaves the machine: not from Python, not from native code, not from child processes."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

OFFLINE = Path(__file__).parent / "offline"
ASKS_FOR_THE_NETWORK = """
import socket, subprocess, sys
if sys.argv[1:] == ["parent"]:
    sys.exit(subprocess.run([sys.executable, __file__, "child"]).returncode)
for call in (
    lambda: socket.socket().connect(("192.0.2.1", 80)),
    lambda: socket.getaddrinfo("www.example.org", 443),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 53)),
):
    try:
        call()
    except OSError:
        continue
    sys.exit(3)
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a command ended, who asked for the network, what found no route, who was watched.

    ``cached`` are the folders it made in a cache folder that was empty: what means to send later
    keeps it there.
    """

    code: int
    attempts: tuple[str, ...]
    without_route: int | None  # None where this machine gives no network namespace
    processes: tuple[str, ...] = field(default=(), compare=False)  # how each Python was started
    cached: frozenset[str] = frozenset()


def unshared() -> list[str]:
    """The command that starts another without a network, or nothing where there is none."""
    command = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare"):
        return []
    return command if subprocess.run([*command, "true"]).returncode == 0 else []


def watch(command: list[str], folder: Path) -> Watched:
    """Run a Python command with the network refused; its home and caches are in ``folder``."""
    log, count = folder / "network.log", folder / "without-route"
    processes = folder / "processes.log"
    home = folder / "home"
    home.mkdir()
    unshare = unshared()
    wrapper = [*unshare, sys.executable, str(OFFLINE / "namespace.py"), str(count)]
    # Not the whole environment: a setting of this machine must not be what keeps us offline.
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(OFFLINE),
        "ASKRETAIL_NETWORK_LOG": str(log),
        "ASKRETAIL_PROCESS_LOG": str(processes),
        "HOME": str(home),
    }
    done = subprocess.run(
        [*(wrapper if unshare else ()), *command], env=environment, cwd=folder, timeout=900
    )
    attempts = tuple(log.read_text().splitlines()) if log.exists() else ()
    without_route = int(count.read_text()) if unshare else None
    started = tuple(processes.read_text().splitlines())
    cache = home / ".cache"
    cached = frozenset(path.name for path in cache.iterdir()) if cache.exists() else frozenset()
    return Watched(done.returncode, attempts, without_route, started, cached)


def test_an_attempt_of_a_child_process_is_refused_and_noted(tmp_path: Path) -> None:
    script = tmp_path / "asks.py"
    script.write_text(ASKS_FOR_THE_NETWORK)
    watched = watch([sys.executable, str(script), "parent"], tmp_path)
    assert watched.code == 0
    assert [line.split("(")[0] for line in watched.attempts] == ["connect", "getaddrinfo", "sendto"]
    assert watched.without_route in (0, None)  # refused before the kernel was asked


@pytest.mark.skipif(not unshared(), reason="no network namespaces on this machine")
def test_an_attempt_past_the_sockets_of_python_is_counted(tmp_path: Path) -> None:
    script = tmp_path / "asks.py"
    script.write_text(
        "import _socket\n"
        "try:\n    _socket.socket(_socket.AF_INET).connect(('192.0.2.1', 80))\n"
        "except OSError:\n    pass\n"
    )
    watched = watch([sys.executable, str(script)], tmp_path)
    assert watched == Watched(code=0, attempts=(), without_route=1)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> tuple[Watched, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("journey")
    out = folder / "steps.json"
    watched = watch([sys.executable, str(OFFLINE / "journey.py"), str(folder), str(out)], folder)
    return watched, json.loads(out.read_text())


@pytest.mark.model
def test_ingest_ask_and_page_work_without_a_network(
    journey: tuple[Watched, dict[str, Any]],
) -> None:
    _, steps = journey
    assert steps["ingest"]["code"] == 0, steps["ingest"]["stderr"]
    assert steps["ask"]["code"] == 0, steps["ask"]["stderr"]
    answer = json.loads(steps["ask"]["stdout"])
    assert answer["status"] in ("answered", "partial")
    assert "42 pickup points" in json.dumps(answer)
    page = steps["page"]
    assert (page["health"], page["page"], page["drawn"]) == (200, 200, 200), page["log"]


@pytest.mark.model
@pytest.mark.parametrize("program", ["askretail_index.reader", "askretail_ingest.pdf_boxes"])
def test_readers_and_the_drawing_of_a_page_are_children_that_are_watched(
    journey: tuple[Watched, dict[str, Any]], program: str
) -> None:
    watched, _ = journey
    assert f"-P -m {program}" in watched.processes


@pytest.mark.model
def test_ingest_ask_and_page_ask_for_no_network(journey: tuple[Watched, dict[str, Any]]) -> None:
    watched, _ = journey
    assert watched.attempts == ()
    assert watched.without_route in (0, None)
    assert watched.cached == {"askretail"}
