"""What the ranking of pages owes to each group of its features."""

from collections.abc import Iterable, Sequence

import numpy as np

from askretail.features import FIGURE, NAMES, Matrix
from askretail.studied import Studied
from askretail_eval.fit_ranking import case_of
from askretail_eval.interval import bootstrap, paired_p, short_p
from askretail_eval.listwise import Case, rank
from askretail_eval.questions import Question
from askretail_eval.table import Table

DEPTHS = (1, 5, 10)
_GROUPS = {
    "meaning of passages": ("cosine", "cosine_raw", "cosine_second", "reciprocal_cosine"),
    "meaning of sentences": ("sentence", "sentence_raw", "reciprocal_sentence"),
    "clauses of the question": ("clauses", "clauses_raw"),
    "meaning of words": (
        *("near", "near_raw", "near_two", "near_two_raw", "near_page", "near_page_raw"),
    ),
    "words of pages": ("bm25_page", "bm25_plain", "reciprocal_page"),
    "words of passages": ("bm25_passage", "reciprocal_passage"),
    "words of the thesaurus": ("bm25_wide", "bm25_wide_passage"),
    "period": (
        *("year_same", "year_next", "year_after", "year_undated", "year_on_page"),
        *("quarter", "annual", "age"),
    ),
    "kind of document": ("doc_type", "authority", "many_companies"),
    "part of the document": (
        *("statement_head", "phrase_head", "risk_overview", "exhibit", "position", "short"),
    ),
    "digits": ("digits",),
}
GROUPS = {group: (*names, *(name + FIGURE for name in names)) for group, names in _GROUPS.items()}


def ablated(questions: Iterable[Question], assistant: Studied) -> Table:
    """Return the share of questions with all evidence in the first k pages, a group left out.

    The weights of the others stay as they are, and so do the candidate pages: companies and
    periods have narrowed them before. p compares with the whole at the middle depth.
    """
    found = [(q, assistant.page_features(q.full)) for q in questions if q.answerable]
    cases = [(case_of(question, pages), pages.weights) for question, pages in found]
    whole = _ranks(cases)
    rows = [("nothing", *_shares(whole), "")]
    for group, names in GROUPS.items():
        ranks = _ranks(cases, left_out=names)
        rows.append((group, *_shares(ranks), _p(whole, ranks)))
    head = ("left out", "n", *(f"all@{k}" for k in DEPTHS), f"p, all@{DEPTHS[1]}")
    return Table("Pages without a group of features", head, tuple(rows))


def _ranks(cases: Sequence[tuple[Case, Matrix]], left_out: Sequence[str] = ()) -> list[int]:
    kept = ~np.isin(NAMES, left_out)
    return [rank(case, weights * kept) for case, weights in cases]


def _shares(ranks: Sequence[int]) -> tuple[str, ...]:
    shares = (str(bootstrap([float(rank <= k) for rank in ranks])) for k in DEPTHS)
    return (str(len(ranks)), *shares)


def _p(one: Sequence[int], other: Sequence[int]) -> str:
    k = DEPTHS[1]
    return short_p(paired_p([float(r <= k) for r in one], [float(r <= k) for r in other]))
