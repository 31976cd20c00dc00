"""Fits the decision between an answer and "the documents do not say".

``python -m askretail_eval.fit_silence DIR LIBRARY [--results FILE]`` writes data/silence.toml to
stdout: a logistic regression on the shipped questions, retail-strategy-train and questions off the
topic, each class weighing the same. What counts are the figures on parts left out of the fit.
"""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from askretail.evidence import NAMES
from askretail.features import Matrix
from askretail_eval import report
from askretail_eval.fitting import parser
from askretail_eval.interval import bootstrap
from askretail_eval.systems import asked, open_library, open_sample
from askretail_eval.table import Table

TITLE = "Weights of the decision to stay silent"
RIDGE = 0.05  # on standardised weights; best of .005-.5 when parts are left out
PARTS = 10
OFF = "off-topic: "
MOST_WRONG = 0.04  # share of answerable questions that may be refused, when left out


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's evidence; ``reach`` is False where rules alone refuse it."""

    id: str
    answerable: bool
    reach: bool
    evidence: Matrix


def main(arguments: Sequence[str]) -> int:
    """Fit, and report what would be refused among questions left out of the fit."""
    given = parser().parse_args(arguments)
    every = list(collect(given.folder, given.library))
    inside = [one for one in every if one.reach]
    left_out = leave_out(inside)
    limit = float(np.quantile([p for one, p in left_out if one.answerable], MOST_WRONG))
    refused = {one.id for one in every if not one.reach} | {o.id for o, p in left_out if p < limit}
    table = Table(
        f"Refused, each tenth by weights fitted on the others, threshold {limit:.2f}",
        ("questions", "n", "refused"),
        tuple((kind, str(len(of)), _share(of, refused)) for kind, of in kinds(every).items()),
    )
    sys.stderr.write(report.plain(table))
    if given.results is not None:
        facts = [("data file", "silence.toml"), ("evidence", ", ".join(NAMES))]
        report.write_section(given.results, TITLE, report.section(TITLE, facts, [table]))
    weights, intercept = fit(inside)
    sys.stdout.write("[weights]\n")
    sys.stdout.writelines(f"{n} = {w:.3f}\n" for n, w in zip(NAMES, weights, strict=True))
    sys.stdout.write(f"\n[decision]\nintercept = {intercept:.3f}\nthreshold = {limit:.3f}\n")
    return 0


def _share(ids: Sequence[str], refused: Collection[str]) -> str:
    return str(bootstrap([float(one in refused) for one in ids]))


def collect(folder: Path, library: Path) -> Iterator[Asked]:
    """Yield the questions with their evidence, those off the topic asked of both libraries."""
    for name in ("sample", "retail-strategy-train"):
        for assistant, question in asked(name, folder, library):
            away, evidence = assistant.evidence(question.full)
            yield Asked(question.id, question.answerable, not away, evidence)
    for assistant in (open_sample(), open_library(library)):
        with assistant:
            for text in off_topic():
                away, evidence = assistant.evidence(text)
                yield Asked(f"{OFF}{text}", False, not away, evidence)


def off_topic() -> list[str]:
    """Return questions that no document about retail answers."""
    file = resources.files("askretail_eval") / "data" / "off-topic.txt"
    return file.read_text(encoding="utf-8").splitlines()


def kinds(cases: Sequence[Asked]) -> dict[str, list[str]]:
    """Return the ids of the questions of each kind."""
    off = [one.id for one in cases if one.id.startswith(OFF)]
    return {
        "answerable": [one.id for one in cases if one.answerable],
        "unanswerable": [o.id for o in cases if not o.answerable and not o.id.startswith(OFF)],
        "off the topic": off,
    }


def leave_out(cases: Sequence[Asked]) -> list[tuple[Asked, float]]:
    """Return each question with its probability by a fit on the other parts."""
    found = []
    for part in range(PARTS):
        weights, intercept = fit([one for i, one in enumerate(cases) if i % PARTS != part])
        for one in cases[part::PARTS]:
            score = intercept + float(one.evidence @ weights)
            found.append((one, float(1 / (1 + np.exp(-score)))))
    return found


def fit(cases: Sequence[Asked]) -> tuple[Matrix, float]:
    """Return the weights in the order of NAMES and the intercept."""
    x = np.stack([one.evidence for one in cases])
    y = np.array([float(one.answerable) for one in cases])
    mean, spread = x.mean(axis=0), np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    share = np.where(y == 1, 0.5 / y.sum(), 0.5 / (1 - y).sum())

    def loss(w: Matrix) -> tuple[float, Matrix]:
        score = z @ w
        log = np.logaddexp(0, -score) * y + np.logaddexp(0, score) * (1 - y)
        slope = (1 / (1 + np.exp(-score)) - y) * share
        kept = np.append(w[:-1], 0.0)
        return float(share @ log + RIDGE * kept @ kept / 2), z.T @ slope + RIDGE * kept

    # What is missing may not come to speak for an answer on so few refusals.
    bounds = [(0, None)] + [(None, 0)] * (len(NAMES) - 1) + [(None, None)]
    found = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[:-1] / spread
    return weights, float(found[-1] - mean @ weights)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
