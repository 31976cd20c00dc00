"""Fits the weights of the ranking of pages; see fitting.py for the command."""

import sys

import numpy as np

from askretail.assistant import Assistant
from askretail.features import NAMES
from askretail_eval.chunk import stem
from askretail_eval.fitting import Fit, company_of, run
from askretail_eval.listwise import Case
from askretail_eval.questions import Question


def make_case(assistant: Assistant, question: Question) -> Case | None:
    """Return the features and gold flags of a question's candidate pages."""
    if not question.answerable:
        return None
    places, features, alike = assistant.page_features(question.full)
    pages = [(stem(source), page) for source, page in places]
    gold = tuple(
        np.array([float(any(p == (g.doc, g.page) for g in group)) for p in pages])
        for group in question.evidence
    )
    return Case(question.id, company_of(question), features, gold, alike.settled)


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
