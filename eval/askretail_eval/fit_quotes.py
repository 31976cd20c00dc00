"""Fits the weights of the choice of quotes.

``python -m askretail_eval.fit_quotes DIR LIBRARY [SET…]`` writes data/quotes.toml to stdout; the
set ``sample`` is the shipped one, asked of the sample library.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from askretail.assistant import Assistant
from askretail.features import Matrix
from askretail.quote_features import NAMES, Candidate
from askretail.rank import read_weights
from askretail_eval.chunk import stem
from askretail_eval.fit_ranking import company_of
from askretail_eval.listwise import Case, report
from askretail_eval.match import fold
from askretail_eval.named_sets import load_named
from askretail_eval.questions import Gold, Question, load_shipped
from askretail_eval.systems import open_library, open_sample

RIDGE = 0.02  # per question, on standardised weights; best of .005-.1 when companies are left out
SHARE = 0.5  # of the words of the span or of the gold quote that the other must hold


def main(arguments: Sequence[str]) -> int:
    """Fit on the named sets of a folder."""
    folder, library = Path(arguments[0]), Path(arguments[1])
    names = arguments[2:] or ("retail-strategy-train", "sample")
    cases = [case for name in names for case in cases_of(name, folder, library)]
    report(cases, NAMES, read_weights("quotes.toml", NAMES), RIDGE)
    return 0


def cases_of(name: str, folder: Path, library: Path) -> Iterator[Case]:
    """Yield the cases of a set whose gold has quotes."""
    shipped = name == "sample"
    questions = load_shipped() if shipped else load_named(name, folder)
    with open_sample() if shipped else open_library(library) as assistant:
        for question in questions:
            if question.answerable and all(g.quote for group in question.evidence for g in group):
                yield make_case(assistant, question)


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
