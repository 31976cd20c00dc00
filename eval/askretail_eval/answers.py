"""How good an answer is: does it hold the fact, from the right page, word for word, or refuse.

A refusal is the status ``not_found``. A part of an answer that is missing is no refusal.
"""

from collections.abc import Sequence

from askretail.nouns import Answer, Citation
from askretail_eval import needed
from askretail_eval.chunk import stem
from askretail_eval.match import holds_fact
from askretail_eval.questions import Question
from askretail_eval.ranking import Measures

FIRST = (1, 3)  # how many citations a reader looks at before the judgement


def judge(question: Question, answer: Answer) -> Measures:
    """Return the measures of one answer; which ones depends on what the question's gold says."""
    cited = answer.citations
    refused = float(answer.status == "not_found")
    measures: Measures = {"citations": float(len(cited))}
    if cited:
        measures["exact quotes"] = sum(map(is_exact, cited)) / len(cited)
    if refused:
        measures["refusals right"] = float(not question.answerable)
    if not question.answerable:
        return {**measures, "unanswerable refused": refused}
    return {
        **measures,
        "answerable refused": refused,
        **facts(question, cited),
        **places(question, cited),
        **_needed(question, answer),
    }


def facts(question: Question, cited: Sequence[Citation]) -> Measures:
    """Return whether the first citations together, with their context, hold every fact."""
    if not question.must_contain:
        return {}
    held = {f"fact@{k}": holds_fact(map(words_of, cited[:k]), question.must_contain) for k in FIRST}
    held["fact@all"] = holds_fact(map(words_of, cited), question.must_contain)
    return {name: float(value) for name, value in held.items()}


def _needed(question: Question, answer: Answer) -> Measures:
    """Return whether the first citations hold what the answer rests on, if no quotes are gold."""
    quoted = any(gold.quote for group in question.evidence for gold in group)
    if quoted or question.must_contain or not question.answer:
        return {}
    return {f"needed@{needed.FIRST}": float(needed.holds_needed(question, answer))}


def places(question: Question, cited: Sequence[Citation]) -> Measures:
    """Return how the pages of the citations agree with the gold pages.

    ``cited page@k``: one of the first k is on a gold page; ``cited all@3``: every group of the
    evidence has one among the first three; ``on gold pages``: the share of citations that are.
    """
    pages = [(stem(c.document.source), c.page) for c in cited]
    groups = [{(gold.doc, gold.page) for gold in group} for group in question.evidence]
    gold = set().union(*groups)
    measures = {f"cited page@{k}": float(not gold.isdisjoint(pages[:k])) for k in FIRST}
    measures["cited all@3"] = float(all(not group.isdisjoint(pages[:3]) for group in groups))
    if pages:
        measures["on gold pages"] = sum(page in gold for page in pages) / len(pages)
    return measures


def words_of(citation: Citation) -> str:
    """Return what a reader sees of a citation: the context above and around it, and the quote."""
    return "\n".join([*(span.text for span in citation.context), citation.quote])


def is_exact(citation: Citation) -> bool:
    """Say whether quote and context stand in the document, word for word, on the pages named."""
    spans = [(citation.quote, citation.page, citation.start, citation.end)]
    spans += [(span.text, span.page, span.start, span.end) for span in citation.context]
    return all(_stands(citation, *span) for span in spans)


def _stands(citation: Citation, text: str, page: int, start: int, end: int) -> bool:
    document = citation.document
    where = next((p for p in document.pages if p.number == page), None)
    on_page = where is not None and where.start <= start < end <= where.end
    return on_page and document.text[start:end] == text
