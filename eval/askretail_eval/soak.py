"""The server under steady use: ``python -m askretail_eval.soak [--users 8] [--minutes 10]``.

Starts the page on the sample library, on a port of this machine. Users ask the shipped questions,
follow-ups with their history, and read for a moment; one more visitor uploads files that change
each time into a library of its own. The same question must get the same answer, timings apart.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from askretail.sample import sample_documents
from askretail_eval import report
from askretail_eval.machine import code, machine, resident
from askretail_eval.questions import Question, load_shipped
from askretail_eval.soak_figures import Memory, Reply, Soak, tables
from askretail_eval.soak_page import Failed, Page

TITLE = "Soak"
READS = 2.0  # seconds at most that a user reads; most people take longer
SAMPLED = 2.0  # seconds between two looks at the memory
FILES, LINES = 2, 200  # an upload: about 40 kB a file
ENDS = 180.0  # seconds that the last upload may take to end


def main(arguments: Sequence[str]) -> int:
    """Run, print the figures, renew a results file; 0 when they are what we want, else 1."""
    parser = argparse.ArgumentParser(description="Use the server steadily and watch it.")
    parser.add_argument("--users", type=int, default=8, metavar="N")
    parser.add_argument("--minutes", type=float, default=10.0, metavar="M")
    parser.add_argument("--results", type=Path, metavar="FILE", help="renew a section of FILE")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (server, port):
        soak = use(server, port, users=given.users, seconds=60 * given.minutes)
    facts = [
        ("machine", machine()),
        ("code", code()),
        (
            "users",
            f"{given.users}, each reading up to {READS:.0f} s, for {given.minutes:g} minutes",
        ),
        ("meanwhile", f"uploads of {FILES} changed files, one after another"),
        ("wanted", "no error, 95 % within 2 s, memory growth of at most 5 %"),
    ]
    report.publish(given.results, TITLE, facts, tables(soak))
    return 0 if soak.passed else 1


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the sample, the user's own library in ``folder``; give the process and the port."""
    command = [sys.executable, "-m", "askretail.cli", "ui", "--demo", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "ASKRETAIL_LIBRARY": str(folder / "own")},
    ) as process:
        try:
            ready = (
                re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
                if process.stdout
                else None
            )
            if ready is None:
                raise Failed("the server did not start")
            yield process.pid, int(ready[1])
        finally:
            process.terminate()


def use(server: int, port: int, *, users: int, seconds: float) -> Soak:
    """Let the users ask and the uploads go on for so long; return what was seen."""
    Page(port).ask("Who sells groceries?", ())  # the model is loaded by the first question
    start = time.monotonic()
    same = _Same()
    pool = ThreadPoolExecutor(users + 2)
    try:
        asking = [pool.submit(_ask, port, n, start, seconds, same) for n in range(users)]
        adding = pool.submit(_upload, port, start, seconds)
        held = pool.submit(_watch, server, start, seconds)
        replies = [reply for one in asking for reply in one.result()]
        uploads, errors = _ended(adding)
    finally:
        pool.shutdown(wait=False)  # an upload that hangs must not hold the report
    return Soak(seconds, tuple(replies), held.result(), tuple(uploads), tuple(errors))


def _ended(adding: "Future[tuple[list[float], list[str]]]") -> tuple[list[float], list[str]]:
    try:
        return adding.result(timeout=ENDS)
    except TimeoutError:
        return [], [f"the last upload did not end within {ENDS:.0f} s"]


class _Same:
    """Remembers the first answer to each question, to hold the later ones against it."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._lock = Lock()

    def differs(self, question: Question, answer: dict[str, object]) -> bool:
        told = json.dumps({**answer, "timings": None}, sort_keys=True)
        with self._lock:
            return self._first.setdefault(question.id, told) != told


def _ask(port: int, user: int, start: float, seconds: float, same: _Same) -> list[Reply]:
    chance = random.Random(user)
    replies: list[Reply] = []
    questions = list(load_shipped())
    while True:
        chance.shuffle(questions)
        page = Page(port)  # a new conversation, as of a page that is opened anew
        for question in questions:
            at = time.monotonic() - start
            if at >= seconds:
                return replies
            wrong = _wrong(page, question, same)
            replies.append(Reply(at, time.monotonic() - start - at, wrong))
            time.sleep(chance.uniform(0, READS))


def _wrong(page: Page, question: Question, same: _Same) -> str:
    """Ask, and return what was wrong with the answer, "" for nothing."""
    try:
        answer = page.ask(question.question, question.history)
    except Failed as error:
        return str(error)
    return "another answer than before" if same.differs(question, answer) else ""


def _upload(port: int, start: float, seconds: float) -> tuple[list[float], list[str]]:
    page, took, errors = Page(port), list[float](), list[str]()
    turn = 0
    while (at := time.monotonic() - start) < seconds:
        turn += 1
        files = [(f"note-{n}.txt", note(turn, n).encode()) for n in range(FILES)]
        try:
            shown = page.upload(files)
        except Failed as error:
            errors.append(str(error))
            time.sleep(1)
            continue
        took.append(time.monotonic() - start - at)
        if shown.count("ar-loaded") + shown.count("ar-replaced") != FILES:
            errors.append(f"not all files were taken in: {shown[:200]}")
    return took, errors


def note(turn: int, number: int) -> str:
    """Return a text of the sample's sentences in another order and with other figures each turn."""
    chance = random.Random(1000 * turn + number)
    text = "\n".join(path.read_text("utf-8") for path in sorted(sample_documents().glob("*.txt")))
    sentences = re.findall(r"[A-Z][^.\n]{40,300}\.", text)
    lines = [f"Note {turn}-{number}"]
    for paragraph in range(LINES):
        told = " ".join(chance.sample(sentences, 2))
        lines.append(re.sub(r"\d", lambda _: str(chance.randint(1, 9)), f"{told} No {paragraph}."))
    return "\n\n".join(lines) + "\n"


def _watch(server: int, start: float, seconds: float) -> tuple[Memory, ...]:
    seen: list[Memory] = []
    while (at := time.monotonic() - start) < seconds:
        seen.append(Memory(at, resident(server)))
        time.sleep(SAMPLED)
    return tuple(seen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
