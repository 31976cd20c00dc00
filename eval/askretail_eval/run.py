"""Puts questions to a system and notes how well it did, question by question."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from askretail.nouns import Answer, Hit
from askretail_eval.answers import judge
from askretail_eval.baseline import Search
from askretail_eval.chunk import stem
from askretail_eval.questions import Question
from askretail_eval.ranking import Found, Measures, measure, pages_of
from askretail_eval.record import Record
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document

HITS = 60  # asked of every system: enough for twenty pages when three hits share one
KEPT_PAGES = 20  # of a ranking, in the record
OURS = "askretail"
ALONE = "askretail, without history"
IN_FULL = "askretail, in full words"


class System(Protocol):
    """The part of an assistant that is measured."""

    @property
    def documents(self) -> tuple[Document, ...]: ...
    def search(
        self, question: str, k: int = 10, history: Sequence[str] = ()
    ) -> tuple[Hit, ...]: ...
    def ask(self, question: str, history: Sequence[str] = ()) -> Answer: ...


def ours(
    questions: Iterable[Question],
    system: System,
    *,
    progress: Callable[[str], None] = lambda question_id: None,
) -> list[Record]:
    """Return what the system found and answered, follow-ups asked with their history."""
    records = []
    for question in questions:
        hits = found(system.search(question.question, k=HITS, history=question.history))
        answer = system.ask(question.question, history=question.history)
        records.append(
            Record(
                id=question.id,
                type=question.type,
                system=OURS,
                question=question.question,
                measures={**_retrieval(question, hits), **judge(question, answer)},
                pages=shown_pages(hits),
                status=answer.status,
                citations=tuple(
                    f"{stem(c.document.source)} p. {c.page}: {c.quote}" for c in answer.citations
                ),
                standalone=answer.standalone,
            )
        )
        progress(question.id)
    return records


def ours_by_form(questions: Iterable[Question], system: System) -> list[Record]:
    """Return the rankings for follow-ups asked without history, and asked in full words.

    The two bound what reading the history can do: nothing, and all that a person would.
    """
    follow_ups = [question for question in questions if question.history]
    return [
        ranked(question, name, found(system.search(text, k=HITS)))
        for question in follow_ups
        for name, text in ((ALONE, question.question), (IN_FULL, question.full))
    ]


def theirs(questions: Iterable[Question], name: str, search: Search) -> list[Record]:
    """Return what a plain search found; it is asked in full words, as it knows no history."""
    return [ranked(question, name, search(question.full, HITS)) for question in questions]


def ranked(question: Question, system: str, hits: Sequence[Found]) -> Record:
    """Return the record of a ranking without an answer."""
    return Record(
        id=question.id,
        type=question.type,
        system=system,
        question=question.question,
        measures=_retrieval(question, hits),
        pages=shown_pages(hits),
    )


def _retrieval(question: Question, hits: Sequence[Found]) -> Measures:
    return measure(question, hits) if question.answerable else {}


def found(hits: Iterable[Hit]) -> list[Found]:
    """Return the hits of an assistant in the form that is measured."""
    return [Found(stem(hit.document.source), hit.page, hit.text) for hit in hits]


def shown_pages(hits: Sequence[Found]) -> tuple[str, ...]:
    """Return the first pages of a ranking, for people."""
    return tuple(f"{doc} p. {page}" for doc, page in pages_of(hits)[:KEPT_PAGES])


def check_documents(questions: Iterable[Question], documents: Iterable[Document]) -> None:
    """Raise BadSetting unless the library holds a document of every group of the gold."""
    groups = {frozenset(gold.doc for gold in group) for q in questions for group in q.evidence}
    held = {stem(document.source) for document in documents}
    missing = sorted(min(group) for group in groups if group.isdisjoint(held))
    named = frozenset[str]().union(*groups)
    if missing:
        some = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        raise BadSetting(
            f"the library lacks {len(missing)} of the {len(named)} documents that the questions "
            f"rest on ({some}): run `askretail ingest` on their folder, or name another library "
            "with --library"
        )
