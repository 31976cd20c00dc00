"""A follow-up to a question that stands alone; one that already does is left unchanged.

First what is replaced ("and Amazon?"), then what words point at ("why did it fall?"), then what is
left out. Of the answers only names count, and what their documents are about.
"""

import re
from collections.abc import Callable, Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.focus import Said
from askretail.general import general
from askretail.nouns import Answer, Turn
from askretail.phrases import capital
from askretail.pick import one_of
from askretail.point import dated, point
from askretail.refer import personal, refers
from askretail.replace import remark, replaced
from askretail.topic import Topic, topic_of

_JOINED = re.compile(
    r"^\s*(?:(?:and|but|so|ok(?:ay)?|thanks|thank\s+you|well)\b[\s,!.:]*)+(?=\w)", re.I
)

LOOK_BACK = 2  # turns whose missing answers are worked out

Ask = Callable[[str, Sequence[Turn]], Answer]


def resolve(question: str, history: Sequence[Turn], catalogue: Catalogue) -> str:
    """Return the question with what it leaves to the conversation put in."""
    said: list[Said] = []
    for turn in history:
        answer = turn.answer
        known = answer.standalone if answer is not None else ""
        alone = known or _stand_alone(turn.question.strip(), said, catalogue)
        said.append(Said(turn.question, alone, _words(answer), _about(answer)))
    return _stand_alone(question.strip(), said, catalogue)


def answered(
    question: str, history: Sequence[Turn], catalogue: Catalogue, ask: Ask
) -> Sequence[Turn]:
    """Return a history with the last answers worked out where a question may need their names.

    That is for a person ("where did she work before?"), or for anything if no company was named.
    """
    named = any(find_companies(turn.question, catalogue) for turn in history)
    if not personal(question) and (named or not refers(question)):
        return history
    turns = list(history)
    for place in range(max(len(turns) - LOOK_BACK, 0), len(turns)):
        asked = turns[place].question
        if turns[place].answer is None:
            turns[place] = Turn(asked, ask(asked, turns[:place]))
    return turns


def _words(answer: Answer | None) -> str:
    return "\n".join(c.quote for c in answer.citations) if answer is not None else ""


def _about(answer: Answer | None) -> tuple[str, ...]:
    """Return what the documents quoted are about: their companies, else their titles."""
    if answer is None:
        return ()
    documents = [citation.document for citation in answer.citations]
    names = (name for d in documents for name in (d.companies or (d.title,)) if name)
    return tuple(dict.fromkeys(names))


def _stand_alone(question: str, said: Sequence[Said], catalogue: Catalogue) -> str:
    if not said or not remark(question):
        return question
    topics = [topic_of(turn.question, catalogue) for turn in said]
    asked = question if find_companies(question, catalogue) else one_of(question, topics)
    made = replaced(asked, topics[-1], catalogue)
    if not made and refers(asked) and not topics[-1].named:
        topics[-1] = _as_answered(said[-1], topics[-1], catalogue)
    if not made and any(named.known for named in topics[-1].named):
        made = point(asked, said, topics, catalogue)
        made = dated(made, topics[-1], carried=True) if asked != question else made
    elif not made and (refers(asked) or not find_companies(asked, catalogue)):
        made = general(asked, said)
    return _tidy(made) if made and made != question else question


def _as_answered(last: Said, topic: Topic, catalogue: Catalogue) -> Topic:
    """Return a topic without a company as one on the company that alone answered it."""
    if len(last.about) != 1:
        return topic
    return topic_of(f"{last.question.rstrip('?. !')} at {last.about[0]}?", catalogue)


def _tidy(made: str) -> str:
    """Return a question without the words that joined it to the one before."""
    return capital(_JOINED.sub("", made, count=1))
