"""Fits the weights of the choice of quotes; see fitting.py for the command."""

import sys
from collections.abc import Sequence

import numpy as np

from askretail.features import Matrix
from askretail.quote_features import NAMES, Candidate
from askretail.studied import Studied
from askretail_eval.chunk import stem
from askretail_eval.fitting import Fit, company_of, run
from askretail_eval.listwise import Case
from askretail_eval.match import fold
from askretail_eval.questions import Gold, Question

SHARE = 0.5  # of the words of the span or of the gold quote that the other must hold


def make_case(assistant: Studied, question: Question) -> Case | None:
    """Return the features and gold flags of what may be quoted, if all gold quotes are known."""
    if not question.answerable or not all(g.quote for group in question.evidence for g in group):
        return None
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


QUOTES = Fit(
    title="Weights of the choice of quotes",
    file="quotes.toml",
    names=NAMES,
    sets=("retail-strategy-train", "sample"),
    ridge=0.04,  # a question's share, on standardised weights; best of .01-.04, companies left out
    case=make_case,
)

if __name__ == "__main__":
    sys.exit(run(QUOTES, sys.argv[1:]))
