from collections.abc import Sequence

import pytest

from askretail import Answer, Turn
from askretail.nouns import Asked, Reading
from askretail_eval.conversations import judge, load_conversations, parse, read_all
from askretail_ingest.errors import BadSetting

TEXT = """# how it is written
why
How big is Nike?
why is that? | Nike | FY2022?, FY2023 | big/large, why
How big is Gap? | = |

more
Who?
and? | - | * | who
"""


def test_a_block_is_a_conversation_and_a_line_a_follow_up() -> None:
    first, second = parse(TEXT)
    assert (first.kind, first.opening) == ("why", "How big is Nike?")
    why, alone = first.follow_ups
    assert (why.companies, why.periods) == (("Nike",), ("FY2022?", "FY2023"))
    assert why.words == ("big/large", "why")
    assert alone.alone
    assert second.follow_ups[0].companies == ()
    assert (first.tuned, second.tuned) == (True, False)


def test_a_line_with_too_few_fields_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"'and\? \| Nike' has 2 fields; it needs 4, or '='"):
        parse("kind\nWho?\nand? | Nike")


def test_what_may_be_there_counts_neither_way_and_the_rest_both() -> None:
    conversation = parse(TEXT)[0]
    why = conversation.follow_ups[0]

    def read(companies: tuple[str, ...], *years: int) -> tuple[bool, bool, bool]:
        reading = Reading("q", "Why is it LARGE?", companies, periods=tuple(map(Asked, years)))
        found = judge(conversation, why, reading)
        return found.companies, found.periods, found.words

    assert read(("Nike",), 2022, 2023) == (True, True, True)
    assert read(("Nike",), 2022) == (True, False, True)
    assert read(("Nike", "Gap"), 2023) == (False, True, True)
    assert read((), 2021, 2023) == (False, False, True)


def test_a_question_that_stands_alone_must_be_left_as_it_is() -> None:
    conversation = parse(TEXT)[0]
    alone = conversation.follow_ups[1]
    assert judge(conversation, alone, Reading("q", "How big is Gap?")).right
    assert not judge(conversation, alone, Reading("q", "How big is Gap at Nike?")).right


def test_every_question_is_asked_with_the_answers_before_it() -> None:
    asked: list[tuple[str, list[str]]] = []

    def ask(question: str, history: Sequence[Turn]) -> Answer:
        asked.append((question, [turn.question for turn in history if turn.answer is not None]))
        return Answer(question, "not_found", "", Reading(question, question))

    assert [read.right for read in read_all(parse(TEXT)[:1], ask)] == [False, True]
    assert asked == [
        ("How big is Nike?", []),
        ("why is that?", ["How big is Nike?"]),
        ("How big is Gap?", ["How big is Nike?", "why is that?"]),
    ]


def test_the_shipped_conversations_are_forty_of_two_to_four_turns() -> None:
    conversations = load_conversations()
    assert len(conversations) == 40
    assert {len(one.follow_ups) for one in conversations} <= {1, 2, 3}
    assert len({one.opening for one in conversations}) == 40
