"""What a group of features is worth."""

from itertools import chain

from askretail.features import NAMES
from askretail_eval.ablation import GROUPS, ablated
from askretail_eval.questions import load_shipped
from askretail_eval.systems import open_sample


def test_every_feature_is_in_one_group() -> None:
    assert sorted(chain.from_iterable(GROUPS.values())) == sorted(NAMES)


def test_leaving_out_meaning_costs_pages_on_the_shipped_questions() -> None:
    with open_sample() as assistant:
        table = ablated(load_shipped(), assistant)
    first = {row[0]: float(row[2].split()[0]) for row in table.rows}
    assert list(first) == ["nothing", *GROUPS]
    assert {row[1] for row in table.rows} == {
        str(sum(question.answerable for question in load_shipped()))
    }
    assert first["meaning of sentences"] < first["nothing"]
