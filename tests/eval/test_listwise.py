"""Weights fitted on made candidates whose right order is known."""

import numpy as np
import pytest

from askretail.features import Matrix
from askretail_eval.listwise import FLAG_SPREAD, NEVER, Case, first_complete, fit, rank

NO_PRIOR = np.zeros(2)


def case(*rows: tuple[float, float], gold: tuple[float, ...], company: str = "oak") -> Case:
    return Case("q", company, np.array(rows), (np.array(gold),))


# The first feature tells the gold candidate, the second is noise of the same size.
TELLING = [
    case((0.9, 0.1), (0.2, 0.8), (0.1, 0.3), gold=(1, 0, 0)),
    case((0.2, 0.9), (0.8, 0.2), (0.3, 0.7), gold=(0, 1, 0)),
    case((0.1, 0.2), (0.3, 0.1), (0.7, 0.9), gold=(0, 0, 1)),
]


def share_of_gold(case: Case, w: Matrix) -> float:
    share = np.exp(case.features @ w)
    return float(share @ case.gold[0] / share.sum())


def test_the_feature_that_tells_gets_the_weight() -> None:
    w = fit(TELLING, NO_PRIOR, 0.01)
    assert w[0] > 5 * abs(w[1])
    assert [rank(one, w) for one in TELLING] == [1, 1, 1]
    assert [rank(one, -w) for one in TELLING] == [3, 3, 3]


def test_the_weights_found_are_a_minimum_of_the_loss_written_out() -> None:
    ridge, spread = 0.3, np.vstack([one.features for one in TELLING]).std(axis=0)
    prior = np.array([0.5, -1.0])

    def loss(w: Matrix) -> float:
        missed = -sum(np.log(share_of_gold(one, w)) for one in TELLING)
        return float(missed + ridge * len(TELLING) * (((w - prior) * spread) ** 2).sum() / 2)

    found = fit(TELLING, prior, ridge)
    rng = np.random.default_rng(3)
    around = [loss(found + step) for step in rng.normal(scale=0.05, size=(200, 2))]
    assert loss(found) < min(around)


def test_a_heavy_ridge_keeps_the_prior_and_so_does_a_feature_that_never_varies() -> None:
    prior = np.array([2.0, -3.0])
    np.testing.assert_allclose(fit(TELLING, prior, 1e6), prior, atol=1e-3)
    same = [case((1, 5), (0, 5), gold=(1, 0)), case((0, 5), (1, 5), gold=(0, 1))]
    w = fit(same, prior, 0.01)
    assert w[0] > prior[0]
    assert w[1] == pytest.approx(prior[1])


def test_each_group_of_evidence_must_be_reached() -> None:
    two = Case(
        "q", "oak", np.array([[3.0], [2.0], [1.0]]), (np.array([1, 0, 0]), np.array([0, 0, 1]))
    )
    assert rank(two, np.array([1.0])) == 3
    assert rank(two, np.array([-1.0])) == 3
    one = Case("q", "oak", two.features, (np.array([0, 1, 1]),))
    assert rank(one, np.array([1.0])) == 2  # either will do


def test_equal_scores_keep_the_order_of_the_candidates() -> None:
    assert rank(case((1, 0), (1, 0), (1, 0), gold=(0, 1, 0)), np.array([1.0, 0.0])) == 2


def test_what_is_not_among_the_candidates_is_never_reached() -> None:
    assert rank(case((1, 0), gold=(0,)), NO_PRIOR) == NEVER
    assert rank(Case("q", "oak", np.zeros((0, 2)), (np.zeros(0),)), NO_PRIOR) == NEVER
    assert first_complete(np.array([1, 0]), [np.array([1, 0]), np.array([0, 0])]) == NEVER


def test_a_group_without_a_candidate_does_not_move_the_weights() -> None:
    lost = case((9, 0), (0, 9), gold=(0, 0))
    spread = [case((9, 0), (0, 9), gold=(1, 1))]  # all are gold: no order is better than another
    np.testing.assert_allclose(
        fit([*TELLING, lost], NO_PRIOR, 0.01), fit([*TELLING, *spread], NO_PRIOR, 0.0075), atol=1e-3
    )


def test_a_flag_that_few_carry_gets_no_wild_weight() -> None:
    rows = [(0.0, float(n % 7)) for n in range(300)]
    rare = Case("q", "oak", np.array([(1.0, 3.0), *rows]), (np.array([1.0] + [0.0] * 300),))
    w = fit([rare], NO_PRIOR, 1.0)
    # The spread of such a flag (0.06) would allow a weight several times as large.
    assert 0 < w[0] <= 1 / FLAG_SPREAD**2
