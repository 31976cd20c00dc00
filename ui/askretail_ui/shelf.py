"""The library as the page shows it: its documents, and what an upload did."""

from collections.abc import Callable, Sequence
from html import escape

from askretail_index.report import IngestReport, Progress, Skip
from askretail_ingest.nouns import Document
from askretail_ui.escape import counted, shown

COMPANIES = 14  # listed at the start; they fit beside the question box

_COLUMNS = ("Document", "Companies", "Period", "Type", "Pages", "Passages")


def header_html(documents: Sequence[Document], passages: int, *, sample: bool) -> str:
    """Return the head of the page: the name, which library answers and how large it is."""
    name = "Sample library" if sample else "Your library"
    size = f"{counted(len(documents), 'document')}, {counted(passages, 'passage')}"
    return (
        '<header class="ar-head"><h1>askretail</h1>'
        f"<p><b>{name}</b> <span>{size}</span></p>"
        '<button type="button" class="ar-theme" aria-label="Light / dark: switch the colours">'
        "<span>Light / dark</span></button></header>"
    )


def coverage_html(documents: Sequence[Document]) -> str:
    """Return whom the library is about: companies, how many documents, which periods."""
    about: dict[str, list[Document]] = {}
    for document in documents:
        for company in document.companies:
            about.setdefault(company, []).append(document)
    if not about:
        return ""
    ranked = sorted(about.items(), key=lambda item: (-len(item[1]), item[0]))
    lines = "".join(_company(name, members) for name, members in ranked[:COMPANIES])
    rest = len(ranked) - COMPANIES
    more = f'<p class="ar-note">and {counted(rest, "more company", "more companies")}</p>'
    return (
        '<div class="ar-coverage"><h2>In this library</h2>'
        f"<ul>{lines}</ul>{more if rest > 0 else ''}</div>"
    )


def _company(name: str, documents: Sequence[Document]) -> str:
    years = sorted({document.period.year for document in documents if document.period})
    span = f"FY{years[0]}" if len(years) == 1 else f"FY{years[0]}–FY{years[-1]}" if years else ""
    size = counted(len(documents), "document")
    return f"<li><b>{shown(name)}</b> <span>{size}</span> <span>{span}</span></li>"


def documents_html(
    documents: Sequence[Document], passages_of: Callable[[Document], int], *, wanted: str = ""
) -> str:
    """Return the documents as a table, only those that ``wanted`` names part of."""
    if not documents:
        return (
            '<div class="ar-empty"><p><b>This library is empty.</b></p>'
            "<p>Add files above; they stay on this machine.</p></div>"
        )
    rows = [document for document in documents if _matches(document, wanted)]
    if not rows:
        return f'<div class="ar-empty"><p>No document matches {shown(wanted.strip())}.</p></div>'
    heads = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    body = "".join(_row(document, passages_of(document)) for document in rows)
    return (
        '<div class="ar-table" role="region" aria-label="Documents" tabindex="0"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def progress_html(progress: Progress) -> str:
    """Return how far an upload is, as a bar with words."""
    reading = progress.stage == "parse"
    what = "Reading" if reading else "Indexing"
    unit = counted(progress.total, "file" if reading else "passage")
    name = f": {shown(progress.name)}" if progress.name else ""
    total = max(progress.total, 1)
    share = min(progress.done, total)
    return (
        f'<div class="ar-progress" role="status"><p>{what} {progress.done:,} of {unit}{name}</p>'
        f'<progress max="{total}" value="{share}" aria-label="{what}"></progress></div>'
    )


def report_html(report: IngestReport) -> str:
    """Return what became of each file of an upload."""
    lines = [
        *(_outcome("added", name) for name in report.loaded),
        *(_outcome("replaced", name, "a newer version took its place") for name in report.replaced),
        *(_outcome("unchanged", name, "already in the library") for name in report.unchanged),
        *(_outcome("duplicate", skip.name, _why(skip)) for skip in report.duplicate),
        *(_outcome("in part", skip.name, _why(skip)) for skip in report.unread),
        *(_outcome("skipped", skip.name, _why(skip)) for skip in report.skipped),
    ]
    if not lines:
        none = "No file was taken: none of them is a document."
        return f'<div class="ar-report" role="status"><p>{none}</p></div>'
    return f'<div class="ar-report" role="status"><ul>{"".join(lines)}</ul></div>'


def _why(skip: Skip) -> str:
    """Return the reason without the file's name, which stands in front of it."""
    return skip.reason.removeprefix(skip.name).lstrip(": ")


def _outcome(kind: str, name: str, reason: str = "") -> str:
    why = f" <span>{shown(reason)}</span>" if reason else ""
    style = f"ar-{kind.replace(' ', '-')}"
    return f'<li class="{style}"><b>{kind.capitalize()}</b> {shown(name)}{why}</li>'


def _matches(document: Document, wanted: str) -> bool:
    words = (document.title, document.source, document.doc_type, *document.companies)
    hay = " ".join((*words, str(document.period or ""))).casefold()
    return all(word in hay for word in wanted.casefold().split())


def _row(document: Document, passages: int) -> str:
    title = f'{shown(document.title)}<span class="ar-file">{shown(document.source)}</span>'
    cells = (
        shown(", ".join(document.companies) or "–"),
        shown(str(document.period or "–")),
        shown(document.doc_type),
        f"{len(document.pages):,}",
        f"{passages:,}",
    )
    rest = "".join(
        f'<td data-head="{escape(head)}">{cell}</td>'
        for head, cell in zip(_COLUMNS[1:], cells, strict=True)
    )
    return f'<tr><th scope="row">{title}</th>{rest}</tr>'
