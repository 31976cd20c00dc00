"""Whether both sides of a comparison are quoted, each under its own company or period.

``python -m askretail_eval.comparisons FOLDER LIBRARY [--results FILE]`` asks the questions of type
"comparison" of the named sets in FOLDER of LIBRARY, and the shipped ones of the sample.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from askretail.catalogue import Catalogue, make_catalogue
from askretail.companies import find_companies
from askretail.nouns import Answer, Citation
from askretail_eval import report
from askretail_eval.answers import words_of
from askretail_eval.chunk import stem
from askretail_eval.command import commit
from askretail_eval.fitting import parser
from askretail_eval.interval import RESAMPLES, SEED, bootstrap
from askretail_eval.match import holds_fact
from askretail_eval.questions import Question
from askretail_eval.systems import asked
from askretail_eval.table import Table

TITLE = "Comparisons"
PARAGRAPH = 400  # characters before a quote that may name whom it is about
SETS = ("retail-strategy", "retail-strategy-train", "sample")
MEASURES = (
    "both sides quoted, each under its own",
    "and each from a gold page",
    "and they hold the gold fact",
)


def judged(question: Question, answer: Answer, catalogue: Catalogue) -> tuple[bool, bool, bool]:
    """Return whether the sides are quoted, quoted from gold pages, and say what is asked.

    Every measure also asks for those before it.
    """
    quoted = sides_quoted(answer, catalogue)
    paged = quoted and covered(question, answer)
    held = holds_fact(map(words_of, answer.citations), question.must_contain)
    return quoted, paged, paged and held


def sides_quoted(answer: Answer, catalogue: Catalogue) -> bool:
    """Return whether two sides or more stand side by side, and each has quotes of its own."""
    return len(answer.points) > 1 and all(
        point.group
        and point.citations
        and all(own(point.group, c, catalogue) for c in point.citations)
        for point in answer.points
    )


def own(group: str, citation: Citation, catalogue: Catalogue) -> bool:
    """Return whether a quote is about the company or the period that it stands under.

    Its document is about it alone; or the quote, what stands above it or its paragraph names it.
    """
    document = citation.document
    said = "\n".join(
        (*citation.section, document.text[max(citation.start - PARAGRAPH, 0) : citation.start])
    )
    said = f"{said}\n{words_of(citation)}"
    year = group.rpartition("FY")[2]
    if year.isdigit():
        period = document.period
        return year in said or (period is not None and str(period.year) == year)
    named = {company.company for company in find_companies(said, catalogue)}
    return document.companies == (group,) or group in named


def covered(question: Question, answer: Answer) -> bool:
    """Return whether every group of the evidence has a gold page among those quoted."""
    cited = {(stem(c.document.source), c.page) for c in answer.citations}
    return all(any((gold.doc, gold.page) in cited for gold in group) for group in question.evidence)


def comparisons(
    name: str, folder: Path, library: Path
) -> Iterator[tuple[Question, Answer, Catalogue]]:
    """Yield the comparisons of a set with their answers and the companies of their library."""
    catalogue: Catalogue | None = None
    for assistant, question in asked(name, folder, library):
        if question.type == "comparison":
            catalogue = catalogue or make_catalogue(enumerate(assistant.documents))
            yield question, assistant.ask(question.question, question.history), catalogue


def table(found: Sequence[tuple[str, Sequence[tuple[bool, bool, bool]]]]) -> Table:
    """Return a row a measure, a column a set."""
    rows = [
        (measure, *(_share([one[place] for one in judgements]) for _, judgements in found))
        for place, measure in enumerate(MEASURES)
    ]
    return Table("Sides", ("measure", *(name for name, _ in found)), tuple(rows))


def _share(values: Sequence[bool]) -> str:
    figure = bootstrap([float(value) for value in values])
    return f"{figure} ({sum(values)} of {len(values)})"


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table with what failed, and renew the section of a results file."""
    given = parser().parse_args(arguments)
    found, failed = [], []
    for name in SETS:
        judgements = []
        for question, answer, catalogue in comparisons(name, given.folder, given.library):
            judgements.append(judged(question, answer, catalogue))
            lacks = [m for m, held in zip(MEASURES, judgements[-1], strict=True) if not held]
            failed += [f"{question.id}: not {lacks[0]}: {question.question}\n"] if lacks else []
        found.append((name, judgements))
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(given.results)}"),
        ("own", "the document is about it alone, or the quote or its paragraph names it"),
        ("command", "python -m askretail_eval.comparisons FOLDER LIBRARY"),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
    ]
    report.publish(given.results, TITLE, facts, [table(found)])
    sys.stdout.writelines(failed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
