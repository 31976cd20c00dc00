import os
from pathlib import Path

import pytest

from askretail_index.doctor import examine
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.lexical import search_passages, word_query
from askretail_index.library import Library
from askretail_index.report import IngestReport, Progress, Skip

from .made import BRIEF, NOTE, Counting, content, filled, make_library, originals, sources

CHANGED = NOTE.replace("42", "57")


def found_by_words(library: Library, question: str) -> list[str]:
    """The texts of the passages that hold any word of a question, best first."""
    hits = search_passages(library.store, word_query(question), 10)
    return [s.passage.text for s in library.store.passages([i for i, _ in hits])]


def found_by_meaning(library: Library, question: str) -> list[str]:
    hits = library.vectors.search(library.embedder.embed_query(question), 3)
    return [s.passage.text for s in library.store.passages([i for i, _ in hits])]


def test_the_first_ingest_loads_every_file_in_order(library: Library) -> None:
    assert sources(library) == ["brief.md", "note.txt", "page.html", "paper.pdf"]
    assert examine(library.folder) == []


def test_unchanged_files_are_skipped_and_nothing_is_embedded(
    library: Library, documents: Path
) -> None:
    before, generation = content(library), library.store.generation()
    report = ingest(library, [documents])
    assert report.unchanged == ("brief.md", "note.txt", "page.html", "paper.pdf")
    assert (report.loaded, report.replaced, report.embedded) == ((), (), 0)
    assert content(library) == before
    assert library.store.generation() == generation


def test_a_changed_file_replaces_its_document_by_words_and_by_meaning(
    library: Library, documents: Path
) -> None:
    assert "42 in spring" in found_by_meaning(library, "pickup points")[0]
    (documents / "note.txt").write_text(CHANGED)
    report = ingest(library, [documents])
    assert report.replaced == ("note.txt",)
    assert len(report.unchanged) == 3
    assert len(sources(library)) == 4
    assert "57 in spring" in found_by_words(library, "pickup")[0]
    assert "57 in spring" in found_by_meaning(library, "pickup points")[0]
    assert not any("42 in spring" in text for text in found_by_words(library, "pickup points"))


def test_a_superseded_version_can_be_read_by_its_hash_with_its_pages_and_original(
    library: Library, documents: Path
) -> None:
    store = library.store
    old = next(d for d in map(store.document, store.document_ids()) if d.source == "note.txt")
    (documents / "note.txt").write_text(CHANGED)
    ingest(library, [documents])
    again = Library(library.folder, library.embedder).store.version(old.id)
    assert again == old
    assert "42 in spring" in again.text
    assert library.original(old.id, old.source).read_text() == NOTE
    with pytest.raises(KeyError):
        store.version("0" * 64)


def test_the_current_version_of_a_hash_goes_before_a_superseded_one(
    library: Library, documents: Path
) -> None:
    for text in (CHANGED, NOTE):
        (documents / "note.txt").write_text(text)
        ingest(library, [documents])
    store = library.store
    current = next(n for n in store.document_ids() if store.document(n).source == "note.txt")
    assert store.version(store.document(current).id) is store.document(current)


def test_a_failed_reingest_leaves_the_old_version_answering(
    library: Library, documents: Path
) -> None:
    before = content(library)
    (documents / "note.txt").write_bytes(bytes(range(256)) * 9)
    report = ingest(library, [documents])
    assert [skip.name for skip in report.skipped] == ["note.txt"]
    assert not report.complete
    assert content(library) == before
    assert "42 in spring" in found_by_meaning(library, "pickup points")[0]


def test_a_bad_file_is_a_line_of_the_report_and_the_others_are_taken(
    tmp_path: Path, embedder: Embedder
) -> None:
    texts = {"a.txt": "", "b.txt": NOTE, "c.txt": BRIEF}
    (tmp_path / "c.txt.meta.toml").write_text("title = ")
    library, report = filled(tmp_path, embedder, texts)
    assert report.loaded == ("b.txt",)
    assert [skip.name for skip in report.skipped] == ["a.txt", "c.txt"]
    assert report.skipped[0].reason == "a.txt: an empty file"
    assert "c.txt.meta.toml: not valid TOML" in report.skipped[1].reason
    assert sources(library) == ["b.txt"]


def test_equal_bytes_under_another_name_are_reported_with_the_name_that_has_them(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, report = filled(tmp_path, embedder, {"a.txt": NOTE, "b.txt": NOTE})
    assert report.duplicate == (Skip("b.txt", "same bytes as a.txt"),)
    assert sources(library) == ["a.txt"]
    (tmp_path / "c.txt").write_text(NOTE)
    assert ingest(library, [tmp_path / "c.txt"]).duplicate == (
        Skip("c.txt", "same bytes as a.txt"),
    )


def test_a_file_that_became_a_duplicate_leaves_the_search_and_comes_back(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.txt": BRIEF})
    (tmp_path / "b.txt").write_text(NOTE)
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    assert ingest(library, files).duplicate == (Skip("b.txt", "same bytes as a.txt"),)
    assert sources(library) == ["a.txt"]
    assert found_by_words(library, "parcels") == []
    library.remove(["a.txt"])
    assert ingest(library, files[1:]).loaded == ("b.txt",)
    assert "42 in spring" in found_by_words(library, "pickup")[0]


def test_a_renamed_file_takes_its_document_along_and_embeds_nothing_anew(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.md": BRIEF})
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    report = ingest(library, [tmp_path / "b.md"])
    assert (report.replaced, report.duplicate, report.embedded) == (("b.md",), (), 0)
    assert sources(library) == ["b.md"]
    assert content(library)["documents"][0][1] == str(tmp_path / "b.md")
    assert ingest(library, [tmp_path / "b.md"]).unchanged == ("b.md",)


def test_two_files_that_swap_their_names_keep_both_texts(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.txt": BRIEF})
    (tmp_path / "a.txt").write_text(BRIEF)
    (tmp_path / "b.txt").write_text(NOTE)
    report = ingest(library, [tmp_path / "a.txt", tmp_path / "b.txt"])
    assert (report.duplicate, report.skipped) == ((), ())
    store = library.store
    now = {d.source: d.text for d in map(store.document, store.document_ids())}
    assert "twelve parcels" in now["a.txt"]
    assert "42 in spring" in now["b.txt"]
    assert len(now) == len(sources(library)) == 2


def test_an_upload_of_equal_bytes_is_a_duplicate_though_the_first_upload_is_gone(
    tmp_path: Path, embedder: Embedder
) -> None:
    library = make_library(tmp_path, embedder)
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    for name in ("a.txt", "b.txt"):
        (uploads / name).write_text(NOTE)
        report = ingest(library, [uploads / name])
        (uploads / name).unlink()
    assert report.duplicate == (Skip("b.txt", "same bytes as a.txt"),)


def test_documents_whose_file_left_a_folder_are_named_and_can_be_removed(
    library: Library, documents: Path
) -> None:
    (documents / "note.txt").unlink()
    assert ingest(library, [documents]).unchanged == ("brief.md", "page.html", "paper.pdf")
    assert "note.txt" in sources(library)
    assert library.gone(documents / "elsewhere") == []
    gone = library.gone(documents)
    assert gone == [str(documents / "note.txt")]
    assert library.remove(gone) == ["note.txt"]
    assert sources(library) == ["brief.md", "page.html", "paper.pdf"]


@pytest.mark.parametrize("how", ["sidecar", "catalog"])
def test_new_metadata_embeds_that_document_anew_and_no_other(
    tmp_path: Path, embedder: Embedder, how: str
) -> None:
    counting = Counting(embedder)
    library, _ = filled(tmp_path, counting, {"a.txt": NOTE, "b.md": BRIEF})
    files, before = [tmp_path / "a.txt", tmp_path / "b.md"], library.store.count("vectors")
    if how == "sidecar":
        (tmp_path / "a.txt.meta.toml").write_text('companies = ["Fennel Market"]\n')
    else:
        (tmp_path / "catalog.csv").write_text("file,companies\na.txt,Fennel Market\n")
    counting.texts.clear()
    report = ingest(library, files)
    assert (report.replaced, report.unchanged) == (("a.txt",), ("b.md",))
    store = library.store
    about = {d.source: d.companies for d in map(store.document, store.document_ids())}
    assert about["a.txt"] == ("Fennel Market",)
    assert report.embedded == len(counting.texts) > 0
    assert all(text.startswith("Fennel Market") for text in counting.texts)
    assert all("pickup" in t.lower() or "desk" in t for t in counting.texts)
    assert library.store.count("vectors") == before  # those of the old context are gone
    assert len(originals(library)) == 2
    assert ingest(library, files).unchanged == ("a.txt", "b.md")


def test_an_identical_input_is_embedded_once_and_found_at_every_place(
    tmp_path: Path, embedder: Embedder
) -> None:
    text = "---\ntitle: Twin\ncompanies: [Fennel Market]\n---\n\nEqual words stand in both.\n"
    counting = Counting(embedder)
    library, report = filled(
        tmp_path, counting, {"a.md": text, "b.md": text.replace("---\n\n", "---\n\n\n")}
    )
    assert report.loaded == ("a.md", "b.md")
    assert sum("Equal words" in t for t in counting.texts) == 1
    assert report.embedded == len(counting.texts) == len(set(counting.texts))
    nearest = library.vectors.search(embedder.embed_query("Equal words stand in both"), 2)
    places = library.store.passages([i for i, _ in nearest])
    assert [library.store.document(p.document).source for p in places] == ["a.md", "b.md"]
    assert nearest[0][1] == nearest[1][1]


def test_progress_counts_files_then_inputs(
    tmp_path: Path, documents: Path, embedder: Embedder
) -> None:
    seen: list[Progress] = []
    library = make_library(tmp_path / "library", embedder)
    report = ingest(library, [documents], on_progress=seen.append)
    names = ["brief.md", "note.txt", "page.html", "paper.pdf"]
    assert seen[:4] == [
        Progress("parse", n, 4, name, "loaded") for n, name in enumerate(names, start=1)
    ]
    assert seen[4] == Progress("embed", 0, report.embedded)  # words are found from here on
    assert seen[-1] == Progress("embed", report.embedded, report.embedded)


def test_progress_tells_what_became_of_each_file_as_soon_as_its_words_are_found(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.md": BRIEF})
    texts = {"a.txt": CHANGED, "c.txt": "Lanterns light the yard.\n", "d.txt": CHANGED, "e.txt": ""}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    seen, found = [], []

    def look(progress: Progress) -> None:
        if progress.stage == "parse":
            seen.append((progress.name, progress.outcome, progress.reason))
            found.append(bool(found_by_words(library, "lanterns")))

    files = [tmp_path / name for name in ("a.txt", "b.md", "c.txt", "e.txt")]
    ingest(library, [*files, tmp_path / "d.txt"], on_progress=look)
    assert seen == [
        ("a.txt", "replaced", ""),
        ("b.md", "unchanged", ""),
        ("c.txt", "loaded", ""),
        ("e.txt", "skipped", "e.txt: an empty file"),
        ("d.txt", "duplicate", "same bytes as a.txt"),
    ]
    assert found == [False, False, True, True, True]


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from askretail_index import ingest as module

    taken = module.draft_apart

    def slow(path: Path) -> object:
        draft = taken(path)
        path.write_text(CHANGED)
        return draft

    monkeypatch.setattr("askretail_index.apart.draft_apart", slow)
    _, report = filled(tmp_path, embedder, {"a.txt": NOTE})
    assert report.skipped == (Skip("a.txt", "a.txt: changed while it was read; ingest it again"),)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_skipped_by_its_reason(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "a.txt").write_text(NOTE)
    (tmp_path / "a.txt").chmod(0)
    library = make_library(tmp_path / "library", embedder)
    report: IngestReport = ingest(library, [tmp_path / "a.txt"])
    assert "Permission denied" in report.skipped[0].reason
