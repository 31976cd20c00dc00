"""A conversation as a file to keep: Markdown and HTML with footnotes, or JSON."""

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from askretail.nouns import Answer, Citation, Turn
from askretail.render import place
from askretail_ui.render import by_group
from askretail_ui.rows import caption, head_lines, is_row

Form = Literal["md", "html", "json"]
Kind = Literal["question", "group", "words", "quote", "note"]

FORMS: dict[str, Form] = {"Markdown": "md", "HTML": "html", "JSON": "json"}

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~$&])")
_LIST = re.compile(r"(\s*)([-+](?=\s)|\d+(?=[.)]\s))")
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>askretail</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em}}
blockquote{{margin:1em 0;padding-left:1em;border-left:3px solid #0f766e}}
.note{{font-size:14px}}h2{{margin-top:2em}}</style></head>
<body>
{body}
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file: its lines, and the number of its footnote, 0 for none."""

    kind: Kind
    lines: tuple[str, ...]
    note: int = 0


def exported(turns: Sequence[Turn], form: Form) -> str:
    """Return the answered turns of a conversation as the text of a file."""
    answers = [turn.answer for turn in turns if turn.answer]
    if form == "json":
        made = {"turns": [answer.to_dict() for answer in answers]}
        return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    parts = list(_parts(answers))
    if form == "md":
        return "\n\n".join(map(_markdown, parts)) + "\n"
    return _PAGE.format(body="\n".join(map(_html, parts)))


def _parts(answers: Sequence[Answer]) -> Iterator[Part]:
    notes: dict[tuple[str, int, int], tuple[int, Citation]] = {}

    def quote(citation: Citation) -> Part:
        number, _ = notes.setdefault(citation.place, (len(notes) + 1, citation))
        return Part("quote", _lines(citation), number)

    for answer in answers:
        yield from _answer(answer, quote)
    for number, citation in notes.values():
        yield Part("note", (place(citation),), number)


def _answer(answer: Answer, quote: Callable[[Citation], Part]) -> Iterator[Part]:
    yield Part("question", (answer.question,))
    if answer.standalone != answer.question:
        yield Part("words", (f"Understood as: {answer.standalone}",))
    yield Part("words", (answer.lead,))
    for group, points in by_group(answer.points).items():
        if group:
            yield Part("group", (group,))
        for point in points:
            words = point.text or ("" if point.citations else "No evidence found")
            if words:
                yield Part("words", (words,))
            yield from map(quote, point.citations)
    if answer.nearest and not answer.citations:
        yield Part("words", ("What came closest, though it does not answer the question:",))
        yield from map(quote, answer.nearest)


def _lines(citation: Citation) -> tuple[str, ...]:
    """Return a quote, a row below what its table says above it."""
    if not is_row(citation):
        return (f"“{citation.quote}”",)
    return tuple(filter(None, (caption(citation), *head_lines(citation), citation.quote)))


def _markdown(part: Part) -> str:
    lines = [_plain(line) for line in part.lines]
    mark = f"[^{part.note}]"
    if part.kind == "quote":
        return "  \n".join(f"> {line}" for line in (*lines[:-1], f"{lines[-1]} {mark}"))
    head = {"question": "## ", "group": "### ", "note": f"{mark}: "}.get(part.kind, "")
    return head + " ".join(lines)


def _plain(text: str) -> str:
    r"""Return a line that Markdown shows as it is.

    >>> print(_plain("1. *Net* sales"))
    1\. \*Net\* sales
    """
    flat = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    found = _LIST.match(flat)
    if found is None:
        return flat
    cut = found.end() if found[2].isdigit() else found.start(2)
    return f"{flat[:cut]}\\{flat[cut:]}"


def _html(part: Part) -> str:
    text = "<br>".join(html.escape(line) for line in part.lines)
    if part.kind == "quote":
        link = f'<sup><a href="#note-{part.note}">{part.note}</a></sup>'
        return f"<blockquote>{text} {link}</blockquote>"
    if part.kind == "note":
        return f'<p class="note" id="note-{part.note}">{part.note}. {text}</p>'
    tag = {"question": "h2", "group": "h3"}.get(part.kind, "p")
    return f"<{tag}>{text}</{tag}>"
