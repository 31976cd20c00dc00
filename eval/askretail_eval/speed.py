"""How long an answer takes: ``python -m askretail_eval.speed DIR LIBRARY [SET] [--results FILE]``.

Every question of the set is asked twice of the library, in one thread; the second time counts.
The stages are those of ``Answer.timings``; the question's own vector is part of retrieval.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askretail_eval import report
from askretail_eval.table import Table

TITLE = "Speed"
SHARES = (50, 95, 100)


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, and renew its section of a results file when one is named."""
    parser = argparse.ArgumentParser(description="Measure how long answers take.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the named set lies")
    parser.add_argument("library", type=Path, metavar="LIBRARY", help="whom to ask")
    parser.add_argument("set", nargs="?", default="retail-strategy", metavar="SET")
    parser.add_argument("--results", type=Path, metavar="FILE", help="renew a section of FILE")
    given = parser.parse_args(arguments)
    os.environ["OMP_NUM_THREADS"] = "1"  # read when torch and FAISS are loaded, which is below
    table = measure(given.set, given.folder, given.library)
    sys.stdout.write(report.plain(table))
    if given.results is not None:
        facts = [("asked", f"{given.set}, each question twice, the second time measured")]
        facts.append(("threads", "1"))
        report.write_section(given.results, TITLE, report.section(TITLE, facts, [table]))
    return 0


def measure(name: str, folder: Path, library: Path) -> Table:
    """Return the milliseconds of each stage, and of all: the median, the 95th and the worst."""
    from askretail import Assistant
    from askretail_eval.named_sets import load_named

    took: dict[str, list[float]] = {}
    with Assistant.open(library) as assistant:
        for question in load_named(name, folder):
            assistant.ask(question.full)
            timings = dict(assistant.ask(question.full).timings)
            for stage, seconds in (*timings.items(), ("all", sum(timings.values()))):
                took.setdefault(stage, []).append(1000 * seconds)
    rows = [
        (stage, str(len(found)), *(f"{np.percentile(found, share):.0f}" for share in SHARES))
        for stage, found in took.items()
    ]
    return Table("Milliseconds", ("stage", "n", "median", "95 %", "worst"), tuple(rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
