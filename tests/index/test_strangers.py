"""A library that came from somebody else is opened safely or refused."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from askretail_index.doctor import examine
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.originals import original_name
from askretail_index.rebuild import rebuild
from askretail_index.span_vectors import best_cosines
from askretail_index.vocabulary import words_of
from askretail_ingest.errors import BadSetting, StaleLibrary


def alter(library: Library, statement: str) -> None:
    library.close()
    with sqlite3.connect(library.folder / "library.db") as db:
        db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM documents; END",
        "CREATE VIEW v AS SELECT * FROM documents",
        "CREATE VIRTUAL TABLE other USING fts5 (words)",
    ],
)
def test_a_database_that_would_run_something_of_its_own_is_refused(
    library: Library, embedder: Embedder, statement: str
) -> None:
    alter(library, statement)
    with pytest.raises(StaleLibrary, match="which is none of ours"):
        Library(library.folder, embedder)


@pytest.mark.parametrize("name", ["library.db", "library.db-wal", "ingest.lock", "files"])
def test_a_link_in_place_of_a_file_of_the_library_is_refused_and_not_followed(
    library: Library, embedder: Embedder, tmp_path: Path, name: str
) -> None:
    library.close()
    own = library.folder / name
    elsewhere = tmp_path / "elsewhere"
    if own.is_dir():
        shutil.move(own, elsewhere)
        (elsewhere / "diary.txt").write_text("mine")
    else:
        elsewhere.write_bytes(own.read_bytes() if own.exists() else b"mine")
        own.unlink(missing_ok=True)
    before = sorted(elsewhere.iterdir()) if elsewhere.is_dir() else elsewhere.read_bytes()
    own.symlink_to(elsewhere)
    with pytest.raises(BadSetting, match=f"{name} is a link"):
        Library(library.folder, embedder)
    assert before == (sorted(elsewhere.iterdir()) if elsewhere.is_dir() else elsewhere.read_bytes())


def test_an_original_that_is_a_link_elsewhere_counts_as_lost(
    library: Library, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mine")
    store = library.store
    note = next(d for d in map(store.document, store.document_ids()) if d.source == "note.txt")
    place = library.original(note.id, note.source)
    place.unlink()
    place.symlink_to(secret)
    assert not library.original(note.id, note.source).exists()
    assert secret.read_text() == "mine"


@pytest.mark.parametrize("sha", ["../../../etc/passwd", "/etc/passwd", "a" * 63, "A" * 64, ""])
def test_what_is_no_hash_never_becomes_part_of_a_path(sha: str) -> None:
    name = original_name(sha, "x/../report.PDF")
    assert Path(name).name == name
    assert len(name.removesuffix(".pdf")) == 64


def test_cleaning_up_deletes_nothing_that_is_not_an_original(
    library: Library, documents: Path
) -> None:
    stranger = library.folder / "files" / "diary.txt"
    stranger.write_text("mine")
    left = library.folder / "files" / f"{'a' * 64}.{'b' * 32}.part"
    left.write_text("of a killed run")
    ingest(library, [documents])
    assert (stranger.exists(), left.exists()) == (True, False)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE documents SET metadata = '{}'", "metadata"),
        ("UPDATE documents SET metadata = '['", "metadata"),
        (
            "UPDATE documents SET metadata = json_set(metadata, '$.title', 3)",
            "metadata",
        ),
        ("UPDATE passages SET section = '3'", "sections"),
        ('UPDATE tables SET spans = \'{"title": 4, "unit": null, "header": []}\'', "tables"),
    ],
)
def test_values_that_we_did_not_write_are_refused_with_the_command_that_mends_them(
    library: Library, embedder: Embedder, statement: str, what: str
) -> None:
    alter(library, statement)
    store = Library(library.folder, embedder).store

    def read_all() -> None:
        for number in store.document_ids():
            store.passages_of(number)
            for row in store.db.execute("SELECT number FROM tables WHERE document = ?", (number,)):
                store.table(number, row[0])

    with pytest.raises(StaleLibrary, match=f"the {what} of a document .* run `askretail rebuild`"):
        read_all()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE words SET vector = x'0001' WHERE id = 2", "words"),
        ("UPDATE words SET inputs = 'many'", "words"),
        ("UPDATE words SET id = 1 << 40 WHERE id = 2", "words"),  # would take 8 TB of memory
        ("UPDATE input_words SET text = x'00'", "words"),
        ("UPDATE vectors SET spans = x'0011'", "sentence vectors"),
        ("UPDATE passages SET page = 999", "passages"),
        ("UPDATE passages SET start = -50", "passages"),
        ("UPDATE documents SET text = x'ff00'", "text"),
        ("UPDATE pages SET number = number + 100", "text"),
    ],
)
def test_a_search_in_a_library_of_odd_values_ends_in_the_command_that_mends_it(
    library: Library, embedder: Embedder, statement: str, what: str
) -> None:
    _ = library.vectors
    alter(library, statement)
    other = Library(library.folder, embedder)
    asked = embedder.embed_query("parcels in a locker")

    def search() -> None:
        ids = [i for i, _ in other.vectors.search(asked, 5)]
        other.store.passages(ids)
        words_of(other.store, other.vocabulary, ids)
        best_cosines(other.store, ids, asked[None, :])

    with pytest.raises(StaleLibrary, match=f"the {what} of a document .* run `askretail rebuild`"):
        search()


@pytest.mark.parametrize("key", ["generation", "dim"])
@pytest.mark.parametrize("value", ["many", "1.5", "-3"])
def test_a_remembered_value_that_is_no_number_is_named_with_its_file_and_the_command_that_mends_it(
    library: Library, key: str, value: str
) -> None:
    alter(library, f"UPDATE meta SET value = '{value}' WHERE key = '{key}'")
    database = library.folder / "library.db"
    wanted = rf"{re.escape(str(database))}: its {key} is '{value}', which is no number: run `"
    with pytest.raises(StaleLibrary, match=wanted):
        _ = library.vectors
    rebuild(library)
    assert library.vectors.size > 0


def test_a_passage_with_an_absurd_number_takes_no_memory(library: Library) -> None:
    alter(library, "UPDATE passages SET id = 1 << 40 WHERE id = (SELECT max(id) FROM passages)")
    ranges = [(1, 3), (1 << 40, 1 << 40)]
    with pytest.raises(StaleLibrary, match="a passage with the number 1099511627776"):
        library.vectors.search(library.embedder.embed_query("locker"), 3, within=ranges)


def test_functions_in_the_schema_are_not_trusted_and_no_extension_is_loaded(
    library: Library,
) -> None:
    db = library.store.db
    assert db.execute("PRAGMA trusted_schema").fetchone()[0] == 0
    with pytest.raises(sqlite3.OperationalError, match="not authorized"):
        db.execute("SELECT load_extension('x')")


def test_a_value_larger_than_any_of_ours_is_not_read(library: Library) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="too big"):
        library.store.db.execute("SELECT zeroblob(300 << 20)")


def overwrite(folder: Path) -> None:
    data = bytearray((folder / "library.db").read_bytes())
    data[8192:12288] = b"\xff" * 4096
    (folder / "library.db").write_bytes(data)


def cut(folder: Path) -> None:
    data = (folder / "library.db").read_bytes()
    (folder / "library.db").write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("harm", [overwrite, cut])
def test_a_corrupted_database_is_refused_or_found_by_the_doctor(
    library: Library, embedder: Embedder, harm: Callable[[Path], None]
) -> None:
    library.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    harm(library.folder)
    try:
        faults = examine(library.folder)
    except StaleLibrary:
        return
    assert faults
