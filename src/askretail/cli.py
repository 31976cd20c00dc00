"""The command line: the composition root, which alone may load the page and the evaluation."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from askretail_ingest.errors import AskRetailError

DONE, NOT_FOUND, WRONG_USE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 nothing found or some files skipped, 2 wrong use."""
    arguments = _parser().parse_args(argv)
    from sqlite3 import DatabaseError

    from askretail import commands

    try:
        return int(getattr(commands, arguments.run)(arguments))
    except (AskRetailError, ValueError) as error:
        sys.stderr.write(f"askretail: {error}\n")
        return WRONG_USE
    except DatabaseError as error:
        sys.stderr.write(f"askretail: the library is damaged ({error}): run `askretail doctor`\n")
        return WRONG_USE
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:  # `askretail search … | head`
        sys.stderr.close()
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="askretail",
        description="Ask your documents; get verbatim quotes, each with its document and page.",
        epilog='example: askretail ask "What is Walmart\'s healthcare strategy?"',
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_questions(commands)
    _add_library(commands)
    _add_page(commands)
    _add_evaluation(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse gives it no public name


def _command(
    commands: "Commands[argparse.ArgumentParser]", name: str, text: str, example: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}.", epilog=f"example: {example}"
    )
    parser.set_defaults(run=name)
    return parser


def _takes_library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="the library (default: your own, else sample)"
    )


def _add_questions(commands: "Commands[argparse.ArgumentParser]") -> None:
    ask = _command(
        commands,
        "ask",
        "answer from the documents, with page and quote",
        'askretail ask "What is Walmart\'s healthcare strategy?"',
    )
    search = _command(
        commands,
        "search",
        "rank the passages that answer a question",
        'askretail search "membership fees" --k 5',
    )
    search.add_argument("--k", type=int, default=10, help="how many passages (default: 10)")
    for parser in (ask, search):
        parser.add_argument("question", metavar="QUESTION")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--history",
            action="append",
            default=[],
            metavar="QUESTION",
            help="an earlier question of the conversation; repeat, oldest first",
        )
        _takes_filters(parser)
        _takes_library(parser)
    chat = _command(
        commands,
        "chat",
        "hold a conversation in the terminal",
        "askretail chat --export talk.md",
    )
    _takes_library(chat)
    for parser, what in ((ask, "the answer"), (chat, "the conversation, after each answer,")):
        parser.add_argument(
            "--export",
            type=Path,
            metavar="FILE",
            help=f"write {what} with footnotes to FILE: .md, .html or .json",
        )
    verify = _command(
        commands,
        "verify",
        "check every quote of an exported file against the library",
        "askretail verify talk.md",
    )
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("--json", action="store_true", help="print JSON")
    _takes_library(verify)


def _takes_filters(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("which documents may answer; repeat for alternatives")
    for option, field, example in (
        ("--company", "companies", "Walmart"),
        ("--period", "periods", "FY2022"),
        ("--type", "doc_types", "10-K"),
        ("--document", "sources", "report.pdf"),
    ):
        group.add_argument(option, dest=field, action="append", default=[], metavar=example)


def _add_library(commands: "Commands[argparse.ArgumentParser]") -> None:
    take = _command(
        commands,
        "ingest",
        "take files, folders and globs into a library",
        "askretail ingest filings/ news/*.html",
    )
    take.add_argument("paths", nargs="+", metavar="PATH")
    show = _command(commands, "library", "list the documents", "askretail library")
    show.add_argument("--json", action="store_true", help="print JSON")
    remove = _command(
        commands, "remove", "remove documents by file name", "askretail remove old-report.pdf"
    )
    remove.add_argument("names", nargs="*", metavar="FILE")
    remove.add_argument(
        "--gone", type=Path, metavar="FOLDER", help="those whose file is no longer in FOLDER"
    )
    describe = _command(
        commands,
        "describe",
        "say what a document is about, before all that was read of it",
        'askretail describe report.pdf --company Walmart --period "Q2 FY2024" --type 10-Q',
    )
    describe.add_argument("name", metavar="FILE", help="its file name, or its path")
    describe.add_argument("--company", action="append", metavar="NAME", help='repeat; "" for none')
    describe.add_argument("--period", help='FY2022, Q2 FY2024, 2026-02; "" for none')
    describe.add_argument("--type", dest="doc_type", help="10-K, earnings release, news, …")
    rebuild = _command(
        commands,
        "rebuild",
        "read and embed everything again from the kept originals",
        "askretail rebuild",
    )
    doctor = _command(
        commands, "doctor", "check a library and say how to repair it", "askretail doctor"
    )
    for parser in (take, show, remove, describe, rebuild, doctor):
        _takes_library(parser)


def _add_page(commands: "Commands[argparse.ArgumentParser]") -> None:
    page = _command(commands, "ui", "open the chat in the browser", "askretail ui --demo")
    page.add_argument("--demo", action="store_true", help="use the sample library")
    page.add_argument("--host", default="127.0.0.1", help="a loopback address")
    page.add_argument(
        "--behind-proxy",
        default="",
        metavar="URL",
        help="a proxy with a login shows the page at URL; only then may HOST be another address",
    )
    page.add_argument("--port", type=int, default=7860)
    _takes_library(page)


def _add_evaluation(commands: "Commands[argparse.ArgumentParser]") -> None:
    run = _command(
        commands,
        "eval",
        "measure retrieval and answers on questions with known evidence",
        "askretail eval",
    )
    run.add_argument("--set", dest="set_name", metavar="NAME", help="default: the shipped set")
    run.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where a named set lies")
    run.add_argument("--out", type=Path, metavar="DIR", help="write per-question JSONL here")
    run.add_argument("--results", type=Path, metavar="FILE", help="renew the set's section of FILE")
    run.add_argument(
        "--against", type=Path, metavar="RUN", help="compare with an earlier run's JSONL"
    )
    run.add_argument("--errors", type=Path, metavar="HTML", help="write what went wrong here")
    run.add_argument(
        "--ablate", action="store_true", help="with what each group of features is worth"
    )
    run.add_argument(
        "--no-baselines",
        dest="baselines",
        action="store_false",
        help="without the dense, BM25 and fused baselines",
    )
    _takes_library(run)


if __name__ == "__main__":
    sys.exit(main())
