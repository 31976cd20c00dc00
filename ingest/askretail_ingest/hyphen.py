"""Join wrapped lines; a hyphen at a line's end goes only when the joined word is known."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_START = re.compile(r"[^\W\d_]+")


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """Return how often each word, compounds whole, stands inside a line."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.lower() for word in _WORD.findall(line.rstrip("-")))
    return words


def join(lines: Sequence[str], words: Counter[str]) -> str:
    """Return the lines as one, wrapped words mended."""
    text = ""
    for line in lines:
        text = _append(text, line, words) if text else line
    return text


def _append(text: str, line: str, words: Counter[str]) -> str:
    broken, start = _BROKEN.search(text[-60:]), _START.match(line)
    if broken and start:
        head, tail = broken[1].lower(), start[0].lower()
        whole, compound = words[head.split("-")[-1] + tail], words[f"{head}-{tail}"]
        if start[0].islower() and whole and whole > compound:
            return text[:-1] + line
        return text + line
    if text.endswith(("—", "/")) and not text.endswith((" —", " /")):
        return text + line
    return f"{text} {line}"
