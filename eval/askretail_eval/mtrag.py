"""Follow-ups end to end: what is found for the bare turn, for our reading, for a person's rewrite.

The folder holds ``mtrag-dev.jsonl``, whose lines tell the halves, and the texts and judgements in
``mtrag-fiqa-pool/``. The searches are the plain ones of baseline.py, one vector a text, so that
nothing but the wording of the question differs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from askretail import Turn
from askretail.catalogue import make_catalogue
from askretail.followup import resolve
from askretail_eval.baseline import Baselines, Search
from askretail_eval.chunk import Chunk
from askretail_eval.interval import RESAMPLES, SEED, bootstrap, short
from askretail_eval.pool import file_stem, load_pool, texts
from askretail_eval.questions import Question
from askretail_eval.ranking import Measures
from askretail_eval.rewrites import load_turns, select
from askretail_eval.table import Table
from askretail_index.embed import Embedder

SET = "mtrag"
TURNS = "mtrag-dev.jsonl"
POOL = "mtrag-fiqa-pool"
DEPTH = 5  # as MTRAG reports it
RECALL, NDCG = f"recall@{DEPTH}", f"nDCG@{DEPTH}"
BARE, OURS, PERSON = "the bare turn", "our reading", "a person's rewrite"
GAP = "share of the gap closed"
SHOWN = (("fusion", RECALL), ("fusion", NDCG), ("dense", RECALL), ("BM25", RECALL))

Measured = Mapping[tuple[str, str, str], list[float]]  # (search, form, measure) -> a question each


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A turn with its history in the forms it may be asked in, and the texts that answer it."""

    id: str
    forms: Mapping[str, str]
    relevant: frozenset[str]


def load_follow_ups(folder: Path, half: str) -> tuple[FollowUp, ...]:
    """Return the turns of one half that have a history and an answer in the pool."""
    turns = load_turns(folder / TURNS, answers=False)
    wanted = {turn.id for turn in select(turns, half)}
    nobody = make_catalogue(())
    return tuple(
        FollowUp(
            one.id,
            {
                BARE: one.question,
                OURS: resolve(one.question, [Turn(text) for text in one.history], nobody),
                PERSON: one.full,
            },
            _relevant(one),
        )
        for one in load_pool(folder / POOL)
        if one.id in wanted and one.history and one.answerable
    )


def _relevant(question: Question) -> frozenset[str]:
    return frozenset(gold.doc for group in question.evidence for gold in group)


def build(
    folder: Path,
    embedder: Embedder,
    cache: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Mapping[str, Search]:
    """Return the plain searches over the texts of the pool, each text in one piece."""
    chunks = [Chunk(file_stem(key), 1, text) for key, text in texts(folder / POOL)]
    return Baselines.build(chunks, embedder, cache, progress=progress).searches()


def measure(follow_ups: Sequence[FollowUp], searches: Mapping[str, Search]) -> Measured:
    """Return every measure of every turn, asked in each form."""
    measured: dict[tuple[str, str, str], list[float]] = {}
    for one in follow_ups:
        for search, find in searches.items():
            for form, text in one.forms.items():
                found = [hit.doc for hit in find(text, DEPTH)]
                for name, value in judge(found, one.relevant).items():
                    measured.setdefault((search, form, name), []).append(value)
    return measured


def judge(found: Sequence[str], relevant: frozenset[str]) -> Measures:
    """Return recall and nDCG of the first texts found.

    >>> judge(["a", "x", "b"], frozenset("abcd"))["recall@5"]
    0.5
    """
    hits = [text in relevant for text in found[:DEPTH]]
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))
    ideal = float(discount[: len(relevant)].sum())
    gained = float(discount[: len(hits)] @ np.array(hits, dtype=np.float64))
    return {RECALL: sum(hits) / len(relevant), NDCG: gained / ideal}


def gap(
    bare: Sequence[float], ours: Sequence[float], person: Sequence[float]
) -> tuple[float, float, float]:
    """Return what share of a person's gain over the bare turn is ours, with its 95 % interval.

    The interval is of turns drawn again; draws without a gap tell nothing and are left out.

    >>> gap([0.0, 0.0], [0.5, 0.5], [1.0, 1.0])
    (0.5, 0.5, 0.5)
    """
    values = np.array([bare, ours, person])
    drawn = np.random.default_rng(SEED).integers(0, len(bare), (RESAMPLES, len(bare)))
    means = values[:, drawn].mean(axis=2)
    some = means[2] > means[0]
    shares = (means[1] - means[0])[some] / (means[2] - means[0])[some]
    mean = values.mean(axis=1)
    low, high = np.percentile(shares, [2.5, 97.5])
    return float((mean[1] - mean[0]) / (mean[2] - mean[0])), float(low), float(high)


def table(title: str, measured: Measured) -> Table:
    """Return a row a form, and what share of the gap ours closes."""
    head = ("asked as", "n", *(f"{search}, {name}" for search, name in SHOWN))
    n = str(len(next(iter(measured.values()))))
    rows = [
        (form, n, *(str(bootstrap(measured[s, form, name])) for s, name in SHOWN))
        for form in (BARE, OURS, PERSON)
    ]
    closed = (
        gap(*(measured[search, form, name] for form in (BARE, OURS, PERSON)))
        for search, name in SHOWN
    )
    cells = (f"{short(mean)} [{short(low)}, {short(high)}]" for mean, low, high in closed)
    return Table(title, head, (*rows, (GAP, n, *cells)))


def tables(
    folder: Path,
    embedder: Embedder,
    cache: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Table]:
    """Return the figures of the half that rules are not tuned on, and of both."""
    searches = build(folder, embedder, cache, progress=progress)
    return [
        table(title, measure(load_follow_ups(folder, half), searches))
        for half, title in (("report", "Turns that rules are not tuned on"), ("all", "All turns"))
    ]
