import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from askretail_index.doctor import examine
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.lexical import search_passages, word_query
from askretail_index.library import Library

from .made import content, make_library, originals, write_documents

SCRIPT = Path(__file__).with_name("killed.py")
MOMENTS = 50

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def run(documents: Path, folder: Path, *moments: str) -> None:
    subprocess.run([sys.executable, str(SCRIPT), documents, folder, *moments], check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("killed")
    write_documents(made / "documents")
    (made / "documents" / "paper.pdf").unlink()  # its reader costs each run half a second
    run(made / "documents", made, "never")
    return made


@pytest.fixture(scope="module")
def undisturbed(folder: Path, embedder: Embedder) -> dict[str, Any]:
    return content(Library(folder / "never", embedder))


def check_that_it_goes_on(
    folder: Path, when: str, embedder: Embedder, undisturbed: dict[str, Any]
) -> None:
    library = make_library(folder / when, embedder)
    hits = search_passages(library.store, word_query("locker parcels"), 5)
    assert len(library.store.passages([i for i, _ in hits])) == len(hits)
    assert library.vectors.size <= library.store.count("passages")
    ingest(library, [folder / "documents"])
    assert content(library) == undisturbed
    assert library.vectors.size == library.store.count("passages")
    assert sorted(p.suffix for p in (library.folder / "files").iterdir()) == [
        ".html",
        ".md",
        ".txt",
    ]
    assert examine(library.folder) == []


def test_killed_before_the_first_vector_it_answers_by_words_and_goes_on(
    folder: Path, embedder: Embedder, undisturbed: dict[str, Any]
) -> None:
    run(folder / "documents", folder, "embed")
    library = Library(folder / "embed", embedder)
    hits = search_passages(library.store, word_query("locker parcels"), 1)
    stored = library.store.passages([hits[0][0]])[0]
    assert "Each locker holds twelve parcels" in stored.passage.text
    assert library.vectors.search(embedder.embed_query("locker parcels"), 1) == []
    assert library.store.count("vectors") == 0
    check_that_it_goes_on(folder, "embed", embedder, undisturbed)


def test_killed_at_any_moment_the_next_run_ends_in_the_content_of_an_undisturbed_one(
    folder: Path, embedder: Embedder, undisturbed: dict[str, Any]
) -> None:
    last = int((folder / "never.count").read_text())
    moments = sorted(random.Random(20261122).sample(range(1, last), MOMENTS))
    run(folder / "documents", folder, *map(str, moments))
    for moment in moments:
        check_that_it_goes_on(folder, str(moment), embedder, undisturbed)


def test_killed_while_replacing_a_document_the_old_version_or_the_new_one_answers(
    folder: Path, embedder: Embedder
) -> None:
    other = folder / "other"
    write_documents(other)
    for name in ("paper.pdf", "page.html", "brief.md"):
        (other / name).unlink()
    libraries = folder / "replaced"
    library = make_library(libraries / "old", embedder)
    ingest(library, [other])
    library.close()
    note = other / "note.txt"
    note.write_text(note.read_text().replace("42", "57"))
    shutil.copytree(libraries / "old", libraries / "never")
    run(other, libraries, "never")
    last = int((libraries / "never.count").read_text())
    moments = [str(last * part // 8) for part in range(1, 8)]
    for when in moments:
        shutil.copytree(libraries / "old", libraries / when)
    run(other, libraries, *moments)
    seen = set()
    for when in moments:
        library = Library(libraries / when, embedder)
        hits = search_passages(library.store, word_query("pickup points"), 5)
        text = " ".join(s.passage.text for s in library.store.passages([i for i, _ in hits]))
        assert ("42 in spring" in text) != ("57 in spring" in text)
        seen.add("57 in spring" in text)
        ingest(library, [other])
        assert examine(library.folder) == []
        assert len(originals(library)) == 2
    assert seen == {True, False}
