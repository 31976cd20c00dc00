"""Words for full-text search: what SQLite's tokenizer would tear apart is joined beside it."""

import re

# "e-commerce", "10-K", "omni-channel": the tokenizer splits them, people write them joined too.
_HYPHEN = re.compile(r"[-‐‑]")
_HYPHENATED = re.compile(r"\b\w+(?:[-‐‑]\w+)+\b")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’&][^\W_]+)*|[^\W_]+")


def joined_variants(text: str) -> str:
    """Return the text followed by the joined form of each of its hyphenated words."""
    joined = dict.fromkeys(joined_word(word) for word in _HYPHENATED.findall(text))
    return f"{text}\n{' '.join(joined)}" if joined else text


def joined_word(word: str) -> str:
    """Return a word without its hyphens."""
    return _HYPHEN.sub("", word)


def words(text: str) -> list[str]:
    """Return the words of a question, hyphenated ones whole, in order."""
    return _WORD.findall(text)
