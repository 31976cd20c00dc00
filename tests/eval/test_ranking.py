import doctest
import math

import pytest

from askretail_eval import ranking
from askretail_eval.questions import Gold, Question
from askretail_eval.ranking import Found, at_depths, gains, measure, pages_of, trec


def question(*groups: tuple[Gold, ...]) -> Question:
    return Question(id="q", type="fact", question="?", evidence=groups)


def found(*places: tuple[str, int]) -> list[Found]:
    return [Found(doc, page, "") for doc, page in places]


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(ranking).failed == 0


def test_pages_rank_by_their_first_hit() -> None:
    hits = found(("A", 2), ("B", 1), ("A", 2), ("A", 1))
    assert pages_of(hits) == [("A", 2), ("B", 1), ("A", 1)]


def test_several_hits_of_a_page_take_one_rank() -> None:
    hits = found(("A", 1), ("A", 1), ("A", 1), ("B", 7))
    assert measure(question((Gold("B", 7),)), hits)["page hit@3"] == 1.0
    assert measure(question((Gold("B", 7),)), hits)["page hit@1"] == 0.0


def test_one_alternative_is_enough_and_every_group_is_needed() -> None:
    both = question((Gold("A", 1), Gold("A", 9)), (Gold("B", 2),))
    hits = found(("X", 1), ("A", 9), ("X", 2), ("B", 2))
    measures = measure(both, hits)
    assert [measures[f"page hit@{k}"] for k in (1, 3, 5)] == [0.0, 1.0, 1.0]
    assert [measures[f"page all@{k}"] for k in (1, 3, 5)] == [0.0, 0.0, 1.0]


def test_the_right_page_of_another_document_is_no_hit() -> None:
    assert measure(question((Gold("A", 1),)), found(("B", 1)))["page hit@20"] == 0.0


def test_the_reciprocal_rank_is_that_of_the_first_gold_page() -> None:
    two = question((Gold("A", 1),), (Gold("B", 2),))
    measures = measure(two, found(("X", 1), ("X", 2), ("B", 2), ("A", 1)))
    assert measures["page MRR"] == pytest.approx(1 / 3)


def test_ndcg_follows_its_formula() -> None:
    two = question((Gold("A", 1),), (Gold("B", 2),))
    value = measure(two, found(("A", 1), ("X", 2), ("B", 2)))["page nDCG@10"]
    ideal = 1 + 1 / math.log2(3)
    assert value == pytest.approx((1 + 1 / math.log2(4)) / ideal)


def test_ndcg_counts_a_missed_group_in_the_ideal() -> None:
    two = question((Gold("A", 1),), (Gold("B", 2),))
    value = measure(two, found(("A", 1)))["page nDCG@10"]
    assert value == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_a_second_page_with_the_same_evidence_gains_nothing_and_costs_nothing() -> None:
    group = (Gold("A", 1), Gold("A", 2), Gold("A", 3))
    assert gains([("A", 2), ("A", 1)], [group]) == [1, 0]
    assert measure(question(group), found(("A", 2)))["page nDCG@10"] == 1.0


def test_a_page_that_covers_two_groups_gains_both() -> None:
    assert gains([("A", 1)], [[Gold("A", 1)], [Gold("A", 1), Gold("B", 1)]]) == [2]


def test_ndcg_looks_no_further_than_ten_pages() -> None:
    hits = found(*(("X", page) for page in range(1, 11)), ("A", 1))
    measures = measure(question((Gold("A", 1),)), hits)
    assert measures["page nDCG@10"] == 0.0
    assert measures["page MRR"] == pytest.approx(1 / 11)


def test_an_empty_ranking_scores_zero_everywhere() -> None:
    assert set(measure(question((Gold("A", 1),)), []).values()) == {0.0}
    assert trec([], missed=1) == {"page MRR": 0.0, "page nDCG@10": 0.0}


def test_quotes_are_looked_for_in_hits_of_the_document_the_gold_names() -> None:
    gold = question((Gold("A", 1, "sales rose by a tenth"),))
    hits = [
        Found("B", 1, "Sales rose by a tenth."),
        Found("A", 1, "nothing"),
        Found("A", 4, "again sales rose by a tenth"),
    ]
    measures = measure(gold, hits)
    assert [measures[f"quote hit@{k}"] for k in (1, 3)] == [0.0, 1.0]


def test_without_quotes_in_a_group_there_are_no_measures_of_quotes() -> None:
    half = question((Gold("A", 1, "words"),), (Gold("B", 1),))
    assert not [name for name in measure(half, []) if name.startswith("quote")]


def test_depths_begin_to_count_at_their_own_rank() -> None:
    measures = at_depths("page", [5])
    assert [measures[f"page all@{k}"] for k in (1, 3, 5, 10, 20)] == [0, 0, 1, 1, 1]
