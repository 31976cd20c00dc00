"""The figures of a run as tables: which measures, which systems, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass

from askretail_eval.interval import bootstrap, paired_p, short, short_p
from askretail_eval.ranking import DEPTHS, NDCG_DEPTH
from askretail_eval.record import Record, values
from askretail_eval.run import ALONE, IN_FULL, OURS
from askretail_ingest.errors import BadSetting

RETRIEVAL = (
    *(f"page hit@{k}" for k in DEPTHS),
    *(f"page all@{k}" for k in DEPTHS),
    "page MRR",
    f"page nDCG@{NDCG_DEPTH}",
    *(f"quote hit@{k}" for k in DEPTHS),
    *(f"quote all@{k}" for k in DEPTHS),
)
ANSWERS = (
    "fact@1",
    "fact@3",
    "fact@all",
    "needed@5",
    "cited page@1",
    "cited page@3",
    "cited all@3",
    "on gold pages",
    "exact quotes",
    "unanswerable refused",
    "answerable refused",
    "refusals right",
    "citations",
)
BY_TYPE = (
    *("page all@5", "page all@10", "page all@20", "fact@3"),
    *("answerable refused", "unanswerable refused"),
)
FORMS = ("page all@1", "page all@5", "page all@20", "page MRR")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a head; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(records: Sequence[Record]) -> list[Table]:
    """Return the tables of a run, leaving out those that would be empty."""
    made = [retrieval(records), answers(records), by_type(records), follow_ups(records)]
    return [table for table in made if table.rows]


def of(records: Sequence[Record], system: str) -> list[Record]:
    """Return the records of one system, in order."""
    return [record for record in records if record.system == system]


def retrieval(records: Sequence[Record]) -> Table:
    """Return each measure of retrieval by system, and p of ours against each baseline."""
    systems = [
        name for name in dict.fromkeys(r.system for r in records) if name not in (ALONE, IN_FULL)
    ]
    plain = [name for name in systems if name != OURS]
    rows = []
    for measure in RETRIEVAL:
        given = {name: values(of(records, name), measure) for name in systems}
        if not any(given.values()):
            continue
        cells = [str(bootstrap(given[name])) if given[name] else "" for name in systems]
        tests = [_p(given.get(OURS, []), given[name]) for name in plain]
        rows.append((measure, str(max(map(len, given.values()))), *cells, *tests))
    head = ("measure", "n", *systems, *(f"p, {name}" for name in plain))
    return Table("Retrieval", head, tuple(rows))


def _p(ours: Sequence[float], theirs: Sequence[float]) -> str:
    if not ours or len(ours) != len(theirs):
        return ""
    return short_p(paired_p(theirs, ours))


def answers(records: Sequence[Record]) -> Table:
    """Return each measure of the answers, ours alone: the baselines give none."""
    mine = of(records, OURS)
    rows = []
    for measure in ANSWERS:
        if given := values(mine, measure):
            figure = bootstrap(given)
            rows.append((measure, str(figure.n), str(figure)))
    return Table("Answers", ("measure", "n", OURS), tuple(rows))


def by_type(records: Sequence[Record]) -> Table:
    """Return our main measures for each type of question, in order of appearance."""
    mine = of(records, OURS)
    rows = []
    for kind in dict.fromkeys(record.type for record in mine):
        group = [record for record in mine if record.type == kind]
        means = [_mean(values(group, measure)) for measure in BY_TYPE]
        rows.append((kind, str(len(group)), *means))
    return Table("By type of question", ("type", "n", *BY_TYPE), tuple(rows))


def follow_ups(records: Sequence[Record]) -> Table:
    """Return rankings for follow-ups: without history, with it, and in a person's full words."""
    forms = {name: of(records, name) for name in (ALONE, IN_FULL)}
    asked = {record.id for record in forms[IN_FULL]}
    with_history = [record for record in of(records, OURS) if record.id in asked]
    rows = [
        (label, str(len(group)), *(_mean(values(group, measure)) for measure in FORMS))
        for label, group in (
            ("without history", forms[ALONE]),
            ("with history", with_history),
            ("in full words", forms[IN_FULL]),
        )
        if group
    ]
    return Table("Follow-ups", ("asked", "n", *FORMS), tuple(rows))


def compared(first: Sequence[Record], second: Sequence[Record]) -> Table:
    """Return our measures in two runs of the same questions, their difference and its p."""
    one = {record.id: record for record in of(first, OURS)}
    two = {record.id: record for record in of(second, OURS)}
    both = [key for key in one if key in two]
    if not both:
        raise BadSetting("the two runs have no question in common: name two runs of one set")
    rows = []
    for measure in (*RETRIEVAL, *ANSWERS):
        pairs = [
            (one[key].measures[measure], two[key].measures[measure])
            for key in both
            if measure in one[key].measures and measure in two[key].measures
        ]
        if pairs:
            rows.append((measure, str(len(pairs)), *_difference(pairs)))
    head = ("measure", "n", "first", "second", "difference", "p")
    return Table(f"Two runs, {len(both)} questions in common", head, tuple(rows))


def _difference(pairs: Sequence[tuple[float, float]]) -> tuple[str, str, str, str]:
    before = [pair[0] for pair in pairs]
    after = [pair[1] for pair in pairs]
    change = (sum(after) - sum(before)) / len(pairs)
    return _mean(before), _mean(after), f"{change:+.3f}", _p(after, before)


def _mean(given: Sequence[float]) -> str:
    return short(sum(given) / len(given)) if given else ""
