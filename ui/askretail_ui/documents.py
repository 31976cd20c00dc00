"""The documents of a library as a table, with how far each is indexed."""

from collections.abc import Sequence
from html import escape

from askretail_index.holdings import Holding
from askretail_ingest.nouns import Document
from askretail_ui.escape import counted, shown

MOST = 500  # rows; a browser takes a second to draw more

_COLUMNS = ("Document", "Companies", "Period", "Type", "Pages", "Passages", "Status")


def documents_html(holdings: Sequence[Holding], *, wanted: str = "", editable: bool = True) -> str:
    """Return the documents as a table, only those that ``wanted`` names part of.

    ``editable`` gives each current one a button that opens it for a change.
    """
    if not holdings:
        return (
            '<div class="ar-empty"><p><b>This library is empty.</b></p>'
            "<p>Add files beside; they stay on this machine.</p></div>"
        )
    rows = [holding for holding in holdings if _matches(holding.document, wanted)]
    if not rows:
        return f'<div class="ar-empty"><p>No document matches {shown(wanted.strip())}.</p></div>'
    heads = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    heads += '<td class="ar-act"></td>' if editable else ""
    body = "".join(_row(holding, editable) for holding in rows[:MOST])
    more = len(rows) - MOST
    rest = f'<p class="ar-note">and {more:,} more: find them by their names</p>' if more > 0 else ""
    return (
        '<div class="ar-table" role="region" aria-label="Documents" tabindex="0"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{rest}"
    )


def status(holding: Holding) -> tuple[str, str]:
    """Return the state of a document, as one word for colours and as words for readers."""
    if not holding.current:
        return "superseded", "Superseded; kept for what cites it"
    if holding.embedded < holding.passages:
        done = f"{holding.embedded:,} of {counted(holding.passages, 'vector')}"
        return "words", f"Words only; {done}"
    if holding.changed:
        return "changed", "File changed since: add it again"
    return "ready", "Ready"


def _matches(document: Document, wanted: str) -> bool:
    words = (document.title, document.source, document.doc_type, *document.companies)
    hay = " ".join((*words, str(document.period or ""))).casefold()
    return all(word in hay for word in wanted.casefold().split())


def _row(holding: Holding, editable: bool) -> str:
    document = holding.document
    kind, state = status(holding)
    title = f'{shown(document.title)}<span class="ar-file">{shown(document.source)}</span>'
    cells = (
        shown(", ".join(document.companies) or "–"),
        shown(str(document.period or "–")),
        shown(document.doc_type),
        f"{len(document.pages):,}",
        f"{holding.passages:,}",
        f'<span class="ar-state ar-state-{kind}">{state}</span>',
    )
    rest = "".join(
        f'<td data-head="{escape(head)}">{cell}</td>'
        for head, cell in zip(_COLUMNS[1:], cells, strict=True)
    )
    act = f'<td class="ar-act">{_button(holding)}</td>' if editable else ""
    return f'<tr class="ar-row-{kind}"><th scope="row">{title}</th>{rest}{act}</tr>'


def _button(holding: Holding) -> str:
    if not holding.current:
        return ""
    document = holding.document
    return (
        f'<button type="button" class="ar-change" data-change="{escape(document.id)}" '
        f'aria-label="Change {shown(document.title)}">Change</button>'
    )
