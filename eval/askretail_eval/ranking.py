"""How well a ranking finds the gold pages and the gold quotes of one question.

Measures of pages look at pages in order of first appearance; measures of quotes look at hits.
``hit@k`` is 1 when any gold place is in the top k, ``all@k`` when every group has one there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from askretail_eval.match import holds_quote
from askretail_eval.questions import Gold, Question

DEPTHS = (1, 3, 5, 10, 20)
NDCG_DEPTH = 10

T = TypeVar("T")
Page = tuple[str, int]  # document's stem, page
Measures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of any system: where it stands and what it says."""

    doc: str
    page: int
    text: str


def pages_of(hits: Sequence[Found]) -> list[Page]:
    """Return the pages of the hits in order of first appearance: the ranking of pages."""
    return list(dict.fromkeys((hit.doc, hit.page) for hit in hits))


def measure(question: Question, hits: Sequence[Found]) -> Measures:
    """Return every measure of retrieval for a question that has evidence."""
    pages = pages_of(hits)
    by_page = [first(pages, _is_page(group)) for group in question.evidence]
    return {
        **at_depths("page", by_page),
        **trec(gains(pages, question.evidence), missed=by_page.count(None)),
        **quote_measures(question, hits[: max(DEPTHS)]),
    }


def quote_measures(question: Question, hits: Sequence[Found]) -> Measures:
    """Return the measures of quotes: none unless every group of the evidence has quotes."""
    groups = [[gold for gold in group if gold.quote] for group in question.evidence]
    if not all(groups):
        return {}
    return at_depths("quote", [first(hits, _holds_one(group)) for group in groups])


def at_depths(level: str, ranks: Sequence[int | None]) -> Measures:
    """Return hit@k and all@k from the first rank of each group (None: not found).

    >>> at_depths("page", [2, None])["page hit@3"], at_depths("page", [2, None])["page all@3"]
    (1.0, 0.0)
    """
    measures: Measures = {}
    for k in DEPTHS:
        inside = [rank is not None and rank <= k for rank in ranks]
        measures[f"{level} hit@{k}"] = float(any(inside))
        measures[f"{level} all@{k}"] = float(all(inside))
    return measures


def first(items: Sequence[T], fits: Callable[[T], bool]) -> int | None:
    """Return the rank, from 1, of the first item that fits."""
    return next((rank for rank, item in enumerate(items, start=1) if fits(item)), None)


def gains(pages: Sequence[Page], evidence: Sequence[Sequence[Gold]]) -> list[int]:
    """Return how many groups each page is the first to cover.

    A second page that says the same thing again gains nothing, and costs nothing in the ideal.
    """
    open_groups = [{(gold.doc, gold.page) for gold in group} for group in evidence]
    gained = []
    for page in pages:
        left = [group for group in open_groups if page not in group]
        gained.append(len(open_groups) - len(left))
        open_groups = left
    return gained


def trec(gained: Sequence[int], missed: int) -> Measures:
    """Return trec_eval's reciprocal rank and nDCG of a ranking with these gains.

    A missed group counts in the ideal ranking as a page of its own.
    """
    if not any(gained):
        return {"page MRR": 0.0, f"page nDCG@{NDCG_DEPTH}": 0.0}
    from pytrec_eval import RelevanceEvaluator

    relevant = {f"r{rank}": gain for rank, gain in enumerate(gained) if gain}
    relevant |= {f"missed{number}": 1 for number in range(missed)}
    ranking = {f"r{rank}": float(-rank) for rank in range(len(gained))}
    judge = RelevanceEvaluator({"q": relevant}, {"recip_rank", f"ndcg_cut.{NDCG_DEPTH}"})
    values = judge.evaluate({"q": ranking})["q"]
    return {
        "page MRR": float(values["recip_rank"]),
        f"page nDCG@{NDCG_DEPTH}": float(values[f"ndcg_cut_{NDCG_DEPTH}"]),
    }


def _is_page(group: Sequence[Gold]) -> Callable[[Page], bool]:
    places = {(gold.doc, gold.page) for gold in group}
    return lambda page: page in places


def _holds_one(group: Sequence[Gold]) -> Callable[[Found], bool]:
    """Say of a hit whether it holds a quote of the group, in the document the gold names.

    The page is left open: the same words elsewhere in that document serve the reader as well.
    """
    wanted = {(gold.doc, gold.quote) for gold in group}
    return lambda hit: any(doc == hit.doc and holds_quote(hit.text, quote) for doc, quote in wanted)
