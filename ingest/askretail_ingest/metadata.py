"""What a document is: its metadata, each field from the best source that knows it.

Sources, best first: the sidecar, ``catalog.csv``, what the document says, its file name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from askretail_ingest.article import read_article
from askretail_ingest.catalog import CatalogRow, row_of_hints
from askretail_ingest.companies import fold, same_name
from askretail_ingest.cover import COMPOSED, compose_title, read_cover
from askretail_ingest.dates import iso_date
from askretail_ingest.doctypes import DOC_TYPES
from askretail_ingest.nouns import Draft, Metadata, Period
from askretail_ingest.periods import parse_period
from askretail_ingest.release import read_release

UNKNOWN = Metadata(title="", doc_type="")  # a source that knows nothing
_TYPE_WORDS = {
    "10k": "10-K",
    "annualreport": "10-K",
    "20f": "10-K",
    "10q": "10-Q",
    "quarterlyreport": "10-Q",
    "8k": "8-K",
    "6k": "8-K",
    "currentreport": "8-K",
    "earnings": "earnings release",
    "earningsrelease": "earnings release",
    "pressrelease": "earnings release",
    "results": "earnings release",
    "presentation": "presentation",
    "slides": "presentation",
    "deck": "presentation",
    "transcript": "transcript",
    "earningscall": "transcript",
    "call": "transcript",
    "news": "news",
    "article": "news",
    "blog": "news",
    "brief": "brief",
    "briefing": "brief",
    "memo": "brief",
    "note": "brief",
    "other": "other",
}
# Titles that programs write: accession numbers, file names, "Microsoft Word - …".
_NO_TITLE = re.compile(
    r"[\d-]+|\S+|(?:Microsoft (?:Word|PowerPoint|Excel)|PowerPoint Presentation)\b.*"
    r"|.*\.(?:docx?|pdf|html?|pptx?|xlsx?|indd)",
    re.IGNORECASE,
)


def describe(
    path: Path,
    draft: Draft,
    row: CatalogRow | None,
    sidecar: CatalogRow | None,
    *,
    known: Sequence[str] = (),
) -> Metadata:
    """Return the metadata of a draft; ``known`` are company names of other documents."""
    own = row_of_hints(draft.hints)
    hints = dict(reversed(draft.hints))
    own_title = _own_title(draft)
    sources = [
        from_row(sidecar, "sidecar") if sidecar else UNKNOWN,
        from_row(row, "catalog.csv") if row else UNKNOWN,
        from_row(replace(own, title=""), "the file's own keys"),
        # Every mail has a date; that alone makes it no news.
        _from_text(draft, own_title, known, dated="published" in hints and "sender" not in hints),
        _titled(own_title, "its own title"),
        from_name(path, known),
    ]
    merged = merge(sources)
    named = tuple(dict.fromkeys(same_name(name, known) for name in merged.companies))
    found = replace(merged, companies=named, doc_type=merged.doc_type or "other")
    composed = dict(found.reasons).get("title") == COMPOSED
    return replace(found, title=compose_title(found)) if composed else found


def from_row(row: CatalogRow, where: str) -> Metadata:
    """Return what somebody wrote about a file, as metadata."""
    kind = parse_type(row.type)
    period = parse_period(row.period)
    published = iso_date(row.published)
    fields = {
        "title": row.title,
        "companies": row.companies,
        "publisher": row.publisher,
        "period": period,
        "doc_type": kind,
        "published": published,
    }
    reasons = tuple((field, where) for field, value in fields.items() if value)
    return Metadata(row.title, row.companies, row.publisher, period, kind, published, reasons)


def parse_type(words: str) -> str:
    """Return the type of document that a user's words mean, or "".

    >>> parse_type("10k"), parse_type("Earnings"), parse_type("10-Q")
    ('10-K', 'earnings release', '10-Q')
    """
    wanted = fold(words)
    exact = {fold(kind): kind for kind in DOC_TYPES}
    return exact.get(wanted) or _TYPE_WORDS.get(wanted, "")


def from_name(path: Path, known: Sequence[str]) -> Metadata:
    """Return what the file's name tells: its title, and company, type and period if they show."""
    parts = [part for part in re.split(r"[_\s.]+", path.stem) if part]
    whole = fold(path.stem)
    companies = tuple(name for name in known if len(fold(name)) > 2 and fold(name) in whole)
    kinds = [
        kind for part in [*parts, *re.split(r"[\W_]+", path.stem)] if (kind := parse_type(part))
    ]
    periods = [period for part in parts if (period := parse_period(part)) and _is_plausible(period)]
    published = iso_date(path.stem.replace("_", " "))
    title = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    found = Metadata(
        title,
        companies,
        period=periods[0] if periods else None,
        doc_type=kinds[0] if kinds else "",
        published=published,
    )
    return replace(found, reasons=tuple((field, "file name") for field in _known_fields(found)))


def merge(sources: Iterable[Metadata]) -> Metadata:
    """Return the first known value of each field, with the reason of its source."""
    merged = UNKNOWN
    reasons: dict[str, str] = {}
    for source in sources:
        because = dict(source.reasons)
        for field in _known_fields(source):
            if field == "period" and merged.period and source.period:
                merged = replace(merged, period=_complete(merged.period, source.period))
            elif field not in reasons:
                merged = replace(merged, **{field: getattr(source, field)})
                reasons[field] = because.get(field, "")
    return replace(merged, reasons=tuple(reasons.items()))


def _complete(period: Period, other: Period) -> Period:
    """Return a period with the end, quarter and name that it lacks and the other one knows."""
    return Period(
        period.year,
        period.quarter if period.quarter is not None else other.quarter,
        period.end or other.end,
        period.name or other.name,
    )


def _known_fields(source: Metadata) -> list[str]:
    fields = ("title", "companies", "publisher", "period", "doc_type", "published")
    return [field for field in fields if getattr(source, field)]


def _from_text(draft: Draft, title: str, known: Sequence[str], *, dated: bool) -> Metadata:
    cover = read_cover(draft.text)
    if cover is not None:
        return cover
    release = read_release(draft.text, title)
    return release or read_article(draft.text, title, known, dated=dated)


def _titled(title: str, where: str) -> Metadata:
    return replace(UNKNOWN, title=title, reasons=(("title", where),)) if title else UNKNOWN


def _own_title(draft: Draft) -> str:
    """Return the title that the file carries, unless a program made it up."""
    titles = [value for key, value in draft.hints if key == "title"]
    real = [title for title in titles if not _NO_TITLE.fullmatch(title)]
    if not real:
        opening = next((block for block in draft.blocks if block.kind == "heading"), None)
        return draft.text[opening.start : opening.end] if opening and opening.start < 400 else ""
    # "Headline | Site": the heading alone is the title.
    return real[-1] if real[-1] in real[0] else real[0]


def _is_plausible(period: Period) -> bool:
    return 1990 <= period.year <= 2100
