"""How HTML text looks: what is hidden, and what stands out enough to be a heading."""

import re
from functools import lru_cache
from typing import NamedTuple

Marks = dict[str, str | None]  # the attributes of an element


class Style(NamedTuple):
    """The look of a run of text."""

    size: float = 10.0  # points
    bold: bool = False
    italic: bool = False
    underlined: bool = False


_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])"
    r"|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_AT_RULE = re.compile(r"@[\w-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_HIDING_RULE = re.compile(r"([^{}]+)\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^{}]*\}")
_SIMPLE_SELECTOR = re.compile(r"^(?:[a-z]*)([.#][\w-]+)$", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(pt|px)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold(?:er)?|[1-9]00|normal|lighter)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_PT_PER_PX = 0.75  # CSS: 96 px and 72 pt an inch
_BOLD_TAGS, _ITALIC_TAGS = frozenset(("b", "strong", "th")), frozenset(("i", "em", "cite"))

PART_LEVEL, ITEM_LEVEL = 8, 9  # below h1 to h6, above everything that is a heading by its look
_WEAKEST = 500
_PART = re.compile(r"PART\s+(?:IV|I{1,3})\b.{0,60}", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"ITEM\s+\d{1,2}[A-C]?\b\s*(?:[.:–—-]|\s[A-Z]|$)", re.IGNORECASE)
_HEADING_CHARS = 220  # a bold risk factor runs to two or three lines
_PLAIN_ITEM_CHARS = 90


def hidden_names(styles: str) -> frozenset[str]:
    """Return the ".class" and "#id" names that a style sheet hides on screen."""
    names: set[str] = set()
    for rule in _HIDING_RULE.finditer(_AT_RULE.sub("", styles)):
        for selector in rule.group(1).split(","):
            simple = _SIMPLE_SELECTOR.match(selector.strip())
            if simple:
                names.add(simple.group(1))
    return frozenset(names)


def is_hidden(marks: Marks, names: frozenset[str]) -> bool:
    """True when the element's attributes keep it off the page."""
    if not marks:
        return False
    if "hidden" in marks or hides(marks.get("style") or ""):
        return True
    if not names:
        return False
    classes = (marks.get("class") or "").split()
    return f"#{marks.get('id')}" in names or any(f".{name}" in names for name in classes)


@lru_cache(maxsize=4096)
def hides(style: str) -> bool:
    """True when a style attribute hides its element."""
    return bool(_HIDING.search(style))


@lru_cache(maxsize=8192)
def restyle(style: Style, tag: str, declared: str) -> Style:
    """Return the style inside an element of that tag and style attribute."""
    bold = style.bold or tag in _BOLD_TAGS
    italic = style.italic or tag in _ITALIC_TAGS
    size = style.size
    if declared:
        weight, slant, points = (
            _WEIGHT.search(declared),
            _SLANT.search(declared),
            _SIZE.search(declared),
        )
        bold = (
            weight.group(1).lower() in ("bold", "bolder", "600", "700", "800", "900")
            if weight
            else bold
        )
        italic = slant.group(1).lower() != "normal" if slant else italic
        size = _points(points) if points else size
    underlined = style.underlined or tag == "u" or "underline" in declared
    return Style(size, bold, italic, underlined and tag != "a")


def _points(size: re.Match[str]) -> float:
    number = float(size.group(1).strip(".") or 0)
    return number if size.group(2).lower() == "pt" else number * _PT_PER_PX


def heading_level(text: str, runs: list[tuple[str, Style]]) -> int | None:
    """Return the level of a line that is a heading by its words or its look, else None."""
    words = " ".join(text.split())
    if not runs or len(words) > _HEADING_CHARS or not any(ch.isalpha() for ch in words):
        return None
    if words[0] == "(":  # "(in millions)" under the title of a statement
        return None
    look = _common(runs)
    stands_out = look.bold or look.italic or words.isupper()
    if _PART.fullmatch(words) and (stands_out or len(words) < 12):
        return PART_LEVEL
    if _ITEM.match(words) and (stands_out or look.underlined or _is_label(words)):
        return ITEM_LEVEL
    if look.bold or (_is_title(words) and (look.italic or look.underlined)):
        return _WEAKEST - _strength(look, words)
    return None


def _common(runs: list[tuple[str, Style]]) -> Style:
    """Return the look that all words share; a lone mark or footnote sign does not count."""
    lettered = [style for text, style in runs if any(ch.isalnum() for ch in text)] or [runs[0][1]]
    return Style(
        max(style.size for style in lettered),
        all(style.bold for style in lettered),
        all(style.italic for style in lettered),
        all(style.underlined for style in lettered),
    )


def _strength(look: Style, words: str) -> int:
    """Size first, then weight, capitals and upright letters."""
    return int(4 * look.size + 8 * look.bold + 4 * words.isupper() - 2 * look.italic)


def _is_label(words: str) -> bool:
    return len(words) <= _PLAIN_ITEM_CHARS and not words.endswith((",", ";"))


def _is_title(words: str) -> bool:
    return len(words) <= _PLAIN_ITEM_CHARS and words[0].isupper() and words[-1] not in ".,;"
