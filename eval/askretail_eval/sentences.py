"""Which vector of a sentence finds it best, on the shipped questions.

``python -m askretail_eval.sentences [--results FILE]``. Three vectors of the same sentences and
rows are compared: pooled out of the reading of the whole passage (what a library holds), of the
sentence read by itself, and of the sentence read after the context line of its passage.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askretail.quote_features import NAMES, Candidate
from askretail_eval import report
from askretail_eval.cache import CachedEmbedder, default_path
from askretail_eval.fit_quotes import gold_flags
from askretail_eval.interval import bootstrap
from askretail_eval.listwise import NEVER, first_complete
from askretail_eval.questions import load_shipped
from askretail_eval.systems import open_sample
from askretail_eval.table import Table
from askretail_index.embed import load_embedder

DEPTHS = (1, 3, 5, 10)
POOLED, ALONE, HEADED = "pooled out of its passage", "read alone", "read after its context line"


def measure() -> Table:
    """Return the share of questions whose gold sentences are all among the first k, by vector."""
    embedder = CachedEmbedder(load_embedder(), default_path())
    ranks: dict[str, list[int]] = {POOLED: [], ALONE: [], HEADED: []}
    with open_sample() as assistant:
        for question in load_shipped():
            if not question.answerable:
                continue
            candidates, features = assistant.quote_features(question.full)
            gold = gold_flags(question, candidates)
            query = embedder.embed_query(question.full)
            cosines = {
                POOLED: features[:, NAMES.index("cosine_full")],
                ALONE: embedder.embed_passages([c.text for c in candidates]) @ query,
                HEADED: embedder.embed_passages([_headed(c) for c in candidates]) @ query,
            }
            for name, scores in cosines.items():
                ranks[name].append(first_complete(np.argsort(-scores, kind="stable"), gold))
    rows = [
        (name, str(len(found)), *(str(bootstrap([float(r <= k) for r in found])) for k in DEPTHS))
        for name, found in ranks.items()
    ]
    within = [float(rank < NEVER) for rank in ranks[POOLED]]
    rows.append(("looked at", str(len(within)), *[str(bootstrap(within))] * len(DEPTHS)))
    head = ("vector", "n", *(f"@{k}" for k in DEPTHS))
    return Table("All gold sentences among the first k", head, tuple(rows))


def _headed(candidate: Candidate) -> str:
    return f"{candidate.head}\n{candidate.text}"


def main(arguments: Sequence[str]) -> int:
    """Print the table, and renew its section of a results file when one is named."""
    parser = argparse.ArgumentParser(description="Compare three vectors of a sentence.")
    parser.add_argument("--results", type=Path, metavar="FILE")
    results = parser.parse_args(arguments).results
    table = measure()
    sys.stdout.write(report.plain(table))
    if results is not None:
        facts = [("questions", "the shipped ones that can be answered, asked in full words")]
        name = "Sentences"
        report.write_section(results, name, report.section(name, facts, [table]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
