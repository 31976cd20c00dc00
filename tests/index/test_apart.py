import subprocess
import sys
import time
from pathlib import Path

import pytest

from askretail_index import apart
from askretail_index.apart import draft_apart, read_ahead
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.read import read_draft

from .made import NOTE, PDF_PAGES, make_library, sources, write_pdf

LONG = f"{NOTE}\n" * 200  # too long to be read in our own process
SCRIPT = """
import sys
from pathlib import Path
from askretail_index.apart import draft_apart
print(len(draft_apart(Path(sys.argv[1])).pages))
"""


def child(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Put a reader of ours in the place of the real one; it gets the path as ``sys.argv[1]``."""
    (folder / "odd_reader.py").write_text(f"import os, sys, time\n{code}\n")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(apart, "CHILD", "odd_reader")


def long_file(folder: Path, name: str = "long.txt") -> Path:
    path = folder / name
    path.write_text(LONG)
    assert path.stat().st_size > apart.SMALL_BYTES
    return path


def test_a_draft_read_apart_is_the_one_read_here(tmp_path: Path) -> None:
    pdf, text = write_pdf(tmp_path / "paper.pdf", PDF_PAGES), long_file(tmp_path)
    for path in (pdf, text):
        assert draft_apart(path) == read_draft(path)
    assert [page.number for page in draft_apart(pdf).pages] == [1, 2, 3]


def test_pdf_and_long_files_are_read_apart_and_short_texts_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    run = subprocess.run

    def noted(command: list[str], **options: object) -> object:
        started.append(Path(command[-1]).name)
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noted)
    (tmp_path / "short.txt").write_text(NOTE)
    for path in (
        write_pdf(tmp_path / "paper.pdf", PDF_PAGES),
        long_file(tmp_path),
        tmp_path / "short.txt",
    ):
        draft_apart(path)
    assert started == ["paper.pdf", "long.txt"]


def test_the_words_of_a_refusal_come_through(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_text(LONG)
    with pytest.raises(UnreadableFile, match=r"long\.pdf: not a readable PDF; fetch or export"):
        draft_apart(path)


def test_a_reader_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(monkeypatch, tmp_path, "time.sleep(600)")
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    path, start = long_file(tmp_path), time.monotonic()
    with pytest.raises(UnreadableFile, match=r"long\.txt: took longer than 0 s; split it or leave"):
        draft_apart(path)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("os.abort()", "killed by signal 6"),
        ("os.kill(os.getpid(), 9)", "killed by signal 9"),
        ("raise KeyError('no such glyph')", "KeyError: 'no such glyph'"),
        ("sys.exit(3)", "exit code 3"),
    ],
)
def test_a_reader_that_crashes_is_one_skipped_file_and_the_others_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder, code: str, reason: str
) -> None:
    child(
        monkeypatch,
        tmp_path,
        f"if 'bad' in sys.argv[1]:\n    {code}\n"
        "from askretail_index.reader import main\nmain(sys.argv[1])",
    )
    files = [long_file(tmp_path, name) for name in ("a.txt", "bad.txt", "c.txt")]
    for number, path in enumerate(files):
        path.write_text(LONG + "\n" * number)
    report = ingest(make_library(tmp_path / "library", embedder), files)
    assert report.loaded == ("a.txt", "c.txt")
    assert [skip.name for skip in report.skipped] == ["bad.txt"]
    assert report.skipped[0].reason == (
        f"bad.txt: its reader failed ({reason}); save it again or leave it out"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS")
def test_a_reader_that_wants_too_much_memory_is_one_skipped_file_and_the_others_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    child(
        monkeypatch,
        tmp_path,
        "from askretail_index import reader\n"
        "if 'bad' in sys.argv[1]:\n"
        "    reader.read_draft = lambda path, ocr: b'x' * reader.MAX_BYTES\n"
        "reader.main(sys.argv[1])",
    )
    files = [long_file(tmp_path, name) for name in ("a.txt", "bad.txt", "c.txt")]
    for number, path in enumerate(files):
        path.write_text(LONG + "\n" * number)
    report = ingest(make_library(tmp_path / "library", embedder), files)
    assert report.loaded == ("a.txt", "c.txt")
    assert [skip.reason for skip in report.skipped] == [
        "bad.txt: needs more than 2 GB of memory; split it or leave it out"
    ]


def test_what_a_reader_prints_does_not_spoil_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(
        monkeypatch,
        tmp_path,
        "from askretail_index import reader\n"
        "real = reader.read_draft\n"
        "def loud(path, ocr):\n"
        "    print('noise', flush=True)\n"
        "    os.system('echo more noise')\n"
        "    return real(path, ocr=ocr)\n"
        "reader.read_draft = loud\n"
        "reader.main(sys.argv[1])",
    )
    path = long_file(tmp_path)
    assert draft_apart(path) == read_draft(path)


def test_a_script_without_a_main_guard_can_read_apart(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    paper = write_pdf(tmp_path / "paper.pdf", PDF_PAGES)
    done = subprocess.run([sys.executable, script, paper], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("3\n", 0), done.stderr


def test_files_come_in_their_order_whichever_is_read_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_is_slow(path: Path) -> str:
        time.sleep(0.2 if path.name == "0" else 0)
        return path.name

    monkeypatch.setattr(apart, "draft_apart", first_is_slow)
    items = [str(number) for number in range(9)]
    found = list(read_ahead(items, lambda name: None if name == "4" else tmp_path / name))
    assert [item for item, _ in found] == items
    assert [None if draft is None else draft.result() for _, draft in found] == [
        "0", "1", "2", "3", None, "5", "6", "7", "8"
    ]  # fmt: skip


def test_reading_ahead_stops_when_nobody_asks_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(apart, "draft_apart", lambda path: begun.append(path.name))
    ahead = read_ahead([str(number) for number in range(99)], lambda name: tmp_path / name)
    next(ahead)
    ahead.close()
    assert len(begun) <= apart.AHEAD + 1


def test_order_and_content_do_not_depend_on_who_is_ready_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    read = apart.draft_apart

    def late(path: Path) -> object:
        time.sleep(0.1 if path.name in ("0.txt", "3.txt") else 0)
        return read(path)

    monkeypatch.setattr(apart, "draft_apart", late)
    files = [tmp_path / f"{number}.txt" for number in range(6)]
    for number, path in enumerate(files):
        path.write_text(f"Note {number}\n\n{NOTE}")
    library = make_library(tmp_path / "library", embedder)
    assert ingest(library, files).loaded == tuple(path.name for path in files)
    assert sources(library) == [path.name for path in files]
