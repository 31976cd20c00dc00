"""The evaluation as a command: questions in, tables and files out."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from askretail.studied import Studied
from askretail_eval import mtrag, report
from askretail_eval.ablation import ablated
from askretail_eval.baseline import Baselines
from askretail_eval.breakdown import breakdowns
from askretail_eval.cache import CachedEmbedder, default_path
from askretail_eval.chunk import CHUNK_CHARS, cut
from askretail_eval.errors import errors_page
from askretail_eval.floors import breaches, load_floors
from askretail_eval.interval import RESAMPLES, SEED
from askretail_eval.named_sets import NAMED, load_named
from askretail_eval.pool import load_pool
from askretail_eval.questions import Question, load_file, load_shipped
from askretail_eval.record import Record, read_records, write_records
from askretail_eval.run import HITS, OURS, System, check_documents, ours, ours_by_form, theirs
from askretail_eval.systems import open_library, open_pool, open_sample
from askretail_eval.table import compared, of, tables
from askretail_index.embed import load_embedder
from askretail_ingest.errors import BadSetting

SHIPPED = "sample"
POOL = "beir"  # any folder in BEIR's form


def run(
    set_name: str | None = None,
    folder: Path | None = None,
    library: Path | None = None,
    results: Path | None = None,
    out: Path | None = None,
    baselines: bool = False,
    against: Path | None = None,
    ablate: bool = False,
    errors: Path | None = None,
) -> int:
    """Measure a library on a set of questions; return 1 when the shipped set misses a floor.

    Without ``set_name`` and ``folder`` the shipped questions run; ``folder`` alone may be a JSONL
    file of one's own. ``results`` is the Markdown file whose section is renewed, ``out`` the
    folder that gets a JSONL file with every question, ``against`` such a file of an earlier run,
    which this one is compared with. ``ablate`` adds what each group of features is worth;
    ``errors`` is the HTML file that gets the questions that went wrong.
    """
    if set_name == mtrag.SET and folder is not None:
        return follow_ups(folder, results)
    name, questions = choose(set_name, folder)
    before = read_records(against) if against is not None else []
    system = open_system(set_name, folder, library)
    check_documents(questions, system.documents)
    records = evaluate(questions, system, baselines=baselines)
    made = [*tables(records), *breakdowns(questions, records, system.documents)]
    if ablate:
        made.append(ablated(questions, system))
    facts = describe(questions, system, results, baselines=baselines)
    report.publish(results, name, facts, made)
    if out is not None:
        write_records(records, out / f"run-{name}.jsonl")  # never the name of a set
    if errors is not None:
        page = errors_page(name, questions, of(records, OURS), system)
        errors.write_text(page, encoding="utf-8")
    if against is not None:
        say("\n" + report.plain(compared(before, records)))
    missed = breaches(records, load_floors()) if is_shipped(set_name, folder) else []
    for line in missed:
        say(f"below the floor: {line}\n")
    return 1 if missed else 0


def follow_ups(folder: Path, results: Path | None) -> int:
    """Measure what a follow-up finds as typed, as we read it, and as a person rewrites it."""
    embedder = CachedEmbedder(load_embedder(), default_path())
    made = mtrag.tables(folder, embedder, default_path(), progress=_vectors)
    note("")
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(results)}"),
        ("searches", f"{embedder.name} by exact dot product, SQLite FTS5 BM25, their fusion"),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
    ]
    report.publish(results, mtrag.SET, facts, made)
    return 0


def choose(set_name: str | None, folder: Path | None) -> tuple[str, tuple[Question, ...]]:
    """Return the name of the set and its questions; raises BadSetting for what cannot be."""
    if is_shipped(set_name, folder):
        return SHIPPED, load_shipped()
    if folder is None:
        raise BadSetting(f"set {set_name!r} needs the folder it lies in: --set {set_name} DIR")
    if set_name == POOL:
        return folder.name, load_pool(folder)
    if set_name is None:
        if not folder.is_file():
            known = ", ".join([*NAMED, POOL, mtrag.SET])
            raise BadSetting(f"{folder}: not a JSONL file; for a folder name a set: {known}")
        return folder.stem, load_file(folder)
    return set_name, load_named(set_name, folder)


def is_shipped(set_name: str | None, folder: Path | None) -> bool:
    """Say whether the shipped questions are meant."""
    return set_name is None and folder is None


def open_system(set_name: str | None, folder: Path | None, library: Path | None) -> Studied:
    """Return the assistant that a set is asked of: the shipped questions are on the sample."""
    if set_name == POOL and folder is not None:
        return open_pool(folder, library)
    if is_shipped(set_name, folder) and library is None:
        return open_sample()
    return open_library(library)


def evaluate(questions: Sequence[Question], system: System, *, baselines: bool) -> list[Record]:
    """Return the records of every system, ours first."""
    done = 0

    def count(question_id: str) -> None:
        nonlocal done
        done += 1
        note(f"{done}/{len(questions)} questions")

    records = ours(questions, system, progress=count)
    records += ours_by_form(questions, system)
    if baselines:
        plain = Baselines.build(
            cut(system.documents),
            CachedEmbedder(load_embedder(), default_path()),
            default_path(),
            progress=_vectors,
        )
        for name, search in plain.searches().items():
            records += theirs(questions, name, search)
    note("")
    return records


def _vectors(made: int, total: int) -> None:
    note(f"{made}/{total} vectors of the plain searches")


def describe(
    questions: Sequence[Question], system: System, results: Path | None, *, baselines: bool
) -> list[tuple[str, str]]:
    """Return what a reader needs to repeat the run."""
    answerable = sum(question.answerable for question in questions)
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(results)}"),
        ("questions", f"{len(questions)}, of which {answerable} can be answered"),
        ("library", f"{len(system.documents)} documents, asked all together"),
        ("ranking", f"pages in the order of the first {HITS} hits"),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
    ]
    if baselines:
        facts.append(
            (
                "baselines",
                f"chunks of {CHUNK_CHARS} characters, asked in full words: {load_embedder().name} "
                "by exact dot product, SQLite FTS5 BM25, and their reciprocal rank fusion",
            )
        )
    return facts


def commit(results: Path | None) -> str:
    """Return ", commit 1a2b3c4", or nothing outside a git work tree."""
    place = results.resolve().parent if results is not None else Path.cwd()
    call = ["git", "-C", str(place), "describe", "--always", "--dirty=, changed since"]
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):  # no git, or no work tree: nothing to tell
        return ""
    return f", commit {done.stdout.strip()}"


def say(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """Show progress on standard error, over the line before, where a person may see it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
