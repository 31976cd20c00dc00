"""The thing that "it", "that" or "those" means after a question on a company.

"It" is the company, unless the words around it speak of a figure or an event: then it is what the
last question asked about.
"""

import re

from askretail.lexicon import find_metrics
from askretail.phrases import chunks, place_in
from askretail.refer import away, owned, put_for_pronoun
from askretail.topic import Topic
from askretail.unsaid import leaves_out

# "it" means a figure, not the company, with these words around it.
_CHANGED = re.compile(
    r"\b(?:it|they)\s+(?:(?:have|has|had|did|been|be|so|really)\s+)*"
    r"(?:go\s+(?:up|down)|gone?|went|rise|rose|risen|fall|fell|fallen|drop|dropped|grow|grew|grown|"
    r"doubled?|tripled?|increased?|decreased?|declined?|changed?|slip|slow|jump|improved?|worsen|"
    r"shrink|shrank|happen(?:ed)?|develop(?:ed)?|evolved?|built|compared?|differ|recover(?:ed)?|"
    r"split|break|add(?:ed)?\s+up|cost|begin|began|start(?:ed)?|end(?:ed)?|mean|last|matter|"
    r"include[ds]?|cover|consist|look\s+like)\b"
    r"|\b(?:held|hold|drove|drives?|driven|driving|pushed|explains?|caused?|behind|lifted|hurt|helped|"
    r"boosted|dragged|split|compare)\s+(?:it|them)\b"
    r"|\b(?:is|was|are|were)\s+(?:it|they)\s+(?:up|down|higher|lower|more|less|in|above|below|"
    r"better|worse)\b|^\s*(?:and\s+|but\s+|so\s+)?(?:is|was)\s+it\s+\w+\s*\??$"
    r"|\b(?:is|was)\s+it\s+(?!founded|listed|based|located|fined|sued)\w+ed\b"
    r"|\bhow\s+(?:long|big|large|high|low)\s+\w+\s+it\b",
    re.I,
)
# "it" as an object is rather what was spoken of than the company, but for these verbs.
_OBJECT = re.compile(
    r"\b(?!(?:own|owns|run|runs|ran|lead|leads|led|head|heads|compete|competes|supply|supplies)\b)\w+"
    r"\s+(?:(?:with|for|of|from|on|about|into|in|by|to|like|than)\s+)?(?P<it>it)\s*(?:[?.,]|$)",
    re.I,
)
_THEY = re.compile(r"\b(?:they|them)\b", re.I)
_THEM = re.compile(r"\bthem\b", re.I)
# "They" and "them" are the things rather than the company here.
_BE = re.compile(r"\b(?:are|were)\s+they\b|\bthey\s+(?:are|were)\b|\bthem\b|\bthey\b.*\bit\b", re.I)
# "How much has it invested?", "Is it free?", "Why?": nothing in it says in what.
_THIN = re.compile(
    r"^\s*(?:and\s+|but\s+|so\s+)?(?:how\s+(?:much|long|often|many)|how|why|when|where)"
    r"(?:\s+\w+\s+(?:it|they)\s+\w+)?\s*\??$|\bany\s*\??$"
    r"|\bhow\s+many\s+\w+\s+(?:are|were)\s+there\s*\??$",
    re.I,
)
_EVENT = re.compile(
    r"\b(?:the|that|this)\s+(?:deal|acquisition|purchase|merger|takeover|sale|decision|plan|move|"
    r"change|programme?)\s*(?:$|[?.,]|\w+\s*[?.]?$)",
    re.I,
)
_IMPERATIVE = re.compile(
    r"^\s*(?:please\s+)?(?:give|show|list|split|break|summari[sz]e|explain|anything|something|"
    r"more|(?:some\s+)?details)\b",
    re.I,
)
COMPARED = re.compile(
    r"^\s*(?:(?:and|so|how)\s+)*(?:compared?|versus|vs\.?|(?:more|less|\w+er))\s+"
    r"(?:with|to|than|against)\s+(?!\d)[^,?]{2,40}\??\s*$",
    re.I,
)
LIKE_IT = re.compile(
    r"\b(?:like|similar\s+to|equivalent\s+to|do)\s+(?:it|that|this|so|the\s+same)\s*\??$"
    r"|\b(?:compares?|compared|than)(?:\s+(?:to|with))?\s+(?:it|that|this)\s*\??$|\bthe\s+equivalent\b|\b(?:too|as\s+well)\s*\??$",
    re.I,
)
THOSE = re.compile(r"\b(?:those|these)\b(?P<of>\s+(?!two\b|years?\b|days\b)[a-z-]+s\b)?", re.I)
THAT = re.compile(
    r"\b(?:(?P<does>do|does|did|will|would|can|could|has|had|why|how)|is|was|are|were|of|for|in|to|by|on|"
    r"at|with|into|from|than|like|what|drove|behind|caused|explains?|expects?|sees?|wants?|affects?|offsets?|supports?|"
    r"split|break|compare|show)\s+(?P<that>that|this)\b"
    r"|(?P<last>\b(?:that|this))(?=\s*[?.,!]|\s*$)|^(?P<first>that|this)\b",
    re.I,
)
# Nobody counts "how many of the share of sales".
_OF = re.compile(r"\b(?:many|much|most|some|any|all|half|share|part)\s+of\s+$", re.I)
_PART = re.compile(r"^the\s+(?:share|percentage|part|proportion|number)\s+of\s+", re.I)
_BEFORE_THAT = re.compile(r"\b(?:before|after|besides|beyond)\s+(?:that|this)\b", re.I)


def with_theme(text: str, topic: Topic) -> str:
    """Return a question with the thing of the last one put in, or behind it."""
    those = THOSE.search(text)
    if those and those.group("of"):
        mine = owned(topic.companies[0])
        return f"{text[: those.start()]}{mine}{those.group('of')}{text[those.end() :]}"
    if those:
        return _put(text, *those.span(), topic, alone=True)
    many = topic.plural and _THEY.search(text)
    object_ = None if many else _OBJECT.search(text)
    if object_ and topic.thing:
        start, end = object_.span("it")
        return f"{text[:start]}{topic.whole}{text[end:]}"
    them = _THEM.search(text) if many else None
    if them and any(match.start() < them.start() for match in away(text)):
        return f"{text[: them.start()]}{topic.whole}{text[them.end() :]}"
    if _CHANGED.search(text) or object_ or (many and _BE.search(text)):
        return put_for_pronoun(text, topic.whole) if topic.thing else regarding(text, topic)
    if _THIN.search(text):
        return regarding(put_for_pronoun(text, topic.companies[0]), topic)
    if _needs_theme(text, topic):
        return regarding(text, topic)
    that = THAT.search(_BEFORE_THAT.sub(lambda match: "#" * len(match.group()), text))
    if that is None:
        return text
    group = next(name for name in ("that", "last", "first") if that.group(name))
    return _put(text, *that.span(group), topic, alone=that.group("does") is not None)


def _needs_theme(text: str, topic: Topic) -> bool:
    """Return whether a question without a pronoun says too little: "the deal", "anything else"."""
    if (_EVENT.search(text) and not topic.thing) or COMPARED.match(text):
        return True
    if LIKE_IT.search(text) and not (away(text) or THAT.search(text) or place_in(text)):
        return True
    if find_metrics(text) or THAT.search(text) or away(text):
        return False
    return _IMPERATIVE.match(text) is not None or leaves_out(text)


def _put(text: str, start: int, end: int, topic: Topic, *, alone: bool = False) -> str:
    """Put the thing for a pointer, or behind the question where the pointer has its own noun."""
    after = text[end:]
    noun = next(iter(chunks(after)), "")
    if not alone and noun and after.strip().startswith(noun):
        told = re.match(rf"\s*{re.escape(noun)}\s+(?:in|of|at|on|for|with|from|which)\b", after)
        return text if told else regarding(text, topic)
    if topic.event or topic.thing:
        meant = topic.event or topic.whole
        meant = _PART.sub("", meant) if _OF.search(text[:start]) else meant
        return f"{text[:start]}{meant}{after}"
    return regarding(text, topic)


def regarding(text: str, topic: Topic) -> str:
    """Return a question with what the last one was about behind it."""
    return f"{text.rstrip('?. !')}{behind(topic)}"


def behind(topic: Topic) -> str:
    """Return what ``regarding`` adds."""
    return f", regarding {topic.theme}?"
