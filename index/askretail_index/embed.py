"""Texts to vectors. The only module that imports sentence-transformers, and only when used."""

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from askretail_index.models import ModelFolder, find_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]
BATCH = 32


class Embedder(Protocol):
    """What the index needs of a model; ``sha256`` tells one set of weights from another."""

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

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question: shape ``(dim,)``, length 1."""
        ...


class LocalEmbedder:
    """A sentence-transformers model from a local folder; loads torch at the first embedding."""

    def __init__(self, folder: ModelFolder) -> None:
        self.folder = folder

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
        return int(self._model.get_embedding_dimension() or 0)

    def count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        encode = self._model.encode_document
        vectors = encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def embed_query(self, text: str) -> Vectors:
        encode = self._model.encode_query
        vector = encode(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # A bar of its own would tear ours on stderr.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(str(self.folder.path), device="cpu")

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        file = self.folder.path / "tokenizer.json"
        if file.is_file():
            tokenizer = Tokenizer.from_file(str(file))
        else:  # slow tokenizers have no such file: ask the model for its own
            tokenizer = self._model.tokenizer.backend_tokenizer
        # The file of MiniLM cuts and pads to 128 pieces; a count must do neither.
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def load_embedder(model: str = "") -> LocalEmbedder:
    """Return the embedder that a setting names ("" for the packaged one).

    Raises ModelUnavailable when there is no such model.
    """
    return LocalEmbedder(find_model(model))
