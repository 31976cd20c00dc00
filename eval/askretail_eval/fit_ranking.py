"""Fits the weights of the ranking of pages.

``python -m askretail_eval.fit_ranking DIR LIBRARY [SET…]`` writes data/ranking.toml to stdout; the
set ``sample`` is the shipped one, asked of the sample library.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askretail.assistant import Assistant
from askretail.features import NAMES
from askretail_eval.chunk import stem
from askretail_eval.listwise import Case, report
from askretail_eval.questions import Question
from askretail_eval.systems import asked

SETS = ("retail-strategy-train", "financebench", "tenk", "sample")
RIDGE = 0.05  # per question, on standardised weights; best of .01-.1 when companies are left out


def main(arguments: Sequence[str]) -> int:
    """Fit on the named sets of a folder."""
    folder, library = Path(arguments[0]), Path(arguments[1])
    cases = {
        name: [make_case(a, q) for a, q in asked(name, folder, library) if q.answerable]
        for name in arguments[2:] or SETS
    }
    report(cases, NAMES, "ranking.toml", RIDGE)
    return 0


def make_case(assistant: Assistant, question: Question) -> Case:
    """Return the features and gold flags of a question's candidate pages."""
    places, features = assistant.page_features(question.full)
    pages = [(stem(source), page) for source, page in places]
    gold = tuple(
        np.array([float(any(p == (g.doc, g.page) for g in group)) for p in pages])
        for group in question.evidence
    )
    return Case(question.id, company_of(question), features, gold)


def company_of(question: Question) -> str:
    """Return the company that a question is about, as the gold document's name begins."""
    return re.split("[_-]", question.evidence[0][0].doc)[0].lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
