"""Benchmarks: ``python -m askretail_eval.bench FOLDER [--peers PYTHON] [--library NAME=DIR]``.

FOLDER holds PDFs; the smallest of them are ingested, by askretail and by what else one would
take, each in a process of its own, in turns, several times. ``--library`` asks a library that is
there, of any size. Everything runs without network, with the same number of threads.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from askretail_eval import report
from askretail_eval.bench_figures import bars
from askretail_eval.bench_ingest import ingests
from askretail_eval.bench_library import SHOWN, Asked, asked, by_size
from askretail_eval.bench_lines import lines
from askretail_eval.bench_own import WARMED
from askretail_eval.bench_run import write_job
from askretail_eval.machine import code, machine
from askretail_eval.questions import load_shipped
from askretail_eval.table import Table
from askretail_ingest.errors import BadSetting

FILES, QUICK_FILES = 10, 2
QUESTIONS, QUICK_QUESTIONS = 40, 5
INGEST = "Ingest of the same files"
SIZES = "Libraries by size"
PLOT = "benchmarks.svg"
SIZES_PLOT = "benchmarks-size.svg"

Facts = Sequence[tuple[str, str]]


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables, and renew the sections of a results file."""
    given = _parser().parse_args(arguments)
    wanted = QUICK_QUESTIONS if given.quick else QUESTIONS
    questions = [q.full for q in load_shipped()][: wanted + WARMED]
    facts = [("machine", machine()), ("code", code()), ("threads", str(given.threads))]
    facts += [("note", note) for note in given.note]
    how = {"runs": given.runs, "threads": given.threads}
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "library"
        if given.folder is not None:
            files = smallest(given.folder, QUICK_FILES if given.quick else given.files)
            job = write_job(Path(folder), files, questions, store)
            size = sum(file.stat().st_size for file in files) / 1e6
            for seen in ingests(job, store, **how, peers=given.peers):
                told = [*facts, ("files", f"{len(files)} PDFs, {size:.1f} MB"), *seen.facts]
                _write(given.out, given.name, told, seen.tables())
                if given.name == INGEST:
                    _draw(given.out, PLOT, bars(f"{given.name}, seconds", seen.bars, "s"))
        seen_sizes = []
        for named in given.library:
            name, _, place = named.partition("=")
            job = write_job(Path(folder), [], questions, Path(place).resolve())
            answers = asked(job, Path(place).resolve(), **how)
            _write(given.out, f"Library: {name}", [*facts, *answers.facts], answers.tables())
            seen_sizes.append(answers)
        if len(seen_sizes) > 1:
            _write(given.out, SIZES, facts, [by_size(seen_sizes)])
            _draw(given.out, SIZES_PLOT, _lines(seen_sizes))
    return 0


def _lines(libraries: Sequence[Asked]) -> str:
    ordered = sorted(libraries, key=lambda one: one.passages)
    series = {n: [(one.passages, one.middle(n)) for one in ordered] for n in SHOWN}
    return lines("Milliseconds by passages in the library, medians", series)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure askretail, and others beside it.")
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="where PDFs lie")
    parser.add_argument("--files", type=int, default=FILES, metavar="N", help="so many of them")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--peers", type=Path, metavar="PYTHON", help="of eval/peers/setup.sh")
    parser.add_argument(
        "--library", action="append", default=[], metavar="NAME=DIR", help="ask this one too"
    )
    parser.add_argument("--quick", action="store_true", help="two files and five questions")
    parser.add_argument("--name", default=INGEST, help="of the section of an ingest")
    parser.add_argument("--note", action="append", default=[], help="to stand with the figures")
    parser.add_argument("--out", type=Path, metavar="FILE", help="renew sections of FILE")
    return parser


def smallest(folder: Path, n: int) -> list[Path]:
    """Return the n smallest PDFs of a folder; raises BadSetting when there are fewer."""
    found = sorted(folder.glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))[:n]
    if len(found) < n:
        raise BadSetting(f"{folder} holds {len(found)} PDFs, not {n}: name another, or --files")
    return [path.resolve() for path in found]


def _write(out: Path | None, name: str, facts: Facts, tables: Sequence[Table]) -> None:
    report.publish(out, name, facts, tables)


def _draw(out: Path | None, name: str, svg: str) -> None:
    if out is not None:
        out.with_name(name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
