import doctest
import json
from pathlib import Path

import numpy as np
import pytest

from askretail_eval import mtrag
from askretail_eval.baseline import Search
from askretail_eval.mtrag import BARE, GAP, OURS, PERSON, gap, judge, load_follow_ups, measure
from askretail_eval.ranking import Found


def write(path: Path, *lines: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    turns = [
        {
            "_id": f"t{number}",
            "text": "How old is it?",
            "metadata": {"history": ["Tell me about the mill."], "rewrite": "How old is the mill?"},
        }
        for number in range(3)
    ]
    first = {"_id": "f", "text": "Who?", "metadata": {"history": [], "rewrite": "Who?"}}
    write(tmp_path / "mtrag-dev.jsonl", *turns, first)
    pool = tmp_path / "mtrag-fiqa-pool"
    write(pool / "queries.jsonl", *turns, first)
    write(
        pool / "corpus.jsonl", {"_id": "a", "text": "An old\u2028mill."}, {"_id": "b", "text": "x"}
    )
    (pool / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nt0\ta\t1\nt1\ta\t1\nf\ta\t1\n")
    return tmp_path


def test_doctests_hold() -> None:
    assert doctest.testmod(mtrag).failed == 0


def test_follow_ups_with_an_answer_are_asked_in_three_forms(folder: Path) -> None:
    assert [one.id for one in load_follow_ups(folder, "all")] == ["t0", "t1"]
    (one,) = load_follow_ups(folder, "report")  # the odd lines of the turns
    assert one.id == "t1"
    assert one.relevant == {"a"}
    assert dict(one.forms) == {
        BARE: "How old is it?",
        OURS: "How old is mill?",
        PERSON: "How old is the mill?",
    }


def knows(word: str) -> Search:
    """Return a search that finds text "a" only for questions with a word."""
    return lambda question, k: [Found("a" if word in question else "b", 1, "")][:k]


def test_the_table_tells_each_form_and_the_share_of_the_gap(folder: Path) -> None:
    measured = measure(
        load_follow_ups(folder, "all"),
        {"fusion": knows("mill"), "dense": knows("the mill"), "BM25": knows("mill")},
    )
    table = mtrag.table("Found", measured)
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows[BARE][:2] == ("2", ".00 [.00, .00]")
    assert rows[OURS][1:4] == ("1.00 [1.00, 1.00]", "1.00 [1.00, 1.00]", ".00 [.00, .00]")
    assert rows[GAP][1:4] == ("1.00 [1.00, 1.00]", "1.00 [1.00, 1.00]", ".00 [.00, .00]")


def test_ndcg_is_the_formula() -> None:
    found = judge(["x", "a", "b"], frozenset("abc"))
    ideal = 1 + 1 / np.log2(3) + 1 / np.log2(4)
    assert found["nDCG@5"] == pytest.approx((1 / np.log2(3) + 1 / np.log2(4)) / ideal)


def test_the_gap_has_an_interval_over_turns() -> None:
    share, low, high = gap([0, 0, 0, 1], [1, 0, 0, 1], [1, 1, 0, 1])
    assert share == 0.5
    assert low == 0
    assert high == 1
