"""How well each company's and each type of document's questions fare."""

from collections.abc import Callable, Iterable, Sequence

from askretail_eval.chunk import stem
from askretail_eval.interval import short
from askretail_eval.questions import Question
from askretail_eval.record import Record, values
from askretail_eval.run import OURS
from askretail_eval.table import Table
from askretail_ingest.nouns import Document

MEASURES = ("page all@1", "page all@5", "page all@10", "fact@3", "answerable refused")
LEAST = 3  # questions in a group
SEVERAL = "several"
NONE = "none named"


def breakdowns(
    questions: Iterable[Question], records: Sequence[Record], documents: Iterable[Document]
) -> list[Table]:
    """Return our main measures by company and by type of document, as the gold documents say.

    A question whose evidence is in documents of two companies counts as one on several.
    """
    known = {stem(document.source): document for document in documents}
    gold = {
        q.id: [known[g.doc] for group in q.evidence for g in group[:1] if g.doc in known]
        for q in questions
    }
    mine = [record for record in records if record.system == OURS and gold.get(record.id)]
    made = [
        _table("By company", "company", mine, lambda r: _one(map(_company, gold[r.id]))),
        _table("By type of document", "type", mine, lambda r: _one(d.doc_type for d in gold[r.id])),
    ]
    return [table for table in made if len(table.rows) > 1]


def _table(
    title: str, what: str, records: Sequence[Record], group_of: Callable[[Record], str]
) -> Table:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(group_of(record), []).append(record)
    # a group of fewer is left out: its share would say nothing
    kept = sorted((name for name in groups if len(groups[name]) >= LEAST), key=str.lower)
    rows = [
        (name, str(len(groups[name])), *(_mean(groups[name], measure) for measure in MEASURES))
        for name in kept
    ]
    return Table(
        f"{title}, where {LEAST} questions or more are", (what, "n", *MEASURES), tuple(rows)
    )


def _mean(group: Sequence[Record], measure: str) -> str:
    given = values(group, measure)
    return short(sum(given) / len(given)) if given else ""


def _one(names: Iterable[str]) -> str:
    """Return the name that all share, else that they are several."""
    distinct = set(names)
    return distinct.pop() if len(distinct) == 1 else SEVERAL


def _company(document: Document) -> str:
    named = document.companies
    return SEVERAL if len(named) > 1 else next(iter(named), NONE)
