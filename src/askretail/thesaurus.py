"""What filings print for the plain words of a question: "shops" are stores, "staff" employees."""

import re
from collections.abc import Mapping
from functools import lru_cache

from askretail.data_files import read_data, texts
from askretail.lexicon import find_metrics, metrics

Printed = Mapping[str, tuple[str, ...]]  # a wording of the question -> what is printed for it


def printed_for(question: str) -> Printed:
    """Return the wordings of a question that documents put otherwise, with what they print."""
    lower = question.lower().replace("’", "'")
    groups = {m.group(): _groups()[m.group()] for m in _pattern().finditer(lower)}
    named = {
        say: metrics()[name].prints
        for name in find_metrics(question)
        for say in metrics()[name].say
        if re.search(rf"(?<!\w){re.escape(say)}(?!\w)", lower)
    }
    return {**groups, **{say: (*groups.get(say, ()), *prints) for say, prints in named.items()}}


@lru_cache(maxsize=1)
def _groups() -> Printed:
    found: dict[str, tuple[str, ...]] = {}
    groups = read_data("thesaurus.toml")["groups"]
    if not isinstance(groups, list):
        raise ValueError("thesaurus.toml: expected [[groups]]")
    for group in groups:
        for say in texts(group["say"]):
            found[say] = (*found.get(say, ()), *texts(group["print"]))
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    ways = sorted((re.escape(say) for say in _groups()), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")
