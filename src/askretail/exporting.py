"""Answers as a file to keep and to check: Markdown and HTML with footnotes, or JSON.

Markdown and HTML end with a comment that holds what ``askretail verify`` needs of each quote.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from askretail.fields import Fields
from askretail.figure_answer import missing_words
from askretail.footnote import Footnote, record
from askretail.nouns import Answer, Citation, Figure, Turn
from askretail.render import by_group, input_words
from askretail_ingest.errors import BadSetting

Form = Literal["md", "html", "json"]
Kind = Literal["question", "group", "words", "quote", "note", "source"]

FORMS: dict[str, Form] = {"Markdown": "md", "HTML": "html", "JSON": "json"}
VERSION = 1  # of what is in the comment, and of the JSON form

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~$&])")
_LIST = re.compile(r"(\s*)([-+](?=\s)|[-=]+$|\d+(?=[.)]\s))")
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>askretail</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;
overflow-wrap:anywhere;color-scheme:light dark}}
blockquote{{margin:1em 0;padding-left:1em;border-left:3px solid #0f766e}}
.note,.source{{font-size:14px}}h2{{margin-top:2em}}
@media print{{body{{margin:0;max-width:none;font-size:11pt}}h2,h3{{break-after:avoid}}
blockquote,.note{{break-inside:avoid}}}}</style></head>
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


@dataclass(slots=True)
class Noted:
    """A quote with its footnote, and how many times the file shows it."""

    number: int
    fields: dict[str, object]
    note: Footnote
    shown: int = 0


def exported(turns: Sequence[Turn], form: Form) -> str:
    """Return the answered turns of a conversation as the text of a file."""
    answers = [turn.answer for turn in turns if turn.answer]
    if form == "json":
        return to_json({"askretail_export": VERSION, "turns": [a.to_dict() for a in answers]})
    notes: dict[tuple[str, int, int], Noted] = {}
    parts = list(_parts(answers, notes))
    if form == "md":
        return "\n\n".join([*map(markdown, parts), _comment(notes.values())]) + "\n"
    return _PAGE.format(body="\n".join([*map(html_of, parts), _comment(notes.values())]))


def export(conversation: Sequence[Turn | Answer], file: Path | str) -> Path:
    """Write answers to a file in the form that the ending of its name says; return its path.

    Raises BadSetting for another ending than .md, .html or .json, or where nothing can be written.
    """
    path = Path(file).expanduser()
    turns = [Turn(one.question, one) if isinstance(one, Answer) else one for one in conversation]
    text = exported(turns, form_of(path))
    try:
        # Written beside and moved: a full disk leaves the file that was there.
        with NamedTemporaryFile("wb", dir=path.parent, prefix=".askretail-", delete=False) as part:
            part.write(text.encode())
        Path(part.name).replace(path)
    except OSError as error:
        raise BadSetting(f"{path} cannot be written ({error.strerror})") from error
    return path


def form_of(file: Path) -> Form:
    """Return the form that the ending of a file's name asks for; raises BadSetting."""
    ending = file.suffix.lower().removeprefix(".")
    form = next((form for form in FORMS.values() if form == ending), None)
    if form is None:
        known = ", ".join(f".{form}" for form in FORMS.values())
        raise BadSetting(f"{file}: an export ends in one of {known}")
    return form


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _parts(answers: Sequence[Answer], notes: dict[tuple[str, int, int], Noted]) -> Iterator[Part]:
    def quote(citation: Citation) -> Part:
        if citation.place not in notes:
            fields = record(citation)
            notes[citation.place] = Noted(len(notes) + 1, fields, Footnote.of(Fields(fields)))
        noted = notes[citation.place]
        noted.shown += 1
        return quote_part(noted.number, noted.note)

    for answer in answers:
        yield from _answer(answer, quote)
    for noted in notes.values():
        yield note_part(noted.number, noted.note)
    for source, sha in dict.fromkeys((n.note.source, n.note.sha) for n in notes.values()):
        yield Part("source", (f"Quoted from {source}, sha-256 {sha}",))


def quote_part(number: int, note: Footnote) -> Part:
    """Return a quote as the file shows it."""
    return Part("quote", note.lines, number)


def note_part(number: int, note: Footnote) -> Part:
    """Return the footnote of a quote as the file shows it."""
    return Part("note", (note.text,), number)


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
            yield from _figures(point.figures)
            yield from map(quote, point.citations)
    if answer.nearest and not answer.citations:
        yield Part("words", ("What came closest, though it does not answer the question:",))
        yield from map(quote, answer.nearest)


def _figures(figures: Sequence[Figure]) -> Iterator[Part]:
    """Yield each figure with its arithmetic and its inputs; their rows follow as quotes."""
    for figure in figures:
        inputs = "; ".join(input_words(one) for one in figure.inputs)
        if figure.value is None:
            value = f"not worked out, {missing_words(figure)}"
        else:
            value = f"{figure.shown} = {figure.worked}" if figure.worked else figure.shown
        source = f" {figure.formula} ({figure.source})." if figure.formula else ""
        line = f"{figure.label}, {figure.period}: {value}.{source} From {inputs}."
        yield Part("words", (line[:1].upper() + line[1:],))


def markdown(part: Part) -> str:
    """Return a part as Markdown."""
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


def html_of(part: Part) -> str:
    """Return a part as HTML."""
    flat = (" ".join(line.split()) for line in part.lines)
    text = "<br>".join(html.escape(line, quote=False) for line in flat)
    if part.kind == "quote":
        link = f'<sup><a href="#note-{part.note}">{part.note}</a></sup>'
        return f"<blockquote>{text} {link}</blockquote>"
    if part.kind == "note":
        return f'<p class="note" id="note-{part.note}">{part.note}. {text}</p>'
    if part.kind == "source":
        return f'<p class="source">{text}</p>'
    tag = {"question": "h2", "group": "h3"}.get(part.kind, "p")
    return f"<{tag}>{text}</{tag}>"


def _comment(notes: Iterable[Noted]) -> str:
    """Return the records of the quotes as a comment, which neither form shows.

    Angle brackets and double hyphens in it are written as escapes: they would end the comment.
    """
    records = [
        json.dumps({"number": n.number, "shown": n.shown, **n.fields}, ensure_ascii=False)
        for n in notes
    ]
    made = '{"quotes": [\n' + ",\n".join(records) + "\n]}"
    for sign, escape in (("<", r"\u003c"), (">", r"\u003e"), ("--", r"-\u002d")):
        made = made.replace(sign, escape)
    return f"<!-- askretail export {VERSION}, read by `askretail verify`\n{made}\n-->"
