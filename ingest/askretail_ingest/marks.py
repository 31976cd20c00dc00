"""What filings print at the start of a line: heads of items and notes, bullets, signs of notes."""

import re

PART = re.compile(r"^part\s+(?:i{1,3}v?|iv)\b(?:[.:—–-]|$|\s+[A-Z(])", re.IGNORECASE)
ITEM = re.compile(
    r"^(?i:items?)\s+\d{1,2}(?i:[abc])?(?:\.\d\d)?\s*(?:[.:—–-]+\s*(?=[A-Z(\[]|$)|(?=[A-Z][A-Za-z]|$))"
)
EXHIBIT = re.compile(r"^(?:exhibit\s+\d{1,2}(?:\.\d{1,2})?|signatures?)$", re.IGNORECASE)
RULE = re.compile(r"^[\s_=~*—–-]{3,}$")
NOTE = re.compile(r"^note\s+\d{1,2}[a-z]?\b\s*[.:—–-]?", re.IGNORECASE)
NUMBERED = re.compile(r"^\d{1,2}\.\s+[A-Z]")
STATEMENT = re.compile(
    r"^(?:(?:condensed|unaudited|interim)\s+)*consolidated\s+(?:condensed\s+)?"
    r"(?:balance\s+sheets?|statements?\s+of\s+[\w’',\s()/&-]+)(?:\s*\([\w\s]+\))?$",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\(?[^()]{0,60}\bin\s+(?:U\.?S\.?\s+)?(?:millions|thousands|billions)\b"
    r"[^()]*(?:\([^()]*\)[^()]*)?\)?",
    re.IGNORECASE,
)
_BULLET = r"[•▪◦●○■□►▸✓·∙‣§☐☑☒]|[oO](?=\s{2})|[–—-](?=\s)"
_COUNT = r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[A-Za-z])\.(?!\d)"
BULLET = re.compile(rf"^(?:{_BULLET})(?:\s+|$|(?<=[•▪◦●]))")
COUNTED = re.compile(rf"^(?:{_COUNT})(?:\s+|$)")
FOOTNOTE = re.compile(r"^(?:\(\d{1,2}\)|\([a-z]\)|[*†‡]+|\d(?=\s[A-Z]))\s*")
END = re.compile(r"[.!?:;][)”\"’]*(?:\(\d+\))?$")


def is_marker(cell: str) -> bool:
    """Return whether a cell holds nothing but the sign of a list's item."""
    cell = cell.strip()
    return any(
        (match := pattern.match(cell)) and match.end() == len(cell)
        for pattern in (BULLET, COUNTED, FOOTNOTE)
    )


def is_headline(text: str) -> bool:
    """Return whether a line starts like the head of a part, item, note or statement."""
    return any(pattern.match(text) for pattern in (PART, ITEM, NOTE)) or bool(STATEMENT.match(text))
