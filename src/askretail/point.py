"""What the words of a follow-up on companies point at: a company, a period, a place."""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.focus import Said
from askretail.lexicon import find_metrics
from askretail.periods import find_periods
from askretail.person import with_person
from askretail.phrases import capital, chunks, place_in
from askretail.refer import away, personal, put_for_pronoun
from askretail.theme import COMPARED, LIKE_IT, THAT, THOSE, behind, regarding, with_theme
from askretail.topic import Topic

_SAME_PERIOD = re.compile(
    r"\b(?:that|the\s+same)\s+(?:fiscal\s+|financial\s+)?(?:year|quarter|period)\b|\b(?:at\s+)?that\s+time\b"
    r"|\b(?:back\s+)?then(?=\s*[?.]?\s*$)",
    re.I,
)
_THE_COMPANY = re.compile(
    r"\bthe\s+(?:company|retailer|firm|chain)\b(?!\s+(?:that|which|of)\b)", re.I
)
_PREPOSED = re.compile(r"^\s*(?:in|for|at|on|with|under|by|from|as|to)\s[^,?]*,", re.I)
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bhas )(?<!\bhave )(?:\bover\s+|\bin\s+)?"
    r"\bthere\b(?!\s+(?:is|are|was|were|any|been|be|have|has)\b)",
    re.I,
)
_IS_THERE = re.compile(r"\b(?:is|are|was|were)\s+there\s*[?.]?\s*$", re.I)
_AT_LARGE = re.compile(
    r"\b(?:which|what|any|all|each|every|most|some|other)\s+(?:\w+\s+)?(?:compan(?:y|ies)|retailers|"
    r"chains|firms|filings|documents|grocers)\b|\b(?:industry|anyone|everyone|peers|competitors)\b"
    r"|\bwho\s+else\b|\bthis\s+library\b",
    re.I,
)
_FRONTED = re.compile(r"['’]?s?\s*[,:]\s*(?P<rest>.+\s.+)$", re.I | re.S)
BEFORE_FRONT = 4  # words: "OK, and now Nike: ..."
_AND = re.compile(r"^\s*(?:and|but|so)\s+(?:is|are|was|were|do|does|did|has|have|had|will)\b", re.I)
GOING_ON = 8  # words; a longer question says what it is about
_NOW = re.compile(
    r"\b(?:now|today|currently|at\s+present|these\s+days|latest|next|will|last)\b", re.I
)
_PAST = re.compile(r"\b(?:was|were|did|had)\b|['’]d\b", re.I)
_WHEN = re.compile(r"^\s*(?:and\s+|so\s+)?(?:when|where|who|whom)\b", re.I)
_MUCH = re.compile(r"\bhow\s+(?:much|many)\b|\bshare\b|\bper\s?cent", re.I)


def point(
    question: str, said: Sequence[Said], topics: Sequence[Topic], catalogue: Catalogue
) -> str:
    """Return a question after one that named a company, with what it points at put in."""
    topic = topics[-1]
    text = _fronted(_same_period(question, topic), catalogue)
    if not find_companies(text, catalogue):
        text = _THE_COMPANY.sub(topic.companies[0], text, count=1)
    own = find_companies(text, catalogue)
    if own and _goes_on(text, own, topic):
        return regarding(text, topic)
    if own and not _points_before(text, own[0].start):
        return text
    if not own and _AT_LARGE.search(text) and not personal(text):
        return text
    themed = with_theme(_there(text, topics), topic)
    made = with_person(themed, said, catalogue)
    if away(made) and not made.endswith(behind(topic)):
        made = put_for_pronoun(made, topic.companies[0])
    if not find_companies(made, catalogue):
        made = f"{made.rstrip('?. !')} at {' and '.join(topic.companies)}?"
    return dated(made, topic, carried=themed != text)


def _goes_on(text: str, own: Sequence[Named], topic: Topic) -> bool:
    """Return whether "and did Nike keep any?" goes on about the company of the last question."""
    same = {named.company for named in own} <= {named.company for named in topic.named}
    said = find_metrics(text) or find_periods(text) or len(text.split()) > GOING_ON
    return same and not said and _AND.match(text) is not None


def _points_before(text: str, company: int) -> bool:
    """Return whether a question points at something before it names its own company.

    "Is it bigger than Costco?" does; "What did Nike say of its shoes?" and "In its report, what
    does Nike say?" do not.
    """
    if _THERE.search(text) or COMPARED.match(text) or LIKE_IT.search(text):
        return True
    if _PREPOSED.match(text):
        return False
    found = [*away(text), *THOSE.finditer(text), *THAT.finditer(text)]
    first = min((match.start() for match in found), default=company)
    return first < company and not list(chunks(text[:first]))


def _same_period(text: str, topic: Topic) -> str:
    """Put the last period for "that year"."""
    if not topic.period or find_periods(text):
        return text
    found = _SAME_PERIOD.search(text)
    if found is None:
        return text
    bare = re.search(r"\b(?:in|for|of|by|at|during|since)\s+$", text[: found.start()])
    return f"{text[: found.start()]}{'' if bare else 'in '}{topic.period}{text[found.end() :]}"


def _fronted(text: str, catalogue: Catalogue) -> str:
    """Return "what did Nike report" for "OK, now Nike: what did it report"."""
    named = find_companies(text, catalogue)
    if len(named) != 1 or len(text[: named[0].start].split()) > BEFORE_FRONT:
        return text
    front = _FRONTED.match(text, named[0].end)
    if front is None:
        return text
    made = put_for_pronoun(front.group("rest").strip(), named[0].company)
    return made if find_companies(made, catalogue) else text


def _there(text: str, topics: Sequence[Topic]) -> str:
    """Put the last place named for "there"; without one, what the last question was about."""
    last = place_in(topics[-1].question)
    if last and _IS_THERE.search(text):
        return f"{text.rstrip('?. !')} in {capital(topics[-1].question[slice(*last)])}?"
    found = _THERE.search(text)
    if found is None:
        return text
    head, tail = text[: found.start()].rstrip(), text[found.end() :]
    for topic in reversed(topics):
        if place := place_in(topic.question):
            return f"{head} in {capital(topic.question[place[0] : place[1]])}{tail}"
    if topics[-1].thing:
        return f"{head} in {topics[-1].thing}{tail}"
    return regarding(f"{head}{tail}", topics[-1])


def dated(text: str, topic: Topic, *, carried: bool) -> str:
    """Return a question with the last period added where the question still speaks of it."""
    if not topic.period or topic.period in text or find_periods(text) or _NOW.search(text):
        return text
    figure = find_metrics(text) or _MUCH.search(text) or _PAST.search(text)
    if not carried and (_WHEN.search(text) or not figure):
        return text
    return f"{text.rstrip('?. !')} in {topic.period}?"
