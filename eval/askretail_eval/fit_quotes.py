"""Fits the weights of the choice of quotes.

``python -m askretail_eval.fit_quotes DIR LIBRARY [SET…]`` writes data/quotes.toml to stdout; the
set ``sample`` is the shipped one, asked of the sample library.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askretail.assistant import Assistant
from askretail.features import Matrix
from askretail.quote_features import NAMES, Candidate
from askretail_eval.chunk import stem
from askretail_eval.fit_ranking import company_of
from askretail_eval.listwise import Case, report
from askretail_eval.match import fold
from askretail_eval.questions import Gold, Question
from askretail_eval.systems import asked

SETS = ("retail-strategy-train", "sample")
RIDGE = 0.02  # per question, on standardised weights; best of .005-.1 when companies are left out
SHARE = 0.5  # of the words of the span or of the gold quote that the other must hold


def main(arguments: Sequence[str]) -> int:
    """Fit on the named sets of a folder."""
    folder, library = Path(arguments[0]), Path(arguments[1])
    cases = {
        name: [make_case(a, q) for a, q in asked(name, folder, library) if has_quotes(q)]
        for name in arguments[2:] or SETS
    }
    report(cases, NAMES, "quotes.toml", RIDGE)
    return 0


def has_quotes(question: Question) -> bool:
    """Say whether a question is answered by quotes, all of which are known."""
    return question.answerable and all(g.quote for group in question.evidence for g in group)


def make_case(assistant: Assistant, question: Question) -> Case:
    """Return the features and gold flags of what may be quoted for a question."""
    candidates, features = assistant.quote_features(question.full)
    return Case(question.id, company_of(question), features, gold_flags(question, candidates))


def gold_flags(question: Question, candidates: Sequence[Candidate]) -> tuple[Matrix, ...]:
    """Return, for each group of the evidence, 1 for the candidates that are of it, else 0."""
    return tuple(
        np.array([float(any(is_gold(c, g) for g in group)) for c in candidates])
        for group in question.evidence
    )


def is_gold(candidate: Candidate, gold: Gold) -> bool:
    """Say whether a candidate is the gold quote or a good part of it, on its page."""
    if stem(candidate.hit.document.source) != gold.doc or candidate.hit.page != gold.page:
        return False
    own, wanted = set(fold(candidate.text)), set(fold(gold.quote))
    shared = len(own & wanted)
    return shared > SHARE * len(own) and shared > min(SHARE * len(wanted), 5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
