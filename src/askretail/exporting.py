"""Answers as a file to keep and to check: Markdown and HTML with footnotes, or JSON.

Markdown and HTML end with a comment that holds what ``askretail verify`` needs of each quote.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from askretail.fields import Fields
from askretail.figure_note import figure_record, figure_text
from askretail.footnote import Footnote, record
from askretail.nouns import Answer, Citation, Figure, Turn
from askretail.render import by_group
from askretail_ingest.errors import BadSetting

Form = Literal["md", "html", "json"]
Kind = Literal["question", "group", "words", "figure", "quote", "note", "source"]

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


@dataclass(slots=True)
class Ledger:
    """The quotes and figures of a file, gathered while it is written."""

    notes: dict[tuple[str, int, int], Noted] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)

    def quote(self, citation: Citation) -> Part:
        """Note a quote and return it as the file shows it."""
        if citation.place not in self.notes:
            fields = record(citation)
            noted = Noted(len(self.notes) + 1, fields, Footnote.of(Fields(fields)))
            self.notes[citation.place] = noted
        noted = self.notes[citation.place]
        noted.shown += 1
        return quote_part(noted.number, noted.note)

    def figure(self, figure: Figure) -> Part:
        """Note a figure and return it as the file shows it."""
        self.figures.append(figure)
        return figure_part(figure_text(figure))

    @property
    def comment(self) -> str:
        """The records of quotes and figures as a comment, which neither form shows.

        Angle brackets and double hyphens in it are written as escapes: they would end the comment.
        """
        numbers = {place: noted.number for place, noted in self.notes.items()}
        quotes = ({"number": n.number, "shown": n.shown, **n.fields} for n in self.notes.values())
        figures = (figure_record(figure, numbers) for figure in self.figures)
        made = f'{{"quotes": {_lines(quotes)}, "figures": {_lines(figures)}}}'
        for sign, escape in (("<", r"\u003c"), (">", r"\u003e"), ("--", r"-\u002d")):
            made = made.replace(sign, escape)
        return f"<!-- askretail export {VERSION}, read by `askretail verify`\n{made}\n-->"


def _lines(records: Iterable[dict[str, object]]) -> str:
    """Return a JSON list with a line for each record."""
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in records) + "\n]"


def exported(turns: Sequence[Turn], form: Form) -> str:
    """Return the answered turns of a conversation as the text of a file."""
    answers = [turn.answer for turn in turns if turn.answer]
    if form == "json":
        return to_json({"askretail_export": VERSION, "turns": [a.to_dict() for a in answers]})
    ledger = Ledger()
    parts = list(_parts(answers, ledger))
    if form == "md":
        return "\n\n".join([*map(markdown, parts), ledger.comment]) + "\n"
    return _PAGE.format(body="\n".join([*map(html_of, parts), ledger.comment]))


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


def _parts(answers: Sequence[Answer], ledger: Ledger) -> Iterator[Part]:
    for answer in answers:
        yield from _answer(answer, ledger)
    notes = ledger.notes.values()
    for noted in notes:
        yield note_part(noted.number, noted.note)
    for source, sha in dict.fromkeys((n.note.source, n.note.sha) for n in notes):
        yield Part("source", (f"Quoted from {source}, sha-256 {sha}",))


def quote_part(number: int, note: Footnote) -> Part:
    """Return a quote as the file shows it."""
    return Part("quote", note.lines, number)


def note_part(number: int, note: Footnote) -> Part:
    """Return the footnote of a quote as the file shows it."""
    return Part("note", (note.text,), number)


def figure_part(text: str) -> Part:
    """Return a figure as the file shows it."""
    return Part("figure", (text,))


def _answer(answer: Answer, ledger: Ledger) -> Iterator[Part]:
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
            yield from map(ledger.figure, point.figures)
            yield from map(ledger.quote, point.citations)
    if answer.nearest and not answer.citations:
        yield Part("words", ("What came closest, though it does not answer the question:",))
        yield from map(ledger.quote, answer.nearest)


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
    if part.kind in ("source", "figure"):
        return f'<p class="{part.kind}">{text}</p>'
    tag = {"question": "h2", "group": "h3"}.get(part.kind, "p")
    return f"<{tag}>{text}</{tag}>"
