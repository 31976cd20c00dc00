"""Whether a question without a pronoun still needs the conversation to be understood."""

import re

from askretail.phrases import function_words, names_in, openers, presents, relational, vague, verbs

_THE_THING = re.compile(r"(?<!\bof )\b(?:the|these|those)\s+[a-z]+\s*\??\s*$")
_MORE = re.compile(
    r"\b(?:else|another|again|next|afterwards?|anymore|as well)\b|\b(?:any\s+more|others)\b"
    r"|\bother\b(?!\s+than\b)|\b(?:too|also)\s*[?.]?\s*$|^\s*if so\b",
    re.I,
)
_BESIDES = re.compile(r"\b(?:besides|apart\s+from|aside\s+from|in\s+addition\s+to)\s+\w", re.I)
# Prepositions that say what a noun is of, so that a question may stand alone.
_LINKS = frozenset(
    ["of", "in", "for", "on", "to", "with", "between", "from", "about", "behind", "by", "against"]
)
_WHAT_ARE = re.compile(
    r"\s*(?:what|which|who)\s+(?:are|were)\s+(?:some\s+|the\s+)?(?P<colour>\w+)\s+\w+\s*[?.]?\s*$",
    re.I,
)
_HANGING = re.compile(
    r"^\s*(?:is|are|was|were)\s+there\s+(?:any|some)\s+\w+(?:\s+\w+)?\s*[?.]?\s*$"
    r"|\b(?:the|an?)\s+(?:\w+est|most\s+\w+|best|worst|first|second|last)\s*(?:selling\s*)?"
    r"(?:$|[?.]|\b(?:in|on|ever|to|and|among)\b)"
    r"|\b(?:what|which)\s+(?:kind|type|sort|one)s?\s+(?:is|are|was|were|do|does|did|should|can|would)\b"
    r"|^\s*(?:what|which|whose)\s+(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b)\w+(?:\s+\w+)?\s*\??$"
    r"|^(?!.*\band\b).*\b(?:different|similar|related|compare|differ)\s*(?:$|[?.])",
    re.I,
)


def leaves_out(question: str) -> bool:
    """Return whether a question without a pronoun needs the conversation to be understood.

    It asks for more ("what else"), for the types or causes of nothing named, or for a thing that
    only the conversation knows ("the album").
    """
    if _HANGING.search(question) or _coloured(question):
        return True
    if names_in(question):
        return False
    words = [w.lower() for w in re.findall(r"[\w’'-]+", question)]
    telling = [
        w for w in words if w not in function_words() | verbs() | openers() and not w.isdigit()
    ]
    more = _MORE.search(question) and not _BESIDES.search(question)
    if more or all(word in relational() | vague() for word in telling):
        return True
    if set(words[:-1]) & _LINKS:
        return _unsaid_of(words)
    if _THE_THING.search(question):
        return True
    return _bare_definite(words) and not presents(question)


def _coloured(question: str) -> bool:
    """Return whether a question asks for "the main layers" without saying of what."""
    asked = _WHAT_ARE.match(question)
    return asked is not None and asked.group("colour").lower() in vague()


def _unsaid_of(words: list[str]) -> bool:
    """Return whether a noun like "impact" says on what but not of what."""
    if set(words) & {"of", "between", "from", "for", "about", "in"}:
        return False
    # "Are there any benefits to exercise?" says of what; "the relationship to health" does not.
    links = ("on", "with") if "there" in words[:2] else ("on", "to", "with")
    return any(
        noun in relational() and link in links and not of.endswith("ing")
        for noun, link, of in zip(words, words[1:], [*words[2:], ""], strict=False)
    )


def _bare_definite(words: list[str]) -> bool:
    """Return whether "the" stands before a noun that nothing explains: "how did the album do"."""
    return any(
        one == "the" and (after in verbs() or after in function_words())
        for one, noun, after in zip(words, words[1:], words[2:], strict=False)
    ) or words[-2:-1] == ["the"]
