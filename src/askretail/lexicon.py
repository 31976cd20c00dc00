"""What analysts say against what filings print: metrics, statements, document types, intents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from askretail.data_files import read_data, section, texts
from askretail.nouns import Intent, Reading


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: how a question says it, what a page prints, where it stands."""

    name: str
    say: tuple[str, ...]
    prints: tuple[str, ...]
    statement: str


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
            name, texts(fields["say"]), texts(fields["print"]), str(fields["statement"])
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


def find_metrics(question: str) -> tuple[str, ...]:
    """Return the metrics a question names, the longest wording first where two overlap."""
    return _find(question, {name: metric.say for name, metric in metrics().items()})


def find_statements(question: str) -> tuple[str, ...]:
    """Return the parts of a filing that a question names."""
    return _find(question, {name: part.say for name, part in statements().items()})


def find_doc_types(question: str) -> tuple[str, ...]:
    """Return the document types that a question asks for."""
    return _find(question, _doc_types())


def find_intent(question: str) -> Intent:
    """Return which kind of answer a question wants."""
    lower = question.lower()
    for intent, pattern in _intents():
        if pattern.search(lower):
            return intent
    return "fact"


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    words = texts(read_data("intents.toml")["generic"])
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def topic(reading: Reading) -> str:
    """Return what a question is about: for an overview, without the words that ask for one."""
    if reading.intent != "overview":
        return reading.standalone
    return " ".join(_generic().sub(" ", reading.standalone).split())


def _find(question: str, wordings: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names whose wordings stand in the question as whole words, in order."""
    lower = f" {question.lower().replace('’', chr(39))} "
    hits = [
        (match.start(), match.end(), name)
        for name, says in wordings.items()
        for say in says
        for match in re.finditer(rf"(?<![\w-]){re.escape(say)}(?![\w-])", lower)
    ]
    kept: list[tuple[int, int, str]] = []
    for start, end, name in sorted(hits, key=lambda h: (h[0] - h[1], h[0])):
        if all(end <= s or start >= e or name == other for s, e, other in kept):
            kept.append((start, end, name))
    return tuple(dict.fromkeys(name for _, _, name in sorted(kept)))
