"""One HTML file of the questions that went wrong: what was read, wanted, and found instead."""

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from askretail.features import NAMES
from askretail.nouns import Answer, Reading
from askretail.studied import Studied
from askretail_eval.ablation import GROUPS
from askretail_eval.chunk import stem
from askretail_eval.questions import Question
from askretail_eval.record import Record

SHOWN = 5  # pages of the ranking, before those of the gold
_STYLE = (
    "body{font:15px/1.5 system-ui;margin:2em auto;max-width:70em;padding:0 1em}"
    "h2{font-size:1.1em;margin:2.2em 0 .3em}table{border-collapse:collapse;font-size:13px}"
    "td,th{border:1px solid #ccc;padding:2px 8px;text-align:right}"
    "td:nth-child(2),th:nth-child(2){text-align:left}.gold{background:#e8f4e8}p{margin:.3em 0}"
)

Place = tuple[str, int]


def errors_page(
    name: str, questions: Sequence[Question], records: Sequence[Record], assistant: Studied
) -> str:
    """Return the page; a question is in it when a page, a fact or the right refusal is missing."""
    by_id = {question.id: question for question in questions}
    wrong = [record for record in records if record.id in by_id and is_wrong(record)]
    parts = "".join(_part(by_id[record.id], record, assistant) for record in wrong)
    title = escape(f"{name}: {len(wrong)} of {len(by_id)} questions went wrong")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1>{parts}</html>\n"
    )


def is_wrong(record: Record) -> bool:
    """Say whether a question's pages, facts or refusal are not what they should be."""
    must = ("page all@5", "fact@all", "unanswerable refused")
    missed = any(record.measures.get(measure, 1.0) < 1 for measure in must)
    return missed or record.measures.get("answerable refused", 0.0) > 0


def _part(question: Question, record: Record, assistant: Studied) -> str:
    answer = assistant.ask(question.question, history=question.history)
    gold = "".join(
        f"<p>wanted: {escape(' or '.join(f'{g.doc} p. {g.page} {g.quote}' for g in group))}</p>"
        for group in question.evidence
    )
    failed = ", ".join(f"{k} {v:.2f}" for k, v in sorted(record.measures.items()))
    return (
        f"<h2>{escape(f'{question.id} ({question.type}): {question.question}')}</h2>"
        f"<p>read as: {escape(_reading(answer.reading))}</p>{gold}{_answer(answer)}"
        f"{_ranking(question, answer, assistant)}<p><small>{escape(failed)}</small></p>"
    )


def _reading(reading: Reading) -> str:
    parts = (
        reading.standalone,
        *reading.companies,
        *(f"unknown {name}" for name in reading.unknown),
        *map(str, reading.periods),
        *reading.doc_types,
        *reading.metrics,
        *reading.statements,
        reading.intent,
    )
    return " · ".join(parts)


def _answer(answer: Answer) -> str:
    quotes = answer.citations or answer.nearest
    lines = (f"{stem(c.document.source)} p. {c.page}: {c.quote}" for c in quotes)
    return f"<p>{escape(answer.lead)}</p>" + "".join(f"<p>– {escape(line)}</p>" for line in lines)


def _ranking(question: Question, answer: Answer, assistant: Studied) -> str:
    """Return the first pages and the gold ones, with what each group of features gave them."""
    found = assistant.page_features(answer.standalone)
    if not found.places:
        return "<p>no page was found</p>"
    given = found.features * found.weights
    order = np.argsort(-found.alike.settled(given.sum(axis=1)), kind="stable")
    gold = {(g.doc, g.page) for group in question.evidence for g in group}
    rows = []
    for position, place in enumerate(order.tolist(), start=1):
        page = (stem(found.places[place][0]), found.places[place][1])
        if position <= SHOWN or page in gold:
            rows.append(_row(position, page, list(_shares(given[place])), page in gold))
    head = "".join(f"<th>{escape(name)}</th>" for name in ("rank", "page", "score", *GROUPS))
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _shares(given: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Iterator[float]:
    yield float(given.sum())
    for names in GROUPS.values():
        yield float(given[np.isin(NAMES, names)].sum())


def _row(position: int, page: Place, shares: Sequence[float], gold: bool) -> str:
    cells = (str(position), f"{page[0]} p. {page[1]}", *(f"{share:.1f}" for share in shares))
    mark = ' class="gold"' if gold else ""
    return f"<tr{mark}>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
