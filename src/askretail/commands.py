"""What each command does; results go to stdout, progress and errors to stderr."""

import argparse
import json
import sys
from pathlib import Path

from askretail.api import verify as verify_file
from askretail.assistant import Assistant
from askretail.cli import DONE, NOT_FOUND
from askretail.exporting import export, form_of
from askretail.nouns import Filters, Turn
from askretail.render import answer_to_text, hits_to_text
from askretail.serialise import hit_to_dict
from askretail.settings import allowed_model, user_library
from askretail.verifying import verdict_to_dict, verdict_to_text
from askretail_index.report import IngestReport, Progress
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document

BAR_WIDTH = 30


def ask(arguments: argparse.Namespace) -> int:
    """Print one answer, and write it to a file if one is named."""
    _check_export(arguments.export)
    with _open(arguments.library) as assistant:
        answer = assistant.ask(arguments.question, arguments.history, filters=_filters(arguments))
        _write(_json(answer.to_dict()) if arguments.json else answer_to_text(answer))
        if arguments.export is not None:
            export([answer], arguments.export)
    return NOT_FOUND if answer.status == "not_found" else DONE


def search(arguments: argparse.Namespace) -> int:
    """Print one ranking of passages."""
    with _open(arguments.library) as assistant:
        hits = assistant.search(
            arguments.question, arguments.k, arguments.history, filters=_filters(arguments)
        )
        listed = [hit_to_dict(hit) for hit in hits]
        _write(_json(listed) if arguments.json else hits_to_text(hits))
    return DONE if hits else NOT_FOUND


def chat(arguments: argparse.Namespace) -> int:
    """Answer questions from stdin until it ends; the file named has every answer so far."""
    _check_export(arguments.export)
    with _open(arguments.library) as assistant:
        _write(f"{len(assistant.documents)} documents. Ask; an empty line ends.")
        turns: list[Turn] = []
        while question := _prompt():
            answer = assistant.ask(question, turns)
            turns.append(Turn(question, answer))
            _write(f"\n{answer_to_text(answer)}\n")
            if arguments.export is not None:
                export(turns, arguments.export)
    return DONE


def verify(arguments: argparse.Namespace) -> int:
    """Print what became of each quote of an exported file, and a summary."""
    verdict = verify_file(arguments.file, library=arguments.library)
    _write(_json(verdict_to_dict(verdict)) if arguments.json else verdict_to_text(verdict))
    return DONE if verdict.holds else NOT_FOUND


def _check_export(file: Path | None) -> None:
    """Refuse a file that cannot be written now, not after the answer."""
    if file is not None:
        form_of(file)
        if not file.expanduser().parent.is_dir():
            raise BadSetting(f"{file} cannot be written: {file.parent} is no folder")


def ingest(arguments: argparse.Namespace) -> int:
    """Take files in and print what became of each."""
    library = arguments.library or user_library()
    with Assistant.open(library, create=True) as assistant:
        report = assistant.ingest(arguments.paths, progress=_show)
        _clear()
        _write(_report(report, assistant))
    return DONE if report.complete else NOT_FOUND


def library(arguments: argparse.Namespace) -> int:
    """List the documents of a library."""
    with _open(arguments.library) as assistant:
        rows = [_row(assistant, document) for document in assistant.documents]
        if arguments.json:
            _write(_json(rows))
        else:
            _write(f"{assistant.library}: {len(rows)} documents, {assistant.passages} passages")
            _write("\n".join(_line(row) for row in rows))
    return DONE if rows else NOT_FOUND


def remove(arguments: argparse.Namespace) -> int:
    """Remove documents by their file names, or those whose files are gone."""
    if not arguments.names and arguments.gone is None:
        raise BadSetting("name the files to remove, or a folder: --gone FOLDER")
    with _open(arguments.library) as assistant:
        gone = assistant.gone(arguments.gone) if arguments.gone is not None else []
        removed = assistant.remove([*arguments.names, *gone])
        missing = [name for name in arguments.names if name not in removed]
    for name in removed:
        _write(f"removed {name}")
    for name in missing:
        sys.stderr.write(f"askretail: no document {name!r} in {assistant.library}\n")
    return DONE if not missing else NOT_FOUND


def describe(arguments: argparse.Namespace) -> int:
    """Take a user's word on what a document is, and print how it is known now."""
    told = (arguments.company, arguments.period, arguments.doc_type)
    if all(value is None for value in told):
        raise BadSetting("say what the document is: --company NAME, --period FY2022, --type 10-K")
    with _open(arguments.library) as assistant:
        document = assistant.describe(
            arguments.name,
            companies=arguments.company,
            period=arguments.period,
            doc_type=arguments.doc_type,
            progress=_show,
        )
        _clear()
        _write(_line(_row(assistant, document)))
        _write("".join(f"  {field}: {why}\n" for field, why in document.metadata.reasons).rstrip())
    return DONE


def rebuild(arguments: argparse.Namespace) -> int:
    """Make a library again from its kept originals, with the model of its settings."""
    from askretail_index.embed import load_embedder
    from askretail_index.library import Library
    from askretail_index.rebuild import rebuild as rebuild_library

    folder = _own(arguments.library)
    opened = Library.open_for_rebuild(folder, load_embedder(allowed_model(folder)))
    report = rebuild_library(opened, on_progress=_show)
    _clear()
    _write(f"{report.passages} passages, {report.embedded} distinct inputs embedded")
    for skip in report.skipped:
        sys.stderr.write(f"askretail: {skip.name}: {skip.reason}\n")
    return DONE if report.complete else NOT_FOUND


def doctor(arguments: argparse.Namespace) -> int:
    """Check a library against its contracts and say how to repair what fails."""
    from askretail_index.doctor import examine

    folder = arguments.library
    with _open(folder) as assistant:
        faults = examine(assistant.library)
        _write("\n".join(faults) or f"{assistant.library}: sound, {assistant.passages} passages")
    return NOT_FOUND if faults else DONE


def ui(arguments: argparse.Namespace) -> int:
    """Serve the page until it is stopped."""
    from askretail_ui.server import serve

    return serve(
        arguments.library,
        host=arguments.host,
        port=arguments.port,
        demo=arguments.demo,
        behind_proxy=arguments.behind_proxy,
    )


def eval(arguments: argparse.Namespace) -> int:
    """Run an evaluation."""
    from askretail_eval.command import run

    return run(
        arguments.set_name,
        arguments.folder,
        library=arguments.library,
        results=arguments.results,
        out=arguments.out,
        baselines=arguments.baselines,
        against=arguments.against,
        ablate=arguments.ablate,
        errors=arguments.errors,
    )


def _open(folder: Path | None) -> Assistant:
    assistant = Assistant.open(folder, on_progress=_show)
    _clear()
    return assistant


def _filters(arguments: argparse.Namespace) -> Filters:
    return Filters(
        companies=tuple(arguments.companies),
        periods=tuple(arguments.periods),
        doc_types=tuple(arguments.doc_types),
        sources=tuple(arguments.sources),
    )


def _own(folder: Path | None) -> Path:
    from askretail.settings import choose_library

    chosen = choose_library(folder or user_library())
    return chosen if chosen is not None else user_library()


def _show(progress: Progress) -> None:
    """Draw a bar on stderr, when a person is looking."""
    if not sys.stderr.isatty():
        return
    filled = BAR_WIDTH * progress.done // max(progress.total, 1)
    bar = "#" * filled + "." * (BAR_WIDTH - filled)
    name = progress.name[-40:]
    sys.stderr.write(f"\r{progress.stage:5} [{bar}] {progress.done}/{progress.total} {name:40}")
    sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 100 + "\r")


def _report(report: IngestReport, assistant: Assistant) -> str:
    lines = [
        f"{assistant.library}: {len(assistant.documents)} documents, {report.passages} passages"
    ]
    for name, files in (
        ("loaded", report.loaded),
        ("replaced", report.replaced),
        ("unchanged", report.unchanged),
    ):
        if files:
            lines.append(f"{name} {len(files)}: {', '.join(files)}")
    for name, skips in (
        ("duplicate", report.duplicate),
        ("in part", report.unread),
        ("skipped", report.skipped),
    ):
        lines.extend(f"{name} {skip.name}: {skip.reason}" for skip in skips)
    return "\n".join(lines)


def _row(assistant: Assistant, document: Document) -> dict[str, object]:
    return {
        "source": document.source,
        "title": document.title,
        "companies": list(document.companies),
        "period": str(document.period or ""),
        "doc_type": document.doc_type,
        "published": document.published,
        "reasons": dict(document.metadata.reasons),
        "pages": len(document.pages),
        "passages": assistant.passages_of(document),
    }


def _line(row: dict[str, object]) -> str:
    companies = ", ".join(map(str, row["companies"])) if isinstance(row["companies"], list) else ""
    return (
        f"{row['source']}  {companies or '-'} · {row['period'] or row['published'] or '-'} · "
        f"{row['doc_type']} · {row['pages']} pages · {row['passages']} passages"
    )


def _prompt() -> str:
    sys.stdout.write("? ")
    sys.stdout.flush()
    return sys.stdin.readline().strip()


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
