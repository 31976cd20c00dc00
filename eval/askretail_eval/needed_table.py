"""How often the first citations hold what the answer rests on, and how often by chance."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from askretail.nouns import Answer
from askretail_eval.interval import bootstrap
from askretail_eval.needed import FIRST, holds_needed
from askretail_eval.questions import Question
from askretail_eval.table import Table


def by_type(questions: Sequence[Question], ask: Callable[[str], Answer]) -> Table:
    """Return the share held by type of question, and what the same would give by chance.

    That is the share held of the answers to all other questions of the set.
    """
    answers = {question.id: ask(question.full) for question in questions}
    rows = []
    for kind in (*dict.fromkeys(q.type for q in questions), "all"):
        asked = [q for q in questions if kind in (q.type, "all")]
        held = [float(holds_needed(q, answers[q.id])) for q in asked]
        others = [
            float(holds_needed(replace(q, answer=other.answer), answers[q.id]))
            for q in asked
            for other in questions
            if other.answer != q.answer
        ]
        chance = f"{sum(others) / max(len(others), 1):.2f}".lstrip("0")
        rows.append((kind, str(len(asked)), str(bootstrap(held)), chance))
    head = ("questions", "n", f"needed@{FIRST}", "by chance")
    return Table("The first five citations hold what the answer rests on", head, tuple(rows))
