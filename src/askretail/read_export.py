"""An exported file read back: what it claims of each quote, and whether it shows what it claims.

The text of Markdown and HTML is compared with the records in their comment letter by letter: a
file that somebody edited, formatted anew or joined with another is no longer what was exported.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from askretail.exporting import (
    VERSION,
    Part,
    figure_part,
    html_of,
    markdown,
    note_part,
    quote_part,
)
from askretail.fields import Fields, Misfit
from askretail.figure_note import FigureNote, figure_note
from askretail.footnote import Footnote
from askretail_ingest.errors import UnreadableFile

MAX_BYTES = 50 * 2**20  # a thousand answers take about 5 MB

_BEGIN, _END = "<!-- askretail export ", "\n-->"
_HEAD = re.compile(r"(\d{1,9}),[^\n]*\n")
_HTML_QUOTE = re.compile(r"<blockquote\b.*?(?:</blockquote>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_MARK = re.compile(r'href="#note-(\d{1,9})"')
_HTML_NOTE = re.compile(r'<p class="note" id="note-(\d{1,9})">.*')
_QUOTE_MARK = re.compile(r"\[\^(\d{1,9})\]\s*\Z")
_NOTE = re.compile(r"^\[\^(\d{1,9})\]: .*", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>.*(?:\n.*\S.*)*", re.MULTILINE)  # to the next blank line


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote that a file claims to be word for word."""

    number: int
    note: Footnote
    fault: str = ""  # what the file itself has against it


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure that a file claims to rest on cells of its quoted rows."""

    note: FigureNote
    fault: str = ""  # what the file itself has against it


@dataclass(frozen=True, slots=True)
class Export:
    """What a file claims; ``strays`` are quotes in its text that have no record."""

    claims: tuple[Claim, ...]
    strays: tuple[str, ...] = ()
    figures: tuple[FigureClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """How one form shows quotes and notes, and where they are found in its text."""

    shows: Callable[[Part], str]
    quotes: re.Pattern[str]
    mark: re.Pattern[str]
    notes: re.Pattern[str]


_MARKDOWN = _Form(markdown, _QUOTE, _QUOTE_MARK, _NOTE)
_HTML = _Form(html_of, _HTML_QUOTE, _HTML_MARK, _HTML_NOTE)


def read_export(file: Path) -> Export:
    """Return what an export claims; raises UnreadableFile for anything else than an export."""
    text = _text(file)
    start = text.lstrip()[:20].lower()
    try:
        if start.startswith("{"):
            return _claims_of_json(Fields.read(text))
        return _shown(text, _HTML if start.startswith("<!doctype html") else _MARKDOWN)
    except Misfit as error:
        raise UnreadableFile(
            f"{file}: not an export of askretail, or damaged: {error}; export the answers again"
        ) from error


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{file}: larger than {MAX_BYTES >> 20} MB, so it is no export")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{file}: not a text in UTF-8, so it is no export") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _claims_of_json(value: Fields) -> Export:
    """Return what a conversation claims, or one answer as ``askretail ask --json`` prints it."""
    if value.has("askretail_export"):
        _known(value.whole("askretail_export"))
    numbers: dict[Footnote, int] = {}
    figures = []
    for answer in value.parts("turns") if value.has("turns") else (value,):
        own = {}
        for citation in answer.parts("citations"):
            note = Footnote.of(citation)
            own[citation.whole("number")] = numbers.setdefault(note, len(numbers) + 1)
        for citation in answer.parts("nearest"):
            numbers.setdefault(Footnote.of(citation), len(numbers) + 1)
        figures += [figure_note(figure, own) for figure in _figures_of_json(answer)]
    return _export([Claim(number, note) for note, number in numbers.items()], figures)


def _figures_of_json(answer: Fields) -> list[Fields]:
    points = answer.parts("points") if answer.has("points") else ()
    return [figure for p in points if p.has("figures") for figure in p.parts("figures")]


def _export(
    claims: Sequence[Claim],
    figures: Sequence[FigureNote],
    *,
    strays: Sequence[str] = (),
    faults: Mapping[str, str] = MappingProxyType({}),
) -> Export:
    """Return an export whose figures are checked against its quotes; ``faults`` are by text."""
    notes = {claim.number: claim.note for claim in claims}
    checked = (FigureClaim(f, faults.get(f.text, "") or f.misfit(notes)) for f in figures)
    return Export(tuple(claims), tuple(strays), tuple(checked))


def _known(version: int) -> None:
    if version != VERSION:
        raise Misfit(f"its form is {version}, this version of askretail reads {VERSION}")


def _shown(text: str, form: _Form) -> Export:
    body, comment = _parted(text)
    records = comment.parts("quotes")
    claims = {one.whole("number"): Footnote.of(one) for one in records}
    if len(claims) < len(records):
        raise Misfit("two records have one number")
    shown = [(_number(q[0], form.mark), _trimmed(q[0])) for q in form.quotes.finditer(body)]
    notes = [(int(note[1]), _trimmed(note[0])) for note in form.notes.finditer(body)]
    made = []
    for one, (number, note) in zip(records, claims.items(), strict=True):
        quotes = [words for at, words in shown if at == number]
        footnotes = [words for at, words in notes if at == number]
        fault = _fault_of_quotes(quotes, form.shows(quote_part(number, note)), one.whole("shown"))
        fault = fault or _fault_of_notes(footnotes, form.shows(note_part(number, note)))
        made.append(Claim(number, note, fault))
    figures = [figure_note(one) for one in comment.parts("figures")]
    strays = [words for number, words in shown if number not in claims]
    return _export(made, figures, strays=strays, faults=_faults_of_figures(figures, body, form))


def _faults_of_figures(figures: Sequence[FigureNote], body: str, form: _Form) -> dict[str, str]:
    """Return the figures that a file shows otherwise than they were exported."""
    lines = Counter(_trimmed(body).split("\n"))
    counts = Counter(figure.text for figure in figures)
    return {
        text: "the file does not show it as it was exported"
        for text, count in counts.items()
        if lines[_trimmed(form.shows(figure_part(text)))] != count
    }


def _parted(text: str) -> tuple[str, Fields]:
    """Return what a file shows, and the records in its comment."""
    if (count := text.count(_BEGIN)) != 1:
        raise Misfit(f"it has {count} comments with the records of its quotes, and not one")
    start = text.index(_BEGIN)
    head, end = _HEAD.match(text, start + len(_BEGIN)), text.find(_END, start)
    if head is None or end < 0:
        raise Misfit("the comment with the records of its quotes is cut off")
    _known(int(head[1]))
    return text[:start] + text[end + len(_END) :], Fields.read(text[head.end() : end])


def _number(quote: str, mark: re.Pattern[str]) -> int:
    """Return the number of a quote's footnote, 0 for none."""
    found = list(mark.finditer(quote))
    return int(found[-1][1]) if found else 0


def _trimmed(text: str) -> str:
    """Return a text without the blanks that editors take from the ends of lines."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _fault_of_quotes(shown: Sequence[str], expected: str, count: int) -> str:
    """Return how the text of a file differs from the record of a quote."""
    if set(shown) - {_trimmed(expected)}:
        return "the file shows it with other characters than it was exported with"
    if len(shown) != count:
        return f"the file shows it {len(shown)} times, it was exported {count} times"
    return ""


def _fault_of_notes(shown: Sequence[str], expected: str) -> str:
    right = list(shown) == [_trimmed(expected)]
    return "" if right else "its footnote is not the one that it was exported with"
