"""Real annual reports as HTML: every item of Form 10-K is a section with its own text."""

import json
import re
from itertools import groupby
from pathlib import Path

import pytest

from askretail_ingest.nouns import Block, Draft
from askretail_ingest.read import read_draft

pytestmark = pytest.mark.data

LOWES = "LOW_10-K_0000060667-24-000033"  # the one whose sections somebody else has listed
NAMES = ("AMZN_10-K_amzn-10-k-2025-02-07", LOWES, "NKE_10-K_nke-10-k-2025-07-17")
ITEM = re.compile(r"item (\d{1,2}[abc]?)\b", re.IGNORECASE)
ITEMS = [
    *("1", "1A", "1B", "1C", "2", "3", "4", "5", "6", "7", "7A", "8", "9", "9A", "9B", "9C"),
    *("10", "11", "12", "13", "14", "15", "16"),
]


def draft_of(folder: Path, name: str) -> Draft:
    return read_draft(folder / "html" / f"{name}.html")


def item_of(block: Block) -> str:
    found = [item[1].upper() for heading in block.section if (item := ITEM.match(heading))]
    return found[-1] if found else ""


def items(draft: Draft) -> list[tuple[str, int]]:
    """Return the items in the order of the text, each with the characters that it holds."""
    runs = [(item, list(run)) for item, run in groupby(draft.blocks, key=item_of)]
    return [(item, run[-1].end - run[0].start) for item, run in runs if item]


@pytest.mark.parametrize("name", NAMES)
def test_the_items_of_the_form_come_once_each_and_in_their_order(data_dir: Path, name: str) -> None:
    assert [item for item, _ in items(draft_of(data_dir, name))] == ITEMS


def test_the_listed_sections_are_found_and_the_long_ones_are_the_long_ones(data_dir: Path) -> None:
    rows = json.loads((data_dir / "html" / f"{LOWES}.sections.json").read_text("utf-8"))
    listed = {row["identifier"]: row["character_count"] for row in rows}
    found = dict(items(draft_of(data_dir, LOWES)))
    assert len(listed.keys() & found.keys()) >= 0.95 * len(listed)
    longest = sorted(listed, key=listed.__getitem__)[-5:]
    assert set(longest) == set(sorted(found, key=found.__getitem__)[-5:])
