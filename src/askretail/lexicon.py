"""What analysts say against what filings print: metrics, statements, document types, intents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from askretail.data_files import read_data, section, texts
from askretail.nouns import Intent, Reading

BEFORE_NUMBER = frozenset(("comparison", "why", "change"))
FIGURE_WITHIN = 4  # words after "what": "what organic revenue growth did ..."
_OUTRIGHT = re.compile(
    r"\s*(?:and |so |ok,? )?what(?:'s|s| is| was| were| are)\b(?!.*\b(?:say|in|on|for) .*\babout\b)"
)
# Words of a question that wants more than the figure it names.
_WORDED = re.compile(
    r"\b(?:wh(?:o|y|at|ich|en|ere)|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|"
    r"should|explain|describe|list|tell|summari[sz]e|compare|impact|effect|drivers?|reasons?|"
    r"strateg(?:y|ies)|risks?|outlook|closures?|plans?|programme?|benefits|dependence)\b"
)
REMEMBERED = 1024  # questions; each is looked through several times


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: how a question says it, what a page prints, where it stands."""

    name: str
    say: tuple[str, ...]
    prints: tuple[str, ...]
    statement: str
    figure: bool = True  # whether naming it asks for a number


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of a filing: how a question says it, what its pages are headed."""

    name: str
    say: tuple[str, ...]
    heads: tuple[str, ...]


@lru_cache(maxsize=1)
def metrics() -> Mapping[str, Metric]:
    """Return the metric lexicon by name."""
    data = read_data("metrics.toml")
    found = {}
    for name in section(data, "metrics"):
        fields = section(section(data, "metrics"), name)
        found[name] = Metric(
            name,
            texts(fields["say"]),
            texts(fields["print"]),
            str(fields["statement"]),
            bool(fields.get("figure", True)),
        )
    return found


@lru_cache(maxsize=1)
def statements() -> Mapping[str, Statement]:
    """Return the parts of filings by name."""
    data = read_data("metrics.toml")
    found = {}
    for name in section(data, "statements"):
        fields = section(section(data, "statements"), name)
        found[name] = Statement(name, texts(fields["say"]), texts(fields["heads"]))
    return found


@lru_cache(maxsize=1)
def _doc_types() -> Mapping[str, tuple[str, ...]]:
    data = section(read_data("metrics.toml"), "doc_types")
    return {name: texts(value) for name, value in data.items()}


@lru_cache(maxsize=1)
def _intents() -> tuple[tuple[Intent, re.Pattern[str]], ...]:
    rules = read_data("intents.toml")["rules"]
    if not isinstance(rules, list):
        raise ValueError("intents.toml: expected [[rules]]")
    known = get_args(Intent)
    return tuple(
        (known[known.index(rule["intent"])], re.compile("|".join(texts(rule["any"]))))
        for rule in rules
    )


@lru_cache(maxsize=REMEMBERED)
def find_metrics(question: str) -> tuple[str, ...]:
    """Return the metrics a question names, the longest wording first where two overlap."""
    return _find(question, _metric_words())


def find_statements(question: str) -> tuple[str, ...]:
    """Return the parts of a filing that a question names."""
    return _find(question, _statement_words())


def find_doc_types(question: str) -> tuple[str, ...]:
    """Return the document types that a question asks for."""
    return _find(question, _type_words())


def find_intents(question: str) -> tuple[Intent, ...]:
    """Return every kind of answer that a question may want, the most specific first."""
    lower = question.lower().replace("’", "'")
    found = tuple(intent for intent, pattern in _intents() if pattern.search(lower))
    if "number" not in found and _asks_for_figure(lower):
        found = (*(i for i in found if i in BEFORE_NUMBER), "number", *found)
    return (*dict.fromkeys(found), "fact") if "fact" not in found else found


def find_intent(question: str) -> Intent:
    """Return which kind of answer a question wants."""
    return find_intents(question)[0]


def _asks_for_figure(lower: str) -> bool:
    """Return whether a figure is named outright: "walmart capex fy22", "what's nike's eps"."""
    if not any(metrics()[name].figure for name in find_metrics(lower)):
        return False
    if lower.lstrip().startswith("what "):
        near = " ".join(lower.split()[1 : FIGURE_WITHIN + 1])
        if any(metrics()[name].figure for name in find_metrics(near)):
            return True
    return _OUTRIGHT.match(lower) is not None or not _WORDED.search(lower)


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    words = texts(read_data("intents.toml")["generic"])
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def topic(reading: Reading) -> str:
    """Return what a question is about: for an overview, without the words that ask for one."""
    if reading.intent != "overview":
        return reading.standalone
    return " ".join(_generic().sub(" ", reading.standalone).split())


@dataclass(frozen=True, slots=True)
class Wordings:
    """What may be said for each of some names, as one pattern over folded text."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]  # wording -> name
    unless: Mapping[str, re.Pattern[str]]  # name -> where its wordings mean something else


@lru_cache(maxsize=1)
def _metric_words() -> Wordings:
    return _wordings({name: metric.say for name, metric in metrics().items()})


@lru_cache(maxsize=1)
def _statement_words() -> Wordings:
    return _wordings({name: part.say for name, part in statements().items()})


@lru_cache(maxsize=1)
def _type_words() -> Wordings:
    return _wordings(_doc_types())


def _wordings(says: Mapping[str, tuple[str, ...]]) -> Wordings:
    names: dict[str, str] = {}
    for name, wordings in says.items():
        for say in wordings:
            names.setdefault(_plain(say), name)
    loose = sorted((re.escape(say) for say in names), key=len, reverse=True)
    ways = "|".join(way.replace(r"\ ", r"[\s-]+") for way in loose)
    unless = {
        name: re.compile("|".join(texts(value)))
        for name, value in section(read_data("metrics.toml"), "unless").items()
        if name in says
    }
    return Wordings(re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])"), names, unless)


def _plain(text: str) -> str:
    """Return a wording in lower case, with one blank where it has blanks or hyphens."""
    return re.sub(r"[\s-]+", " ", text.lower().replace("’", "'"))


def _find(question: str, wordings: Wordings) -> tuple[str, ...]:
    """Return the names whose wordings stand in the question as whole words, in order."""
    lower = question.lower().replace("’", "'")
    found = (wordings.names[_plain(m.group())] for m in wordings.pattern.finditer(lower))
    return tuple(
        name
        for name in dict.fromkeys(found)
        if name not in wordings.unless or not wordings.unless[name].search(lower)
    )
