"""Quoted rows as a small table: title and unit, column heads, the quoted rows marked."""

from collections.abc import Sequence

from askretail import rows
from askretail.nouns import Citation
from askretail_ingest.nouns import Document
from askretail_ui.escape import shown

Linked = tuple[Citation, str]  # a quote and the link to its card


def quoted_html(cited: Sequence[Linked]) -> str:
    """Return the rows of one table, each with the link to its card."""
    first = cited[0][0]
    width = _width(first)
    body = [_row(c.quote, width, f'<td class="ar-ref">{link}</td>', True) for c, link in cited]
    return _figure(first, body, end="<td></td>")


def in_context_html(citation: Citation) -> str:
    """Return a quoted row, marked, between the rows next to it."""
    above, below = rows.near_rows(citation)
    width = _width(citation)
    body = [_row(line, width, "", False) for line in above]
    body.append(_row(citation.quote, width, "", True))
    body += [_row(line, width, "", False) for line in below]
    return _figure(citation, body)


def name(document: Document) -> str:
    """Return what a screen reader calls a table of a document."""
    return f"Table in {document.title}"


def _figure(citation: Citation, body: Sequence[str], *, end: str = "") -> str:
    above = rows.caption(citation)
    title = f"<figcaption>{shown(above)}</figcaption>" if above else ""
    width = _width(citation)
    head = "".join(_head(line, width, end) for line in rows.head_lines(citation))
    return (
        f'<figure class="ar-figures">{title}<div class="ar-scroll" role="region" tabindex="0" '
        f'aria-label="{shown(name(citation.document))}"><table><thead>{head}</thead>'
        f"<tbody>{''.join(body)}</tbody></table></div></figure>"
    )


def _width(citation: Citation) -> int:
    """Return how many columns of figures a row has: as many as the heads say, if they fit."""
    most = len(rows.cells(citation.quote)) - 1
    lines = rows.head_lines(citation)
    fitting = (n for n in range(most, 0, -1) if any(rows.heads(line, n) for line in lines))
    return next(fitting, most)


def _head(line: str, width: int, end: str) -> str:
    label, *columns = rows.heads(line, width) or ("",)
    if not columns:
        span = width + 2 if end else width + 1
        return f'<tr><td class="ar-span" colspan="{span}">{shown(line)}</td></tr>'
    first = f'<th scope="col" class="ar-label">{shown(label)}</th>' if label else "<td></td>"
    heads = "".join(f'<th scope="col">{shown(column)}</th>' for column in columns)
    return f"<tr>{first}{heads}{end}</tr>"


def _row(line: str, width: int, end: str, quoted: bool) -> str:
    label, *figures = rows.cells(line, width)
    figures += [""] * (width - len(figures))
    cells = "".join(f"<td>{_marked(figure, quoted)}</td>" for figure in figures)
    kind = ' class="ar-quoted"' if quoted else ""
    head = f'<th scope="row" class="ar-label">{_marked(label, quoted)}</th>'
    return f"<tr{kind}>{head}{cells}{end}</tr>"


def _marked(text: str, quoted: bool) -> str:
    return f"<mark>{shown(text)}</mark>" if quoted and text else shown(text)
