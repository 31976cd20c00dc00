"""How near words come to a question; the arithmetic is worked out by hand."""

import math
from pathlib import Path

import numpy as np
import pytest

from askretail.assistant import Assistant
from askretail.near import PRINTED, near_passages, nearness, question_words
from askretail_index.embed import Embedder
from askretail_index.library import Library

from .made import reading


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Library:
    (tmp_path / "stores.md").write_text("# Plan\n\nStores sell lemons.\n", encoding="utf-8")
    (tmp_path / "boats.md").write_text("# Plan\n\nBoats carry lemons.\n", encoding="utf-8")
    folder = tmp_path / "library"
    with Assistant.open(folder, create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path])
    return Library(folder, embedder)


def test_question_words_leave_out_companies_figures_and_stop_words() -> None:
    asked = reading("How many shops did Walmart open in 2023?", companies=("Walmart",))
    assert question_words(asked) == ["shops", "open"]


def test_the_same_word_counts_one_and_a_printed_one_a_little_less(library: Library) -> None:
    near = nearness(library, reading("Which shops have lemons?"))
    shops, lemons = near.of_text("Stores and lemons.").tolist()
    assert (shops, lemons) == (PRINTED, pytest.approx(1, abs=1e-3))
    assert near.of_text("Nothing of that.").tolist() == [0, 0]


def test_rare_words_of_the_question_weigh_more(library: Library) -> None:
    near = nearness(library, reading("Which boats carry lemons?"))
    rarity = [math.log(1 + 2 / 2), math.log(1 + 2 / 2), math.log(1 + 2 / 3)]
    assert near.weights == pytest.approx(np.array(rarity) / sum(rarity))
    assert near.share(near.of_text("lemons")) == pytest.approx(rarity[2] / sum(rarity), abs=1e-3)


def test_passages_come_as_near_as_their_words_and_context_lines_do(library: Library) -> None:
    near = nearness(library, reading("Which boats carry lemons?"))
    rows = library.store.db.execute(
        "SELECT p.id, d.source FROM passages p JOIN documents d ON d.id = p.document"
    ).fetchall()
    ids = {row["source"]: row["id"] for row in rows}
    found = near_passages(library, near, list(ids.values()))
    assert near.share(found[ids["boats.md"]]) == pytest.approx(1, abs=1e-3)
    assert near.share(found[ids["stores.md"]]) < 0.5


def test_a_question_without_words_of_its_own_is_near_nothing(library: Library) -> None:
    near = nearness(library, reading("What is it?"))
    assert near.share(near.of_text("Stores sell lemons.")) == 0
