import doctest

import pytest

from askretail_eval import interval
from askretail_eval.interval import bootstrap, paired_p, short


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(interval).failed == 0


def test_an_interval_agrees_with_the_normal_one_for_many_coin_throws() -> None:
    figure = bootstrap([0.0] * 200 + [1.0] * 200)
    assert (figure.n, figure.mean) == (400, 0.5)
    assert figure.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.004)
    assert figure.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.004)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.0, 1.0, 1.0, 0.25, 0.5]
    assert bootstrap(values) == bootstrap(values)


def test_equal_values_leave_no_doubt() -> None:
    assert str(bootstrap([1.0, 1.0, 1.0])) == "1.00 [1.00, 1.00]"


def test_no_values_have_no_interval() -> None:
    with pytest.raises(ValueError, match="at least one"):
        bootstrap([])


def test_ten_wins_of_ten_have_the_p_of_ten_coins() -> None:
    assert paired_p([0.0] * 10, [1.0] * 10) == pytest.approx(2 / 1024, abs=0.0012)


def test_equal_runs_have_a_p_of_one() -> None:
    assert paired_p([1.0, 0.0, 0.5], [1.0, 0.0, 0.5]) == 1.0


def test_the_test_is_the_same_in_both_directions() -> None:
    better, worse = [1.0, 1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0, 0.0]
    assert paired_p(better, worse) == paired_p(worse, better) == pytest.approx(0.25, abs=0.02)


def test_runs_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="not 1 and 2"):
        paired_p([1.0], [1.0, 0.0])


def test_negative_and_large_numbers_are_shown_whole() -> None:
    assert (short(-0.5), short(12.0), short(0.0)) == ("-0.50", "12.00", ".00")
