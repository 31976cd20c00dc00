"""Fits the weights of the ranking of pages; see fitting.py for the command."""

import sys

import numpy as np

from askretail.features import NAMES
from askretail.studied import PageFeatures, Studied
from askretail_eval.chunk import stem
from askretail_eval.fitting import Fit, company_of, run
from askretail_eval.listwise import Case
from askretail_eval.questions import Question


def make_case(assistant: Studied, question: Question) -> Case | None:
    """Return the features and gold flags of a question's candidate pages."""
    return (
        case_of(question, assistant.page_features(question.full)) if question.answerable else None
    )


def case_of(question: Question, found: PageFeatures) -> Case:
    """Return the features and gold flags of candidate pages."""
    pages = [(stem(source), page) for source, page in found.places]
    gold = tuple(
        np.array([float(any(p == (g.doc, g.page) for g in group)) for p in pages])
        for group in question.evidence
    )
    return Case(question.id, company_of(question), found.features, gold, found.alike.settled)


RANKING = Fit(
    title="Weights of the ranking of pages",
    file="ranking.toml",
    names=NAMES,
    sets=("retail-strategy-train", "financebench", "tenk", "sample"),
    ridge=0.02,  # a question's share, on standardised weights; best of .01-.05, companies left out
    case=make_case,
)

if __name__ == "__main__":
    sys.exit(run(RANKING, sys.argv[1:]))
