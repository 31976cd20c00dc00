"""Texts to vectors. The only module that imports sentence-transformers, and only when used."""

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from askretail_index.arrays import Vectors as Vectors
from askretail_index.late import pool, unit
from askretail_index.models import ModelFolder, find_model
from askretail_ingest.spans import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

BATCH = 32

Spans = Sequence[Span]


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

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        if not self._is_mean_of_words:
            return self.embed_passages(texts), embed_apart(self, texts, spans)
        rows: list[Vectors] = []
        parts: list[Vectors] = []
        for first in range(0, len(texts), BATCH):
            batch = texts[first : first + BATCH]
            whole, words = self._read(batch)
            rows.append(whole)
            for text, read, places in zip(batch, words, spans[first:], strict=False):
                offsets = self._tokenizer.encode(text).offsets
                parts.append(pool(read[: len(offsets)], offsets[: len(read)], places))
        return np.concatenate(rows or [np.zeros((0, self.dim), np.float32)]), parts

    @cached_property
    def _is_mean_of_words(self) -> bool:
        """Whether a vector is nothing but the mean of the words that the model read."""
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

        _, *rest = self._model
        pooling = [module for module in rest if isinstance(module, Pooling)]
        others = [module for module in rest if not isinstance(module, (Pooling, Normalize))]
        by_mean = [module for module in pooling if module.pooling_mode == "mean"]
        prompted = bool(self._model.prompts.get("document"))
        return len(by_mean) == len(pooling) == 1 and not others and not prompted

    def _read(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts, and of every word piece of each."""
        import torch

        with torch.inference_mode():
            read = self._model(self._model.preprocess(list(texts)))
        whole = unit(read["sentence_embedding"].numpy())
        lengths = read["attention_mask"].sum(dim=1).tolist()
        words = read["token_embeddings"].numpy()
        return whole, [row[:length] for row, length in zip(words, lengths, strict=True)]

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
