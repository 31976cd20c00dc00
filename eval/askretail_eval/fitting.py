"""The command of every fit: ask the sets, fit, report what counts, print the new data file.

``python -m askretail_eval.fit_… DIR LIBRARY [SET…] [--results FILE]``. The set ``sample`` is the
shipped one, asked of the sample library; the others lie in DIR and are asked of LIBRARY.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from askretail.features import Matrix
from askretail.rank import read_weights
from askretail.studied import Studied
from askretail_eval import report
from askretail_eval.interval import bootstrap
from askretail_eval.listwise import DEPTHS, Case, fit, rank
from askretail_eval.questions import Question
from askretail_eval.systems import asked
from askretail_eval.table import Table

LEFT_OUT, FITTED = "companies left out", "fitted on them"


@dataclass(frozen=True, slots=True)
class Fit:
    """What is fitted: the weights of ``names`` in ``file``, on the cases of ``sets``."""

    title: str
    file: str
    names: Sequence[str]
    sets: Sequence[str]
    ridge: float
    case: Callable[[Studied, Question], Case | None]


def run(wanted: Fit, arguments: Sequence[str]) -> int:
    """Fit; print the figures to stderr and the tables of the data file to stdout."""
    commands = parser()
    commands.add_argument(
        "sets", nargs="*", metavar="SET", help=f"default: {' '.join(wanted.sets)}"
    )
    given = commands.parse_args(arguments)
    sets = {
        name: [c for a, q in asked(name, given.folder, given.library) if (c := wanted.case(a, q))]
        for name in given.sets or wanted.sets
    }
    prior = read_weights(wanted.file, wanted.names, table="prior")
    every = [case for cases in sets.values() for case in cases]
    fitted = fit(every, prior, wanted.ridge)
    table = figures(sets, fitted, prior, wanted.ridge)
    sys.stderr.write(report.plain(table))
    if given.results is not None:
        facts = [("data file", wanted.file), ("features", str(len(wanted.names)))]
        section = report.section(wanted.title, facts, [table])
        report.write_section(given.results, wanted.title, section)
    sys.stdout.write(data_file(wanted.names, prior, fitted))
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command of any fit takes."""
    parser = argparse.ArgumentParser(description="Fit weights; the new data file goes to stdout.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the named sets lie")
    parser.add_argument("library", type=Path, metavar="LIBRARY", help="whom to ask them")
    parser.add_argument("--results", type=Path, metavar="FILE", help="renew a section of FILE")
    return parser


def figures(
    sets: Mapping[str, Sequence[Case]], fitted: Matrix, prior: Matrix, ridge: float
) -> Table:
    """Return the share of questions with all their evidence among the first k, by set.

    Once with each company's questions scored by weights fitted on the others', which is the
    figure that counts, and once by the weights that are kept.
    """
    every = [case for cases in sets.values() for case in cases]
    others = {
        company: fit([case for case in every if case.company != company], prior, ridge)
        for company in sorted({case.company for case in every})
    }
    rows = []
    for name, cases in sets.items():
        left_out = [rank(case, others[case.company]) for case in cases]
        rows.append((name, LEFT_OUT, str(len(cases)), *_shares(left_out)))
        kept = [rank(case, fitted) for case in cases]
        rows.append((name, FITTED, str(len(cases)), *_shares(kept)))
    head = ("set", "weights", "n", *(f"all@{k}" for k in DEPTHS))
    return Table("All of the evidence among the first k", head, tuple(rows))


def _shares(ranks: Sequence[int]) -> list[str]:
    return [str(bootstrap([float(rank <= k) for rank in ranks])) for k in DEPTHS]


def data_file(names: Sequence[str], prior: Matrix, fitted: Matrix) -> str:
    """Return the tables of a data file: the priors that are not 0, then every weight."""
    both = list(zip(names, prior.tolist(), fitted.tolist(), strict=True))
    before = "".join(f"{name} = {p:.3f}\n" for name, p, _ in both if p)
    return f"[prior]\n{before}[weights]\n" + "".join(f"{n} = {w:.3f}\n" for n, _, w in both)


def company_of(question: Question) -> str:
    """Return the company that a question is about, as the gold document's name begins."""
    return question.evidence[0][0].doc.replace("-", "_").split("_")[0].lower()
