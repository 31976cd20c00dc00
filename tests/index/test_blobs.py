"""What was read of passages is read once, and never of an older state of the library."""

from pathlib import Path

import pytest

from askretail_index import lately
from askretail_index.blobs import blobs_of
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.lately import Blobs, Lately

from .made import filled

NOTES = {"a.md": "# Lockers\n\nParcels wait.\n", "b.md": "# Vans\n\nVans bring parcels.\n"}


def test_what_is_in_memory_is_what_the_database_has(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    ids = [row["id"] for row in library.store.db.execute("SELECT id FROM passages")]
    first = blobs_of(library.store, ids)
    assert list(first) == ids
    assert all(blob.spans and blob.text for blob in first.values())
    queries: list[str] = []
    library.store.db.set_trace_callback(queries.append)
    assert blobs_of(library.store, [*reversed(ids), 9_999]) == first
    library.store.db.set_trace_callback(None)
    assert not any(" IN (1" in query or str(ids[0]) in query for query in queries)


def test_a_changed_library_is_read_anew(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, NOTES)
    ids = [row["id"] for row in library.store.db.execute("SELECT id FROM passages")]
    blobs_of(library.store, ids)
    (tmp_path / "c.md").write_text("# Drones\n\nDrones bring letters.\n", encoding="utf-8")
    ingest(library, [tmp_path / "c.md"])
    library.remove(["a.md"])
    new = max(row["id"] for row in library.store.db.execute("SELECT id FROM passages"))
    assert list(blobs_of(library.store, [*ids, new])) == [ids[1], new]


def test_memory_is_given_up_where_too_much_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "MOST_BYTES", 10)
    kept = Lately()
    now = 7, "a"
    one, two = Blobs(b"123456", b"", b""), Blobs(b"12", b"34", b"5")
    kept.keep(now, {1: one})
    assert kept.known(now, [1, 2]) == {1: one}
    kept.keep(now, {2: two})
    assert kept.known(now, [1, 2]) == {2: two}
    assert kept.known((7, "b"), [1, 2]) == {}
