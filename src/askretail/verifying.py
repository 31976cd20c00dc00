"""The quotes of an export checked against a library: which hold, and what changed for the rest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from askretail.fields import Fields
from askretail.footnote import Footnote
from askretail.nouns import Span, Turn
from askretail.read_export import Claim, Export, FigureClaim
from askretail.serialise import citation_to_dict, text_sha256
from askretail_index.versions import Lookup, Versions
from askretail_ingest.clean import printable
from askretail_ingest.nouns import Document

Outcome = Literal["unchanged", "moved", "changed", "gone", "edited"]

SHOWN = 60  # characters of a quote in its line
HOLDS: tuple[Outcome, ...] = ("unchanged", "moved")


@dataclass(frozen=True, slots=True)
class Checked:
    """One quote after its check.

    unchanged: word for word at its place. moved: the source was replaced, and the quote stands in
    it elsewhere. changed: it no longer does. gone: the library has no such document. edited: the
    file does not give what the document says.
    """

    number: int  # of its footnote; 0 for a quote that has none
    outcome: Outcome
    detail: str  # what changed, "" when nothing did
    source: str
    page: int
    quote: str

    @property
    def holds(self) -> bool:
        return self.outcome in HOLDS


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure after its check: it holds while its cells stand in quoted rows that hold.

    Whether it was rightly worked out of them is not checked.
    """

    text: str
    holds: bool
    detail: str  # why it does not hold


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every quote of an export, in the order of its footnotes, and every figure."""

    quotes: tuple[Checked, ...]
    figures: tuple[CheckedFigure, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every quote and figure holds."""
        figures = all(figure.holds for figure in self.figures)
        return figures and all(quote.holds for quote in self.quotes)

    def count(self, outcome: Outcome) -> int:
        return sum(quote.outcome == outcome for quote in self.quotes)

    def __str__(self) -> str:
        """Return the summary: "2 of 14 quotes changed since the source was replaced"."""
        total = len(self.quotes)
        if not total:
            return "The file holds no quotes."
        said = [
            f"{count} of {total} {words}"
            for outcome, words in _SUMMARY
            if (count := self.count(outcome))
        ]
        said = said or [f"{total} of {total} quotes hold, unchanged"]
        lost = sum(not figure.holds for figure in self.figures)
        if lost:
            said.append(f"{lost} of {len(self.figures)} figures no longer rest on them")
        return "; ".join(said)


_SUMMARY: tuple[tuple[Outcome, str], ...] = (
    ("edited", "quotes were edited in the file"),
    ("changed", "quotes changed since the source was replaced"),
    ("gone", "quotes are from documents that the library does not have"),
    ("moved", "quotes stand elsewhere since the source was replaced"),
)


def verdict(export: Export, lookup: Lookup) -> Verdict:
    """Return the verdict on what an export claims."""
    strays = (
        Checked(0, "edited", "the file has no record of this quote", "", 0, words)
        for words in export.strays
    )
    quotes = [_checked(claim, lookup) for claim in export.claims]
    held = {quote.number: quote.holds for quote in quotes}
    return Verdict((*quotes, *strays), tuple(_figure(one, held) for one in export.figures))


def _figure(claim: FigureClaim, held: Mapping[int, bool]) -> CheckedFigure:
    lost = [f"[{cell.note}]" for cell in claim.note.cells if not held.get(cell.note)]
    rows = f"row {lost[0]} that it rests on does not hold" if lost else ""
    detail = claim.fault or rows
    return CheckedFigure(claim.note.text, not detail, detail)


def verdict_on(turns: Sequence[Turn], lookup: Lookup) -> Verdict:
    """Return the verdict on what answers quote, numbered in order of appearance."""
    answers = [turn.answer for turn in turns if turn.answer]
    cited = {c.place: c for answer in answers for c in answer.citations or answer.nearest}
    notes = [Footnote.of(Fields(citation_to_dict(citation))) for citation in cited.values()]
    return verdict(Export(tuple(Claim(n, note) for n, note in enumerate(notes, 1))), lookup)


def _checked(claim: Claim, lookup: Lookup) -> Checked:
    note = claim.note
    outcome, detail = check(note, lookup(note.sha, note.source))
    if claim.fault and outcome in HOLDS:
        outcome, detail = "edited", claim.fault
    return Checked(claim.number, outcome, detail, note.source, note.page, note.quote)


def check(note: Footnote, held: Versions) -> tuple[Outcome, str]:
    """Return what became of a quote, and in words what changed."""
    if held.quoted is not None and _same_text(note, held.quoted):
        if fault := _edited(note, held.quoted):
            return "edited", fault
        if held.current is held.quoted:
            return "unchanged", ""
    if held.current is None:
        return "gone", f"the library has no {note.source}"
    return _again(note, held.current)


def _same_text(note: Footnote, document: Document) -> bool:
    """Return whether a document was read as it was when it was quoted."""
    return not note.text_sha or note.text_sha == text_sha256(document)


def _edited(note: Footnote, document: Document) -> str:
    """Return what a footnote gets wrong about the document that it quotes."""
    quote = Span("neighbour", note.page, note.start, note.end, note.quote)
    if not _is_slice(quote, document):
        return f"characters {note.start} to {note.end} of {document.source} say something else"
    if _page(document, note.start) != note.page:
        return f"it stands on page {_page(document, note.start)}, not {note.page}"
    if wrong := [span for span in note.context if not _is_slice(span, document)]:
        return f"its {wrong[0].role} is not what {document.source} says there"
    return ""


def _is_slice(span: Span, document: Document) -> bool:
    inside = 0 <= span.start < span.end <= len(document.text)
    return inside and document.text[span.start : span.end] == span.text


def _page(document: Document, start: int) -> int:
    return next((p.number for p in document.pages if p.start <= start < p.end), 0)


def _again(note: Footnote, document: Document) -> tuple[Outcome, str]:
    """Look for a quote in what replaced its document; a row needs its heads and unit as well."""
    start = _nearest(document.text, note.quote, note.start)
    if start < 0:
        return "changed", f"{document.source} no longer says it"
    end = start + len(note.quote)
    place = f"page {_page(document, start)}, characters {start} to {end} of {document.source}"
    if lost := [span for span in note.context if span.text not in document.text]:
        return "changed", f"the words stand on {place}, but their {lost[0].role} is gone"
    return "moved", f"now on {place}"


def _nearest(text: str, quote: str, start: int) -> int:
    """Return the place of a quote that is nearest to where it was, -1 for none.

    It must stand by itself: "sales of 12" is not said where "sales of 12,400" is.
    """
    alone = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w|[.,]\d)")
    places = (found.start() for found in alone.finditer(text) if quote)
    return min(places, key=lambda place: abs(place - start), default=-1)


def verdict_to_text(verdict: Verdict) -> str:
    """Return a line a quote, then the summary."""
    lines = [*map(_line, verdict.quotes), *map(_figure_line, verdict.figures)]
    return "\n".join([*lines, str(verdict)])


def _figure_line(figure: CheckedFigure) -> str:
    said = "holds" if figure.holds else f"does not hold: {figure.detail}"
    return printable(f"figure {said} “{figure.text}”")


def _line(quote: Checked) -> str:
    mark = f"[{quote.number}]" if quote.number else "[-]"
    where = f" {quote.source}, page {quote.page}" if quote.source else ""
    why = f": {quote.detail}" if quote.detail else ""
    said = printable(quote.quote)
    short = said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
    return printable(f"{mark} {quote.outcome}{where}{why} “{short}”")


def verdict_to_dict(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as JSON values."""
    quotes = [{**asdict(quote), "holds": quote.holds} for quote in verdict.quotes]
    figures = [asdict(figure) for figure in verdict.figures]
    return {
        "holds": verdict.holds,
        "summary": str(verdict),
        "quotes": quotes,
        "figures": figures,
    }
