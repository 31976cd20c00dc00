"""The lines of keys on top of a text file: YAML between ``---``, TOML between ``+++``."""

import re
import tomllib
from collections.abc import Iterator

from askretail_ingest.dates import iso_date

Hints = tuple[tuple[str, str], ...]

_YAML = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"^([A-Za-z_][\w -]*?)\s*:\s*(.*)$")
_NAMES = {
    "date": "published",
    "published": "published",
    "published_at": "published",
    "publish_date": "published",
    "company": "companies",
    "companies": "companies",
    "doc_type": "type",
    "type": "type",
    "publisher": "publisher",
    "source": "publisher",
    "site": "publisher",
    "title": "title",
    "author": "author",
    "authors": "author",
    "period": "period",
    "fiscal_period": "period",
}


def split_front_matter(text: str) -> tuple[Hints, str]:
    """Return the keys that we know and the text after them; lists are joined by ";"."""
    found = _TOML.match(text)
    if found:
        try:
            keys = tomllib.loads(found.group(1))
        except (tomllib.TOMLDecodeError, RecursionError):
            return (), text  # not front matter after all: it stays in the text
        return hints_of(keys), text[found.end() :]
    found = _YAML.match(text)
    pairs = dict(_yaml_pairs(found.group(1))) if found else {}
    return (hints_of(pairs), text[found.end() :]) if found and pairs else ((), text)


def hints_of(keys: dict[str, object]) -> Hints:
    """Return the keys that describe a document, under the names that hints use."""
    hints: list[tuple[str, str]] = []
    for key, value in keys.items():
        name = _NAMES.get(key.strip().lower().replace(" ", "_").replace("-", "_"))
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value).strip()
        if name == "published":
            text = iso_date(text)
        if name and text:
            hints.append((name, text))
    return tuple(hints)


def _yaml_pairs(block: str) -> Iterator[tuple[str, object]]:
    """Yield keys and values of flat YAML: scalars, ``[a, b]`` and lists of ``- a`` lines."""
    key, items = "", list[str]()
    for line in block.splitlines():
        listed = re.match(r"^\s*-\s+(.*)$", line)
        pair = _KEY.match(line)
        if listed and key:
            items.append(_unquote(listed.group(1)))
        elif pair:
            if items:
                yield key, items
            key, items = pair.group(1), []
            value = pair.group(2).strip()
            if value.startswith("[") and value.endswith("]"):
                yield key, [_unquote(part) for part in value[1:-1].split(",") if part.strip()]
            elif value:
                yield key, _unquote(value)
    if items:
        yield key, items


def _unquote(value: str) -> str:
    text = value.strip()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text
