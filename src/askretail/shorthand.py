"""Short names for what was named in full before: "the expedition", "VMs"."""

import re
from collections.abc import Sequence

from askretail.phrases import chunks, names_in

_THE = re.compile(r"\bthe\s+(?P<noun>[A-Za-z-]+)\b(?!\s+of\b)")
_INITIALS = re.compile(r"[A-Z]{2,5}")


def in_full(question: str, before: Sequence[str]) -> str:
    """Return a question with its short names as earlier questions, oldest first, spell them out.

    >>> in_full("Who paid for the expedition?", ["What was the Arctic expedition?"])
    'Who paid for the Arctic expedition?'
    """
    known = [phrase for text in before for phrase in chunks(text) if " " in phrase]
    for match in reversed(list(_THE.finditer(question))):
        start, end = match.span("noun")
        full = _ending_in(match.group("noun"), known)
        name = match.group("noun")[0].isupper() and not full[:1].isupper()
        if full and not name and next(iter(chunks(question[start:])), "") == match.group("noun"):
            question = f"{question[:start]}{full}{question[end:]}"
    for name in names_in(question):
        full = _with_initials(name.removesuffix("s"), known)
        if full:
            question = question.replace(name, full, 1)
    return question


def _ending_in(noun: str, known: Sequence[str]) -> str:
    """Return the phrase last said that ends in a noun, in singular or plural."""
    wanted = noun.removesuffix("s")
    return next((p for p in reversed(known) if p.split()[-1].removesuffix("s") == wanted), "")


def _with_initials(name: str, known: Sequence[str]) -> str:
    if _INITIALS.fullmatch(name) is None:
        return ""
    return next((p for p in reversed(known) if _initials(p) == name), "")


def _initials(phrase: str) -> str:
    return "".join(word[0] for word in phrase.split()).upper()
