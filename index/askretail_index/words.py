"""Words for full-text search: what SQLite's tokenizer would tear apart is joined beside it."""

import re

# "e-commerce", "10-K", "omni-channel": the tokenizer splits them, people write them joined too.
_HYPHEN = re.compile(r"[-‐‑]")
_HYPHENATED = re.compile(r"\b\w+(?:[-‐‑]\w+)+\b")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’&][^\W_]+)*|[^\W_]+")

# Letters, perhaps with hyphens, apostrophes and ampersands inside; figures have no synonyms.
_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\W\d_]|[-'’&](?=[^\W\d_]))*(?![^\W_])")
MIN_SPELLED = 3


def joined_variants(text: str) -> str:
    """Return the text followed by the joined form of each of its hyphenated words."""
    joined = dict.fromkeys(joined_word(word) for word in _HYPHENATED.findall(text))
    return f"{text}\n{' '.join(joined)}" if joined else text


def joined_word(word: str) -> str:
    """Return a word without its hyphens."""
    return _HYPHEN.sub("", word)


def spelled(text: str) -> list[str]:
    """Return the words of a text that have a meaning of their own, in lower case, each once.

    >>> spelled("Walmart’s e-commerce sales: 12% up in FY22")
    ['walmart', 'e-commerce', 'sales']
    """
    found = (m.lower().replace("’", "'").removesuffix("'s") for m in _LETTERS.findall(text))
    return list(dict.fromkeys(w for w in found if len(w) >= MIN_SPELLED))


def words(text: str) -> list[str]:
    """Return the words of a question, hyphenated ones whole, in order."""
    return _WORD.findall(text)
