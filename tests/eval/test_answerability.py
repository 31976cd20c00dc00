"""The threshold of documents on no company: fitted on one half, measured on the other."""

import doctest

import pytest

from askretail.silence import threshold
from askretail_eval import answerability
from askretail_eval.answerability import Tried, fit, table


def test_the_example_in_the_module_is_true() -> None:
    assert doctest.testmod(answerability).failed == 0


def test_three_quarters_of_the_unanswerable_are_refused_and_no_answer_more_than_needed() -> None:
    cases = [Tried(False, n / 100, False) for n in range(0, 100, 5)]
    cases += [Tried(True, 0.75, False), Tried(True, 0.705, False)]
    limit = fit(cases)
    assert [one.probability < limit for one in cases].count(True) == 15
    assert limit == pytest.approx(0.701)


def test_the_table_tells_precision_recall_and_what_is_refused_wrongly() -> None:
    low, high = threshold() - 0.1, threshold() + 0.1
    cases = [
        Tried(False, low, True),
        Tried(False, high, True),
        Tried(True, high, True),
        Tried(True, 0.99, False),
    ]
    rows = table(cases, threshold() + 0.2).rows
    assert [[cell.split()[0] for cell in row[1:]] for row in rows] == [
        ["4", "1.00", ".50", ".00"],
        ["4", ".67", "1.00", ".50"],
        ["4", ".67", "1.00", ".50"],
    ]
