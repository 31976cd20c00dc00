"""An index of lists: near to exact, whole where it is filtered, and never one of a stranger."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from askretail_index import seal, vector_file, vectors
from askretail_index.embed import Vectors
from askretail_index.recall import ExactTop
from askretail_index.span_vectors import pack
from askretail_index.store import Store
from askretail_index.vector_rows import load_vectors
from askretail_index.vectors import Facts, VectorIndex
from askretail_index.write import next_generation

DIM = 32
PASSAGES = 3000
CLUSTERS = 60


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make libraries of some thousand passages large ones, with a key of the test's own."""
    monkeypatch.setattr(vectors, "EXACT_MAX", 1000)
    monkeypatch.setattr(vectors, "FIRST_PROBES", 1)
    monkeypatch.setattr(seal, "cache_folder", lambda: tmp_path / "cache")
    seal._key.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A library of ten documents whose passages lie in clusters, as those of real text do."""
    made = Store(tmp_path / "library" / "library.db", create=True)
    generator = np.random.default_rng(3)
    centres = generator.normal(size=(CLUSTERS, DIM))
    rows = centres[generator.integers(CLUSTERS, size=PASSAGES)]
    rows = unit(rows + 0.5 * generator.normal(size=rows.shape))
    with made.transaction() as db:
        for number in range(1, 11):
            db.execute(
                "INSERT INTO documents (id, sha, source, path, text, metadata, told) "
                "VALUES (?, ?, ?, ?, 'x', '{}', '')",
                (number, f"{number}", f"{number}.txt", f"/{number}.txt"),
            )
        db.executemany(
            'INSERT INTO passages (id, document, page, start, "end", section, kind, tokens, '
            "context, input) VALUES (?, ?, 1, 0, 1, '[]', 'text', 1, '', ?)",
            [(i, 1 + (i - 1) // (PASSAGES // 10), f"{i}") for i in range(1, PASSAGES + 1)],
        )
        near = unit(rows + 0.1 * generator.normal(size=rows.shape))
        db.executemany(
            "INSERT INTO vectors VALUES (?, ?, ?)",
            [
                (f"{i}", row.tobytes(), pack([(0, 1)], sentence[None, :]))
                for i, (row, sentence) in enumerate(zip(rows, near, strict=True), start=1)
            ],
        )
        next_generation(db)
    return made


def unit(rows: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)


def questions(n: int) -> Vectors:
    return unit(np.random.default_rng(8).normal(size=(n, DIM)))


def brute_force(
    store: Store, vector: Vectors, k: int, allowed: Sequence[int] | None = None
) -> list[int]:
    ids, rows = load_vectors(store, DIM)
    order = sorted(zip(-(rows @ vector), ids.tolist(), strict=True))
    return [i for _, i in order if allowed is None or i in allowed][:k]


def opened(store: Store) -> VectorIndex:
    return VectorIndex.open(store, store.path.parent, DIM)


def test_a_large_library_is_searched_by_lists_and_says_how_much_they_find(store: Store) -> None:
    index = opened(store)
    assert index.facts.lists == 110  # 2 * the square root of 3000, rounded up
    assert index.facts.probes < index.facts.lists
    assert 0.98 <= index.facts.recall <= 1
    record = json.loads((store.path.parent / "vectors.json").read_text())
    assert record["facts"]["recall"] == index.facts.recall
    _, rows = load_vectors(store, DIM)
    found = [[i for i, _ in index.search(row, 10)] for row in rows[::100]]
    wanted = [brute_force(store, row, 10) for row in rows[::100]]
    same = sum(len(set(a) & set(b)) for a, b in zip(found, wanted, strict=True))
    assert same / (10 * len(found)) >= 0.95


def test_what_lists_find_has_exact_cosines_best_first(store: Store) -> None:
    index = opened(store)
    _, rows = load_vectors(store, DIM)
    for vector in questions(5):
        found = index.search(vector, 20)
        assert found == sorted(found, key=lambda item: (-item[1], item[0]))
        for passage_id, cosine in found:
            assert cosine == pytest.approx(float(rows[passage_id - 1] @ vector), abs=1e-6)
        asked = [7, 2, 5000, 9]
        assert [i for i, _ in index.cosines(vector, asked)] == [7, 2, 9]


@pytest.mark.parametrize("ranges", [[(41, 50)], [(1, 3), (2990, 3000)], [(301, 600)]])
def test_a_search_within_few_passages_finds_all_that_an_exact_one_finds(
    store: Store, ranges: list[tuple[int, int]]
) -> None:
    index = opened(store)
    allowed = [i for first, last in ranges for i in range(first, last + 1)]
    for vector in questions(10):
        found = [i for i, _ in index.search(vector, 10, within=ranges)]
        assert found == brute_force(store, vector, 10, allowed)


def test_probes_are_raised_until_enough_is_found_and_without_success_the_search_is_exact(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MIN_RECALL", 0.5)
    careless = VectorIndex.build(store, store.path.parent, DIM).facts
    monkeypatch.setattr(vectors, "MIN_RECALL", 0.98)
    careful = VectorIndex.build(store, store.path.parent, DIM).facts
    assert careless.recall < 0.98 <= careful.recall
    assert careless.probes < careful.probes
    monkeypatch.setattr(vectors, "MIN_RECALL", 1.01)
    index = VectorIndex.build(store, store.path.parent, DIM)
    assert index.facts == Facts()
    for vector in questions(3):
        assert [i for i, _ in index.search(vector, 10)] == brute_force(store, vector, 10)


def test_a_deleted_passage_is_not_found_again(store: Store) -> None:
    _, rows = load_vectors(store, DIM)
    assert opened(store).search(rows[41], 1)[0][0] == 42
    with store.transaction() as db:
        db.execute("DELETE FROM passages WHERE id BETWEEN 40 AND 50")
        db.execute("DELETE FROM vectors WHERE input NOT IN (SELECT input FROM passages)")
    index = opened(store)
    assert index.size == PASSAGES - 11
    assert not {i for i, _ in index.search(rows[41], 100)} & set(range(40, 51))


def add(store: Store, rows: Vectors) -> list[int]:
    """Add passages with these vectors to the last document; return their ids."""
    first = 1 + store.db.execute("SELECT max(id) FROM passages").fetchone()[0]
    ids = list(range(first, first + len(rows)))
    with store.transaction() as db:
        db.executemany(
            'INSERT INTO passages (id, document, page, start, "end", section, kind, tokens, '
            "context, input) VALUES (?, 10, 1, 0, 1, '[]', 'text', 1, '', ?)",
            [(i, f"{i}") for i in ids],
        )
        packed = pack([(0, 1)], rows[:1])
        pairs = zip(ids, rows, strict=True)
        db.executemany(
            "INSERT INTO vectors VALUES (?, ?, ?)",
            [(f"{i}", r.tobytes(), packed) for i, r in pairs],
        )
        next_generation(db)
    return ids


def test_lists_take_passages_in_and_out_without_being_taught_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = opened(store), questions(5)
    gone = [before.search(one, 1)[0][0] for one in asked]
    monkeypatch.setattr(vectors, "_trained", None)  # whoever teaches lists fails
    new = add(store, asked)
    with store.transaction() as db:
        db.execute(f"DELETE FROM passages WHERE id IN ({','.join(map(str, gone))})")
        next_generation(db)
    after = opened(store)
    assert after.facts == before.facts
    assert after.size == PASSAGES + 5 - len(set(gone))
    for number, one in zip(new, asked, strict=True):
        assert after.search(one, 1) == [(number, pytest.approx(1, abs=1e-5))]
        found = [i for i, _ in after.search(one, 100, within=[(1, PASSAGES + 5)])]
        assert not set(found) & set(gone)


def test_lists_are_taught_again_when_the_library_has_grown_far_beyond_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(store).facts.taught == PASSAGES
    monkeypatch.setattr(vectors, "GROWN_MOST", 1.01)
    add(store, questions(100))
    assert opened(store).facts.taught == PASSAGES + 100


def test_the_nearest_gathered_by_blocks_are_those_of_all_at_once() -> None:
    asked, rows = questions(4), unit(np.random.default_rng(5).normal(size=(200, DIM)))
    exact = ExactTop(asked, top=3)
    for first in range(0, 200, 64):
        block = rows[first : first + 64]
        exact.add(np.arange(first, first + len(block)), block)
    best = np.argsort(-(asked @ rows.T), axis=1)[:, :3].tolist()
    assert exact.recall(best) == 1
    assert exact.recall([[row[0], 900, 901] for row in best]) == pytest.approx(1 / 3)


def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every index file that FAISS is given to read."""
    seen: list[str] = []
    read = vectors._read

    def noted(file: Path, *, mapped: bool) -> object:
        seen.append(vector_file._hash(file))
        return read(file, mapped=mapped)

    monkeypatch.setattr(vectors, "_read", noted)
    return seen


def test_faiss_never_reads_the_index_of_a_stranger(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose record fits the library and its own bytes, but does not carry our mark."""
    found = opened(store).search(questions(1)[0], 5)
    (tmp_path / "cache" / "seal.key").write_bytes(b"k" * 32)  # another user's
    seal._key.cache_clear()
    theirs = store.path.parent / "vectors.faiss"
    theirs.write_bytes(b"evil")
    record = json.loads((store.path.parent / "vectors.json").read_text())
    record["sha256"] = vector_file._hash(theirs)
    (store.path.parent / "vectors.json").write_text(json.dumps(record))
    strange = vector_file._hash(theirs)
    seen = read_files(monkeypatch)
    assert opened(store).search(questions(1)[0], 5) == found
    assert strange not in seen
    assert opened(store).search(questions(1)[0], 5) == found


def test_an_index_that_is_a_link_elsewhere_is_not_followed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(store)
    file = store.path.parent / "vectors.faiss"
    moved = file.rename(tmp_path / "elsewhere.faiss")
    before = moved.read_bytes()
    file.symlink_to(moved)
    built = read_files(monkeypatch)
    opened(store)
    assert len(built) == 1
    assert not file.is_symlink()
    assert moved.read_bytes() == before
