"""Fits the weights of the ranking of pages.

``python -m askretail_eval.fit_ranking DIR LIBRARY [SET…]`` writes data/ranking.toml to stdout.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askretail.assistant import Assistant
from askretail.features import NAMES
from askretail.rank import weights
from askretail_eval.chunk import stem
from askretail_eval.listwise import Case, report
from askretail_eval.named_sets import load_named
from askretail_eval.questions import Question

RIDGE = 0.02  # per question, on standardised weights; best of .005-.1 when companies are left out


def main(arguments: Sequence[str]) -> int:
    """Fit on the named sets of a folder."""
    folder, library = Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else None
    names = arguments[2:] or ("retail-strategy-train",)
    with Assistant.open(library) as assistant:
        cases = [
            make_case(assistant, question)
            for name in names
            for question in load_named(name, folder)
            if question.answerable
        ]
    report(cases, NAMES, weights(), RIDGE)
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
    return question.evidence[0][0].doc.split("_")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
