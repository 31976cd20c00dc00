"""Questions that name a thing as known without saying of what: "what makes the batteries last?"."""

import re
from collections.abc import Sequence

from askretail.phrases import function_words, known_to_all, names_in, openers, vague, verbs

MAX_NOUN = 2  # words of a noun phrase; a longer one tells what it is of
# What stands behind a noun and tells which one it is: "the cost of", "the man who".
_TELLS = frozenset(
    [
        *("of", "that", "which", "who", "whose", "where", "in", "for"),
        *("between", "behind", "about", "with", "from", "to"),
    ]
)
# A part, a choice or a number of something that the question does not name.
_OF_WHAT = re.compile(
    r"\b(?:the|a|any)\s+role\s+of\b(?!.*\b(?:in|for|at|during|within)\b)"
    r"|^\s*(?:and\s+)?which\s+(?:is|are|was|were|has|had)\b(?!.*\bor\b)(?!.*:)"
    r"|\b[a-z]+\s+ones\b(?!\s+(?:of|that|who|which|in|for)\b)"
    r"|\b(?:any|some)\s+(?:related|for|in|near|with|that)\b"
    r"|\b(?:so|how)\s+many\s+(?:are|were|do|did|have|\w+ing)\b"
    r"|^\s*(?:is|are|was|were)\s+there\s+(?:(?:an?|any|some)\s+)?[a-z]+(?:\s+[a-z]+)?\s*[?.]?\s*$"
    r"|\b(?:nearby|an?\s+typical)\b(?!.*\b(?:of|for|in|to|near)\b)"
    r"|^\s*(?:what|which)\s+(?:\w+\s+){1,4}(?:is|are|was|were)\s+(?:\w+ed|available|allowed)"
    r"\s*\??\s*$",
    re.I,
)
_COLOURED = re.compile(
    r"^\s*(?:what|which)\s+(?:are|were)\s+(?:(?:some|the|any)\s+)?(?:other\s+)?(?P<colour>[a-z]+)"
    r"\s+[a-z]+\s+[a-z]+\s*[?.]?\s*$",
    re.I,
)
_SUPERLATIVE = re.compile(r"\b(?:\w+est|most|best|worst|first|last|next|same|only|other)\b", re.I)
_QUOTED = re.compile(r"[\"“”‘’']\w[^\"“”‘’']+[\"“”‘’'](?!\w)")
_TELL_MORE = re.compile(r"\b(?:tell|know|learn|hear|give|explain)\b.*\bmore\s+(?:about|on)\b", re.I)


def takes_up(question: str) -> bool:
    """Return whether a question goes on about a thing that only the conversation explains.

    >>> takes_up("When did the band form?"), takes_up("When did the Great War end?")
    (True, False)
    """
    coloured = _COLOURED.match(question)
    if coloured and coloured.group("colour").lower() in vague():
        return True
    if _OF_WHAT.search(question):
        return True
    return not names_in(question) and not _QUOTED.search(question) and _unexplained(question)


def goes_on(question: str, before: Sequence[str]) -> bool:
    """Return whether a question wants more on something plain that was not spoken of yet.

    "Tell me more about the uniforms" after a question on marching bands means theirs.
    """
    if _TELL_MORE.search(question) is None or names_in(question):
        return False
    said = {word for text in before for word in _telling(text)}
    return not said & set(_telling(question))


def _telling(text: str) -> list[str]:
    words = (word.removesuffix("s") for word in re.findall(r"[a-z-]{3,}", text.lower()))
    return [word for word in words if word not in function_words() | verbs() | openers()]


def _unexplained(question: str) -> bool:
    """Return whether "the" stands before a common noun that nothing in the question explains."""
    words = re.findall(r"[\w’'-]+|[,;:?.!]", question)
    return any(
        word.lower() == "the"
        and words[place - 1 : place] not in (["of"], ["all"])
        and _needs_more(*_noun_at(words, place + 1))
        for place, word in enumerate(words)
    )


def _noun_at(words: list[str], start: int) -> tuple[list[str], str]:
    """Return the words of a noun phrase from a place on, and the word behind it, folded."""
    end = start
    while end < len(words) and words[end][0].isalnum() and not _ends(words[end].lower()):
        end += 1
    return words[start:end], words[end].lower() if end < len(words) else ""


def _ends(word: str) -> bool:
    return word in function_words() or word in verbs()


def _needs_more(noun: Sequence[str], after: str) -> bool:
    """Return whether a noun phrase after "the" leaves open which one it means."""
    if not 1 <= len(noun) <= MAX_NOUN or after in _TELLS:
        return False
    if not all(word[0].islower() for word in noun) or _SUPERLATIVE.search(" ".join(noun)):
        return False
    return noun[-1] not in known_to_all() | vague()
