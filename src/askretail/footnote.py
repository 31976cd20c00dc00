"""A quote as an export states it: readable, and enough to check it against a library."""

from dataclasses import dataclass, replace
from typing import get_args

from askretail.fields import Fields, Misfit
from askretail.nouns import Citation, Role, Span
from askretail.render import named, place_in
from askretail.rows import caption, head_lines, is_row
from askretail.serialise import citation_to_dict


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a file says of a quote: whose words they are, where they stand, what stands by them."""

    sha: str  # sha-256 of the document's file
    text_sha: str  # sha-256 of its text, of which start and end count the characters
    source: str
    title: str
    period: str
    doc_type: str
    page: int
    label: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    context: tuple[Span, ...]

    @classmethod
    def of(cls, fields: Fields) -> "Footnote":
        """Read one from a citation as JSON; raises Misfit."""
        document = fields.part("document")
        return cls(
            sha=document.text("id"),
            text_sha=document.text("text_sha256", ""),
            source=document.text("source"),
            title=document.text("title"),
            period=document.part("period").text("text") if document.has("period") else "",
            doc_type=document.text("doc_type"),
            page=fields.whole("page"),
            label=fields.text("label"),
            section=fields.texts("section"),
            quote=fields.text("quote"),
            start=fields.whole("start"),
            end=fields.whole("end"),
            context=tuple(map(span_of, fields.parts("context"))),
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """The quote as a reader sees it, a row below what its table says above it."""
        if not is_row(self):
            return (f"“{self.quote}”",)
        heads = sorted((s for s in self.context if s.role == "header"), key=lambda s: s.start)
        return tuple(filter(None, (caption(self), *(head.text for head in heads), self.quote)))

    @property
    def text(self) -> str:
        """The place of the quote, and the sentence before it where the quote leans on that."""
        name = named(self.title, self.period, self.doc_type, self.source)
        place = place_in(name, self.title, self.page, self.label, self.section)
        before = [f"“{s.text}”" for s in self.context if s.role == "neighbour"]
        return " ".join(" · follows ".join((place, *before)).split())


def span_of(fields: Fields) -> Span:
    """Read a piece of context from JSON; raises Misfit."""
    role = next((role for role in _ROLES if role == fields.text("role")), None)
    if role is None:
        raise Misfit(f"{fields.where}.role must be one of {', '.join(_ROLES)}")
    place = fields.whole("page"), fields.whole("start"), fields.whole("end")
    return Span(role, *place, fields.text("text"))


def record(citation: Citation) -> dict[str, object]:
    """Return the citation as JSON values, the heads of its columns always among its context."""
    return citation_to_dict(_headed(citation))


def _headed(citation: Citation) -> Citation:
    """Return a row with the heads that its page shows, where its table was not known to have any.

    A reader of a file sees them above the row, so they are checked like the rest of its context.
    """
    if not is_row(citation) or any(span.role == "header" for span in citation.context):
        return citation
    page = next(p for p in citation.document.pages if p.number == citation.page)
    text = citation.document.text
    heads = [
        Span("header", page.number, start, start + len(line), line)
        for line in head_lines(citation)
        for start in [text.rfind(line, page.start, citation.start)]
    ]
    return replace(citation, context=(*citation.context, *heads))


_ROLES: tuple[Role, ...] = get_args(Role)
