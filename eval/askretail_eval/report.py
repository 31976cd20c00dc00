"""A run as text: for the terminal, and as a section of the results file."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from askretail_eval.table import Table

TITLE = """# Results

Every section is written by a command, `askretail eval` or one of docs/evaluation.md; running it
again renews the section.
"""


def plain(table: Table) -> str:
    """Return a table in aligned columns."""
    lines = [table.head, *table.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.head))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([table.title, "-" * len(table.title), *text]) + "\n"


def markdown(table: Table) -> str:
    """Return a table in Markdown, under a heading of the third level."""
    lines = [table.head, ("---",) * len(table.head), *table.rows]
    body = "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)
    return f"### {table.title}\n\n{body}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def section(name: str, facts: Sequence[tuple[str, str]], tables: Sequence[Table]) -> str:
    """Return the section of a set: what was run, then the tables."""
    lines = "\n".join(f"- {fact}: {value}" for fact, value in facts)
    return "\n".join([f"## {name}\n", f"{lines}\n", *(markdown(table) for table in tables)])


def section_plain(name: str, facts: Sequence[tuple[str, str]], tables: Sequence[Table]) -> str:
    """Return the same for the terminal."""
    lines = "\n".join(f"{fact}: {value}" for fact, value in facts)
    return "\n".join([f"{name}\n{'=' * len(name)}", f"{lines}\n", *map(plain, tables)])


def publish(
    results: Path | None, name: str, facts: Sequence[tuple[str, str]], tables: Sequence[Table]
) -> None:
    """Write a section to standard output, and into the results file if there is one."""
    sys.stdout.write(section_plain(name, facts, tables))
    if results is not None:
        write_section(results, name, section(name, facts, tables))


def renew(text: str, name: str, new: str) -> str:
    """Return a results text with the section of ``name`` replaced, or appended if it had none."""
    old = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    kept = text or TITLE
    if old.search(kept):
        return old.sub(lambda _: f"{new.rstrip()}\n\n", kept, count=1).rstrip() + "\n"
    return f"{kept.rstrip()}\n\n{new.rstrip()}\n"


def write_section(path: Path, name: str, new: str) -> None:
    """Put a section into the results file, which is made when it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text("utf-8") if path.is_file() else ""
    half = path.with_name(f"{path.name}.part")
    half.write_text(renew(text, name, new), encoding="utf-8")
    os.replace(half, path)
