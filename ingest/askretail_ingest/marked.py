"""Markdown: the words without the marks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.assemble import Assembly
from askretail_ingest.decode import decode_prose
from askretail_ingest.frontmatter import split_front_matter
from askretail_ingest.nouns import Draft

if TYPE_CHECKING:
    from markdown_it.token import Token

_BOLD_LEVEL = 7  # a bold line of its own stands below the six levels of marked headings
_HEADING_CHARS = 100


def draft_markdown(path: Path) -> Draft:
    """Return the draft of a Markdown file; raises ``UnreadableFile``."""
    return draft_marks(decode_prose(path.read_bytes(), path))


def draft_marks(text: str) -> Draft:
    """Return the draft of Markdown text."""
    from markdown_it import MarkdownIt

    hints, body = split_front_matter(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    assembly = Assembly()
    _add_tokens(assembly, tokens)
    return assembly.finish([*hints, ("title", assembly.opening)])


def _add_tokens(assembly: Assembly, tokens: Sequence["Token"]) -> None:
    at = 0
    lists = 0  # how many lists we are inside
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open":
            assembly.heading(_words(tokens[at + 1]), int(token.tag[1]))
        elif token.type == "table_open":
            at = _add_table(assembly, tokens, at)
        elif token.type.endswith("_list_open"):
            lists += 1
        elif token.type.endswith("_list_close"):
            lists -= 1
        elif token.type == "paragraph_open":
            _add_paragraph(assembly, tokens[at + 1], in_list=lists > 0)
        elif token.type in ("fence", "code_block"):
            for line in token.content.splitlines():
                assembly.paragraph(line)
        elif token.type == "html_block":
            _add_html(assembly, token.content)
        at += 1


def _add_paragraph(assembly: Assembly, inline: "Token", *, in_list: bool) -> None:
    words = _words(inline)
    if in_list:
        assembly.item(words)
    elif _is_bold(inline) and len(words) <= _HEADING_CHARS and not words.endswith("."):
        assembly.heading(words, _BOLD_LEVEL)
    else:
        assembly.paragraph(words)


def _is_bold(inline: "Token") -> bool:
    marks = [child.type for child in inline.children or () if child.content or child.nesting]
    return marks[:1] == ["strong_open"] and marks.index("strong_close") == len(marks) - 1


def _add_table(assembly: Assembly, tokens: Sequence["Token"], at: int) -> int:
    """Add the table that opens at ``at`` and return where it closes."""
    rows: list[list[str]] = []
    header = 0
    while tokens[at].type != "table_close":
        token = tokens[at]
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_words(token))
        elif token.type == "thead_close":
            header = len(rows)
        at += 1
    assembly.table(rows, header=header)
    return at


def _add_html(assembly: Assembly, html: str) -> None:
    from askretail_ingest.web import add_html

    add_html(assembly, html)


def _words(inline: "Token") -> str:
    """Return the words of an inline token: no marks, no HTML tags, links by their text."""
    parts: list[str] = []
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            parts.append(" ")
    return "".join(parts)
