import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from askretail_index.embed import Embedder, Vectors
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.vectors import VectorIndex, load_vectors
from askretail_ingest.errors import StaleLibrary

from .made import BRIEF, NOTE, filled, make_library

DIM = 512
QUESTIONS = ("pickup points in spring", "parcels in a locker", "coffee", "nothing of the kind")


def brute_force(
    library: Library, vector: Vectors, k: int, within: Sequence[tuple[int, int]] | None = None
) -> list[tuple[int, float]]:
    """The k nearest passages by numpy, best first, ties to the lower id."""
    ids, vectors = load_vectors(library.store, DIM)
    scored = [
        (int(i), float(score))
        for i, score in zip(ids, vectors @ vector, strict=True)
        if within is None or any(first <= i <= last for first, last in within)
    ]
    # FAISS and numpy add in another order: what differs by less than 1e-6 is a tie.
    return sorted(scored, key=lambda item: (-round(item[1], 6), item[0]))[:k]


def check_equal(found: list[tuple[int, float]], wanted: list[tuple[int, float]]) -> None:
    assert [i for i, _ in found] == [i for i, _ in wanted]
    assert np.allclose([s for _, s in found], [s for _, s in wanted], atol=1e-6)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Library:
    """A library of 24 notes with many sentences in common, so that many vectors are equal."""
    folder = tmp_path_factory.mktemp("many")
    subjects = ("lockers", "coffee", "parcels")
    texts = {
        f"{n:02}.txt": f"---\ntitle: Note\n---\n\nOne line is of {subjects[n % 3]} in spring.\n\n"
        + " ".join(f"Sentence {word} of the note {n % 4}." for word in subjects)
        for n in range(24)
    }
    for n, name in enumerate(texts):
        (folder / f"{name}.meta.toml").write_text('title = "Note"\n')
        texts[name] += "\n" * n  # other bytes, so no duplicate
    return filled(folder, embedder, texts)[0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_faiss_finds_what_numpy_finds_in_the_same_order(
    library: Library, embedder: Embedder, question: str
) -> None:
    vector = embedder.embed_query(question)
    for k in (1, 3, 1000):
        check_equal(library.vectors.search(vector, k), brute_force(library, vector, k))


def test_equal_scores_go_to_the_lower_ids_wherever_the_list_ends(
    many: Library, embedder: Embedder
) -> None:
    vector = embedder.embed_query("one line is of parcels in spring")
    scores = [score for _, score in brute_force(many, vector, 1000)]
    assert len(set(scores)) < len(scores) // 2
    for k in range(1, many.vectors.size + 2):
        check_equal(many.vectors.search(vector, k), brute_force(many, vector, k))


def test_a_search_within_documents_finds_what_brute_force_finds_in_them(
    many: Library, embedder: Embedder
) -> None:
    ids = many.store.document_ids()
    for documents in (ids[:1], ids[5:8], ids[::5], ids):
        ranges = many.store.passage_ranges(documents)
        for k in (1, 4, 1000):
            vector = embedder.embed_query("sentence coffee of the note 2")
            found = many.vectors.search(vector, k, within=ranges)
            check_equal(found, brute_force(many, vector, k, ranges))
            assert {s.document for s in many.store.passages([i for i, _ in found])} <= {*documents}


def test_a_search_within_nothing_or_for_nothing_finds_nothing(
    library: Library, embedder: Embedder
) -> None:
    vector = embedder.embed_query("pickup")
    assert library.vectors.search(vector, 5, within=[]) == []
    assert library.vectors.search(vector, 5, within=[(10_000, 10_003)]) == []
    assert library.vectors.search(vector, 0) == []
    assert library.store.passage_ranges([10_000]) == []


def test_an_empty_library_finds_nothing(tmp_path: Path, embedder: Embedder) -> None:
    empty = make_library(tmp_path, embedder)
    assert empty.vectors.search(embedder.embed_query("pickup"), 5) == []
    assert empty.vectors.cosines(embedder.embed_query("pickup"), [1, 2]) == []


def test_cosines_come_in_the_order_asked_without_those_that_have_no_vector(
    library: Library, embedder: Embedder
) -> None:
    vector = embedder.embed_query("parcels in a locker")
    wanted = dict(brute_force(library, vector, 1000))
    ids = [*sorted(wanted, reverse=True), 10_000]
    check_equal(library.vectors.cosines(vector, ids), [(i, wanted[i]) for i in ids[:-1]])


def test_a_passage_is_its_own_nearest_with_a_cosine_of_one(library: Library) -> None:
    ids, vectors = load_vectors(library.store, DIM)
    for passage_id, vector in zip(ids.tolist(), vectors, strict=True):
        found = library.vectors.search(vector, 1)
        assert found[0][0] == passage_id
        assert found[0][1] == pytest.approx(1, abs=1e-6)


def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note every making of an index, by its number of dimensions."""
    made: list[int] = []
    build = VectorIndex.build.__func__  # type: ignore[attr-defined]

    def noted(cls: type, store: object, folder: Path, dim: int) -> object:
        made.append(dim)
        return build(cls, store, folder, dim)

    monkeypatch.setattr(VectorIndex, "build", classmethod(noted))
    return made


def corrupt(folder: Path) -> None:
    data = bytearray((folder / "vectors.faiss").read_bytes())
    data[len(data) // 2] ^= 0xFF
    (folder / "vectors.faiss").write_bytes(data)


def shorten(folder: Path) -> None:
    data = (folder / "vectors.faiss").read_bytes()
    (folder / "vectors.faiss").write_bytes(data[: len(data) // 2])


def lose_index(folder: Path) -> None:
    (folder / "vectors.faiss").unlink()


def lose_record(folder: Path) -> None:
    (folder / "vectors.json").unlink()


def garble_record(folder: Path) -> None:
    (folder / "vectors.json").write_text("[1, 2]")


def tell(folder: Path, **changes: object) -> None:
    record = json.loads((folder / "vectors.json").read_text())
    (folder / "vectors.json").write_text(json.dumps({**record, **changes}))


def another_count(folder: Path) -> None:
    tell(folder, count=1)


def another_model(folder: Path) -> None:
    tell(folder, model="f" * 64)


def another_dim(folder: Path) -> None:
    tell(folder, dim=384)


@pytest.mark.parametrize(
    "harm",
    [
        corrupt,
        shorten,
        lose_index,
        lose_record,
        garble_record,
        another_count,
        another_model,
        another_dim,
    ],
)
def test_an_index_file_that_does_not_fit_is_made_again(
    library: Library, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, harm: object
) -> None:
    vector = embedder.embed_query("parcels in a locker")
    wanted = library.vectors.search(vector, 4)
    made = builds(monkeypatch)
    assert Library(library.folder, embedder).vectors.search(vector, 4) == wanted
    assert made == []  # a file that fits is read
    assert callable(harm)
    harm(library.folder)
    assert Library(library.folder, embedder).vectors.search(vector, 4) == wanted
    assert made == [DIM]
    assert Library(library.folder, embedder).vectors.search(vector, 4) == wanted
    assert made == [DIM]


def test_an_index_of_another_library_is_not_taken_for_ours(
    tmp_path: Path, embedder: Embedder
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, _ = filled(tmp_path / "one", embedder, {"a.txt": NOTE})
    two, _ = filled(tmp_path / "two", embedder, {"a.md": BRIEF})
    vector = embedder.embed_query("parcels in a locker")
    wanted = two.vectors.search(vector, 2)
    assert one.vectors.search(vector, 2) != wanted
    for name in ("vectors.faiss", "vectors.json"):
        shutil.copy(one.folder / name, two.folder / name)
    assert Library(two.folder, embedder).vectors.search(vector, 2) == wanted


def test_an_index_of_another_history_of_the_same_library_is_not_taken_for_ours(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    backup = tmp_path / "backup"
    shutil.copytree(library.folder, backup)
    for name, text in (("b.txt", BRIEF), ("c.txt", BRIEF.replace("twelve", "thirty"))):
        (tmp_path / name).write_text(text)
    ingest(library, [tmp_path / "b.txt"])
    _ = library.vectors
    restored = Library(backup, embedder)
    ingest(restored, [tmp_path / "c.txt"])
    assert restored.store.generation() == library.store.generation()
    vector = embedder.embed_query("thirty parcels")
    wanted = brute_force(restored, vector, 3)
    for name in ("vectors.faiss", "vectors.json"):
        shutil.copy(library.folder / name, backup / name)
    check_equal(restored.vectors.search(vector, 3), wanted)


def test_vectors_of_another_size_are_refused_with_the_command_that_mends_them(
    library: Library, embedder: Embedder
) -> None:
    library.store.db.execute("UPDATE vectors SET vector = substr(vector, 1, 100)")
    with pytest.raises(StaleLibrary, match=f"run `askretail rebuild --library {library.folder}`"):
        _ = Library(library.folder, embedder).vectors


def test_a_passage_without_a_vector_is_left_out_until_it_has_one(
    library: Library, embedder: Embedder, documents: Path
) -> None:
    whole = library.vectors.size
    library.store.db.execute("DELETE FROM vectors WHERE input = (SELECT min(input) FROM vectors)")
    other = Library(library.folder, embedder)
    assert other.vectors.size == whole - 1
    assert ingest(other, [documents]).embedded == 1
    assert other.vectors.size == whole
