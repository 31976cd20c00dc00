"""The assistants that are measured, each with a memory for what it embeds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from askretail.sample import sample_library
from askretail.settings import allowed_model, choose_library
from askretail.studied import Studied
from askretail_eval.cache import CachedEmbedder, default_path
from askretail_eval.named_sets import load_named
from askretail_eval.pool import write_texts
from askretail_eval.questions import Question, load_shipped
from askretail_index.embed import load_embedder
from askretail_ingest.errors import BadSetting


def remembering(model: str = "") -> CachedEmbedder:
    """Return the embedder that a setting names; it computes no vector twice."""
    return CachedEmbedder(load_embedder(model), default_path())


def open_sample() -> Studied:
    """Return the assistant over the sample library, whatever library the user has."""
    embedder = remembering()
    return Studied.open(sample_library(embedder), embedder=embedder)


def open_library(library: Path | None) -> Studied:
    """Return the assistant over a library, or over the one that a user would get."""
    chosen = choose_library(library)
    if chosen is None:
        return open_sample()
    return Studied.open(chosen, embedder=remembering(allowed_model(chosen)))


def asked(name: str, folder: Path, library: Path) -> Iterator[tuple[Studied, Question]]:
    """Yield the questions of a set with whom to ask; the set "sample" is the shipped one."""
    shipped = name == "sample"
    questions = load_shipped() if shipped else load_named(name, folder)
    with open_sample() if shipped else open_library(library) as assistant:
        for question in questions:
            yield assistant, question


def open_pool(folder: Path, library: Path | None) -> Studied:
    """Return the assistant over a library of a pool's texts, which is made or completed."""
    if library is None:
        raise BadSetting(
            "a set in BEIR's form needs a library of its own: --library DIR, which "
            "is made if it is not there"
        )
    assistant = Studied.open(library, create=True, embedder=remembering())
    with tempfile.TemporaryDirectory() as made:  # what is there already is left as it is
        assistant.ingest(write_texts(folder, Path(made)))
    return assistant
