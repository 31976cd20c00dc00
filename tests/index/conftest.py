"""Fixtures of the tests of libraries."""

import shutil
from pathlib import Path

import pytest

from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library

from .made import make_library, write_documents


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A folder with documents of each kind and a library over them, for others to copy."""
    folder = tmp_path_factory.mktemp("built")
    made = make_library(folder / "library", embedder)
    ingest(made, [write_documents(folder / "documents")])
    made.close()
    return folder


@pytest.fixture
def documents(tmp_path: Path, built: Path) -> Path:
    """A folder with a text, a Markdown, an HTML and a PDF file."""
    return shutil.copytree(built / "documents", tmp_path / "documents")


@pytest.fixture
def library(tmp_path: Path, built: Path, documents: Path, embedder: Embedder) -> Library:
    """A library over the documents."""
    library = Library(shutil.copytree(built / "library", tmp_path / "library"), embedder)
    library.store.db.execute(
        "UPDATE documents SET path = replace(path, ?, ?)", (str(built), str(tmp_path))
    )
    return library
