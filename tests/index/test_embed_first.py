"""Passages that a question needs are embedded out of turn, while an ingest goes on."""

import sqlite3
from pathlib import Path

import pytest

from askretail_index import library as library_module
from askretail_index import pending
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library

from .made import make_library

TEXT = "# Quince report\n\n{}\n".format(
    "\n\n".join(f"Desk {word} grew by {n} points. " * 12 for n, word in enumerate("abcd"))
)


class Killed(Exception):
    """Stands for a process that ends while its vectors are due."""


@pytest.fixture
def due(tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library that was read and not embedded."""

    def die(*_: object) -> None:
        raise Killed

    library = make_library(tmp_path / "library", embedder)
    (tmp_path / "quince.md").write_text(TEXT)
    with monkeypatch.context() as patched:
        patched.setattr(library_module, "embed_passages", die)
        with pytest.raises(Killed):
            ingest(library, [tmp_path / "quince.md"])
    assert library.store.count("passages") > 2
    assert library.store.count("vectors") == 0
    return library


def ids(library: Library) -> list[int]:
    return [row["id"] for row in library.store.db.execute("SELECT id FROM passages ORDER BY id")]


def test_only_the_passages_asked_for_are_embedded_and_once(
    due: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *rest = ids(due)
    due.embed_first([second, first])
    assert {i for i, _ in due.vectors.cosines(due.embedder.embed_query("x"), ids(due))} == {
        first,
        second,
    }
    calls = []
    embed = pending.embed_passages
    monkeypatch.setattr(
        pending, "embed_passages", lambda *given: (calls.append(given[2]), embed(*given))
    )
    due.embed_first([first, second])
    assert calls == []
    due.embed_first([first, rest[0]])
    assert [[one.id for one in stored] for stored in calls] == [[rest[0]]]
    due.embed_first([])


def test_the_ingest_that_follows_makes_the_rest(due: Library) -> None:
    first, *rest = ids(due)
    due.embed_first([first])
    assert due.embed_pending() == len(rest)
    assert due.store.count("vectors") == len(ids(due))


def test_a_library_that_cannot_be_written_to_is_left_as_it_is(
    due: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(pending, "embed_passages", refuse)
    due.embed_first(ids(due))
    assert due.store.count("vectors") == 0
