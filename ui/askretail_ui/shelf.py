"""The library in short: the head of the page, and whom a new conversation can ask about."""

from collections.abc import Sequence

from askretail_ingest.nouns import Document
from askretail_ui.escape import counted, shown

COMPANIES = 14  # listed at the start; they fit beside the question box


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
