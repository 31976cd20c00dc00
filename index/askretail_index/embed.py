"""Texts to vectors: what the index needs of a model, and the models on disk that give it."""

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from askretail_index.arrays import Vectors as Vectors
from askretail_index.engine import Engine
from askretail_index.late import pool
from askretail_index.models import ModelFolder, find_model
from askretail_index.tokenizer import load_tokenizer
from askretail_ingest.spans import Span

if TYPE_CHECKING:
    from askretail_index.tokenizer import Tokenizer

Spans = Sequence[Span]

NOTHING = np.zeros((0, 0), np.float32)


class Embedder(Protocol):
    """What the index needs of a model; ``sha256`` tells one set of weights from another."""

    def __hash__(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def dim(self) -> int: ...
    @property
    def max_pieces(self) -> int: ...

    def count(self, text: str) -> int:
        """Return how many word pieces the model makes of a text, special ones left out."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text: shape ``(len(texts), dim)``, rows of length 1."""
        ...

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts and, for each text, those of its spans, rows of length 1."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question: shape ``(dim,)``, length 1."""
        ...


def embed_apart(embedder: Embedder, texts: Sequence[str], spans: Sequence[Spans]) -> list[Vectors]:
    """Return the vectors of the spans of each text, every span read by itself."""
    return [
        embedder.embed_passages([text[start:end] for start, end in places])
        for text, places in zip(texts, spans, strict=True)
    ]


class LocalEmbedder:
    """A sentence-transformers model from a local folder; it is loaded at the first embedding."""

    def __init__(self, folder: ModelFolder) -> None:
        self.folder = folder
        self._opening = threading.Lock()

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def sha256(self) -> str:
        return self.folder.sha256

    @property
    def max_pieces(self) -> int:
        return self.folder.max_pieces

    @property
    def dim(self) -> int:
        return self.engine.dim

    def count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.engine.embed(texts)

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        if not self.engine.is_mean_of_words:
            return self.embed_passages(texts), embed_apart(self, texts, spans)
        vectors = np.zeros((len(texts), self.dim), np.float32)
        parts: list[Vectors] = [NOTHING] * len(texts)
        for row, read in self.engine.read(texts):
            vectors[row] = read.vector
            parts[row] = pool(read.words, read.offsets, spans[row])
        return vectors, parts

    def embed_query(self, text: str) -> Vectors:
        return self.engine.embed_query(text)

    @property
    def engine(self) -> Engine:
        """What runs the model; opened by the first of several threads that ask."""
        with self._opening:
            return self._engine

    @cached_property
    def _engine(self) -> Engine:
        from askretail_index.open_model import open_engine

        return open_engine(self.folder)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        try:
            return load_tokenizer(self.folder.path)
        except FileNotFoundError:  # slow tokenizers have no such file: ask the model for its own
            from askretail_index.torch_model import TorchModel

            return TorchModel(self.folder.path).tokenizer


def load_embedder(model: str = "") -> LocalEmbedder:
    """Return the embedder that a setting names ("" for the packaged one).

    Raises ModelUnavailable when there is no such model.
    """
    return LocalEmbedder(find_model(model))
