"""The items of Form 10-K, against the sections of our text."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from askretail_eval.fidelity_score import Item
from askretail_eval.fidelity_words import Drafts
from askretail_eval.questions import rows
from askretail_ingest.nouns import Block, Draft

# What Form 10-K has asked of everyone since 2005; 1C, 9C and 16 came later, and 6 went in 2021,
# since when some still head it "Reserved" and some print nothing: it counts where it is printed.
FORM_10K = (
    *("1", "1A", "1B", "2", "3", "4", "5", "6", "7", "7A", "8", "9", "9A", "9B"),
    *("10", "11", "12", "13", "14", "15"),
)
_HEADED = re.compile(r"item\s+(\d{1,2}[abc]?)\b", re.IGNORECASE)


def item_of(block: Block) -> str:
    """Return the item that a block stands under, "" when it stands under none."""
    found = [item[1].upper() for heading in block.section if (item := _HEADED.match(heading))]
    return found[-1] if found else ""


def items_of(draft: Draft) -> list[str]:
    """Return the items in the order of the text, each as often as it is begun."""
    return [item for item, _ in groupby(draft.blocks, key=item_of) if item]


def items_found(name: str, draft: Draft, expected: Sequence[str]) -> Iterator[Item]:
    """Yield for every expected item whether it is begun once, after all those before it."""
    begun = items_of(draft)
    for place, item in enumerate(expected):
        before = {*expected[:place]}
        once = begun.count(item) == 1
        ordered = once and not before & {*begun[begun.index(item) :]}
        seen = "" if ordered else f"begun {begun.count(item)} times" if not once else "out of order"
        yield Item(f"{name} item {item}", float(ordered), seen)


def printed_items(text: str, items: Sequence[str] = FORM_10K) -> list[str]:
    """Return those of the items that some line of a text begins with."""
    lines = re.finditer(r"^\W{0,3}item\s*(\d{1,2}[abc]?)\b", text, re.IGNORECASE | re.MULTILINE)
    printed = {line[1].upper() for line in lines}
    return [item for item in items if item in printed]


def load_sections(path: Path) -> list[str]:
    """Return the identifiers of a list of sections that somebody made of a filing."""
    listed = json.loads(path.read_text("utf-8"))
    lines = "\n".join(json.dumps(section) for section in listed)
    return [row.text("identifier") for row in rows(lines, str(path))]


def html_items(folder: Path, drafts: Drafts) -> Iterator[Item]:
    """Yield the listed sections of every HTML filing that has a list beside it."""
    for path in sorted(folder.glob("*.sections.json")):
        name = path.name.removesuffix(".sections.json")
        yield from items_found(name, drafts[name], load_sections(path))
