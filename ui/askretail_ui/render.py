"""An answer as the chat shows it: pure functions from nouns to one line of HTML.

One line, because a blank line would end the HTML block and hand the rest to the Markdown parser.
"""

from collections.abc import Sequence

from askretail.nouns import Answer, Citation, Hit, Point
from askretail.render import by_group
from askretail.rows import is_row, same_table
from askretail_ui.after import after_html
from askretail_ui.chips import reading_html
from askretail_ui.escape import counted, shown
from askretail_ui.tabular import Linked, quoted_html
from askretail_ui.worked import figure_html

Numbers = dict[tuple[str, int, int], int]  # of a quote, by its place

MAX_COLUMNS = 4  # a fifth column leaves less than a phrase of width beside the sources

_BADGES = {"partial": "Answered in part", "not_found": "Not found"}


def question_html(question: str) -> str:
    """Return what the user typed, as text."""
    return shown(question.strip())


def found_html(hits: Sequence[Hit]) -> str:
    """Return how many passages were found, and in how many documents."""
    if not hits:
        return '<p class="ar-note">No passage found.</p>'
    documents = len({hit.document.id for hit in hits})
    where = counted(documents, "document")
    return f'<p class="ar-note">Found {counted(len(hits), "passage")} in {where}.</p>'


def waiting_html(what: str) -> str:
    """Return the line that stands where the next stage will be."""
    return f'<p class="ar-waiting">{shown(what)}</p>'


def error_html(message: str) -> str:
    """Return an error as the chat shows it: what happened and what to do."""
    return message_html(error_line(message))


def error_line(message: str) -> str:
    """Return the line of an error, to stand in a message."""
    return f'<p class="ar-error"><b>That did not work.</b> {shown(message)}</p>'


def message_html(*parts: str, turn: int = 0) -> str:
    """Return one message of the chat made of ``parts``; cards lead back to its ``turn``."""
    name = f' id="turn-{turn}"' if turn else ""
    return f'<div class="ar-message"{name}>{"".join(parts)}</div>'


def answer_html(answer: Answer, turn: int) -> str:
    """Return a finished answer; its citations lead to the cards of ``turn``."""
    numbers = {citation.place: n for n, citation in enumerate(answer.citations, start=1)}
    badge = _BADGES.get(answer.status, "")
    badge = f'<span class="ar-badge ar-{answer.status}">{badge}</span> ' if badge else ""
    body = (
        _table(answer.points, numbers, turn)
        if _side_by_side(answer)
        else _list(answer.points, numbers, turn)
    )
    return message_html(
        reading_html(answer.reading, said=answer.lead, turn=turn),
        f'<p class="ar-lead">{badge}{shown(answer.lead)}</p>',
        body,
        _nearest(answer, turn) if answer.status == "not_found" else "",
        _searched(answer),
        after_html(turn),
        turn=turn,
    )


def place(citation: Citation) -> str:
    """Return where a quote stands: "63, printed 61"."""
    return f"{citation.page}, {citation.label}" if citation.label else str(citation.page)


def _side_by_side(answer: Answer) -> bool:
    groups = by_group(answer.points)
    return answer.reading.intent == "comparison" and 2 <= len(groups) <= MAX_COLUMNS


def _list(points: Sequence[Point], numbers: Numbers, turn: int) -> str:
    parts = []
    for group, members in by_group(points).items():
        head = f"<h2>{shown(group)}</h2>" if group else ""
        inner = "".join(_point(point, numbers, turn) for point in members)
        parts.append(f'<div class="ar-group">{head}{inner}</div>')
    return "".join(parts)


def _table(points: Sequence[Point], numbers: Numbers, turn: int) -> str:
    groups = by_group(points)
    heads = "".join(f'<th scope="col">{shown(group or "In general")}</th>' for group in groups)
    cells = "".join(
        f'<td><div class="ar-cell-head">{shown(group or "In general")}</div>'
        f"{''.join(_point(point, numbers, turn) for point in members)}</td>"
        for group, members in groups.items()
    )
    return (
        '<table class="ar-compare"><thead><tr>'
        f"{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    )


def _point(point: Point, numbers: Numbers, turn: int) -> str:
    words = f"<p>{shown(point.text)}</p>" if point.text else ""
    if not point.citations:
        return f'<div class="ar-missing"><b>No evidence found</b>{words}</div>'
    linked = [(c, _link(numbers[c.place], turn)) for c in point.citations]
    figures = [
        figure_html(figure, lambda c: _link(numbers[c.place], turn)) for figure in point.figures
    ]
    return words + "".join(figures) + "".join(_quotes(run) for run in _runs(linked))


def _link(number: int, turn: int) -> str:
    return f'<a class="ar-cite" href="#src-{turn}-{number}">{shown(f"[{number}]")}</a>'


def _runs(cited: Sequence[Linked]) -> list[list[Linked]]:
    """Return the citations, rows of one table that follow each other together."""
    runs: list[list[Linked]] = []
    for one in cited:
        last = runs[-1][-1][0] if runs else None
        if last and is_row(last) and is_row(one[0]) and same_table(last, one[0]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _quotes(cited: Sequence[Linked]) -> str:
    """Return a quote, or quoted rows of one table."""
    citation, link = cited[0]
    if is_row(citation):
        return f'<div class="ar-table-quote">{quoted_html(cited)}{_source(citation)}</div>'
    return f"<blockquote><q>{shown(citation.quote)}</q> {link}{_source(citation)}</blockquote>"


def _source(citation: Citation) -> str:
    words = f"{citation.document.title}, page {place(citation)}"
    return f'<span class="ar-from">{shown(words)}</span>'


def _nearest(answer: Answer, turn: int) -> str:
    if not answer.nearest:
        return '<p class="ar-note">Nothing in the library came close.</p>'
    best = answer.nearest[0]
    link = f'<a class="ar-cite" href="#near-{turn}-1">see it in context</a>'
    return (
        '<div class="ar-near"><p><b>What came closest</b>, though it does not answer the question:'
        f"</p><blockquote><q>{shown(best.quote)}</q> {link}{_source(best)}</blockquote></div>"
    )


def _searched(answer: Answer) -> str:
    documents, passages = answer.searched
    if not documents:
        return ""
    seconds = sum(value for _, value in answer.timings)
    took = f" in {seconds:.1f} s" if seconds >= 0.05 else ""
    words = f"Searched {counted(documents, 'document')}, {counted(passages, 'passage')}{took}."
    return f'<p class="ar-note">{shown(words)}</p>'
