"""The words of passages with a vector each: what ingest stores, and what is read back."""

import math
from pathlib import Path

import numpy as np
import pytest

from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.vocabulary import words_of

from .made import Counting, content, filled, make_library

NOTES = {
    "a.md": "# Lockers\n\nParcels wait in lockers.\n",
    "b.md": "# Lockers\n\nShoppers fetch parcels.\n",
}


def spelled_of(library: Library, passage: int) -> tuple[list[str], list[str]]:
    """Return the words of a passage and of its context line, in alphabetical order."""
    vocabulary = library.vocabulary
    words = list(vocabulary.rows)
    known, text, context = words_of(library.store, vocabulary, [passage])
    assert (known, text.sizes.sum(), context.sizes.sum()) == (
        [passage],
        len(text.rows),
        len(context.rows),
    )
    return sorted(words[row] for row in text.rows), sorted(words[row] for row in context.rows)


def passages(library: Library) -> list[int]:
    return [row["id"] for row in library.store.db.execute("SELECT id FROM passages ORDER BY id")]


def test_every_passage_knows_its_words_and_those_of_its_context_line(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    first, second = passages(library)
    assert spelled_of(library, first) == (["lockers", "parcels", "wait"], ["lockers"])
    assert spelled_of(library, second) == (["fetch", "lockers", "parcels", "shoppers"], ["lockers"])


def test_a_word_has_the_vector_that_the_model_gives_it_alone(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    vocabulary = library.vocabulary
    for word, row in vocabulary.rows.items():
        wanted = embedder.embed_passages([word])[0]
        assert vocabulary.vectors[row] == pytest.approx(wanted, abs=1e-3)  # float16


def test_each_word_is_embedded_once_and_known_ones_never_again(
    tmp_path: Path, embedder: Embedder
) -> None:
    counting = Counting(embedder)
    library, _ = filled(tmp_path, counting, NOTES)
    assert sorted(counting.words) == ["fetch", "lockers", "parcels", "shoppers", "wait"]
    (tmp_path / "c.md").write_text("# Lockers\n\nParcels leave lockers.\n", encoding="utf-8")
    ingest(library, [tmp_path / "c.md"])
    assert counting.words[5:] == ["leave"]


def test_rarer_words_say_more_and_unknown_ones_as_much_as_in_twenty_passages(
    tmp_path: Path, embedder: Embedder
) -> None:
    vocabulary = filled(tmp_path, embedder, NOTES)[0].vocabulary
    assert vocabulary.rarity("parcels") == pytest.approx(math.log(1 + 2 / 3))  # in both
    assert vocabulary.rarity("shoppers") == pytest.approx(math.log(1 + 2 / 2))
    assert vocabulary.rarity("drones") == pytest.approx(math.log(1 + 2 / 21))


def test_counts_follow_a_document_that_is_removed(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    library.remove(["a.md"])
    library.embed_pending()
    counts = {w: int(library.vocabulary.inputs[r]) for w, r in library.vocabulary.rows.items()}
    assert (counts["parcels"], counts["wait"], counts["fetch"]) == (1, 0, 1)
    assert library.vocabulary.total == 1


def test_a_library_made_before_words_were_kept_gets_them_with_the_next_ingest(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    before = content(library)
    for table in ("words", "input_words"):
        library.store.db.execute(f"DROP TABLE {table}")
    library.close()
    again = make_library(tmp_path / "library", embedder)
    assert dict(again.vocabulary.rows) == {}
    assert words_of(again.store, again.vocabulary, passages(again))[0] == []
    ingest(again, [tmp_path / name for name in NOTES])
    assert spelled_of(again, passages(again)[0]) == (["lockers", "parcels", "wait"], ["lockers"])
    assert content(again) == before


def test_a_rebuilt_library_has_the_words_of_the_present_model(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    before = library.vocabulary
    with library.writing():
        library.rebuild_vectors()
    after = library.vocabulary
    assert set(after.rows) == set(before.rows)
    for word, row in after.rows.items():
        assert np.array_equal(after.vectors[row], before.vectors[before.rows[word]])
