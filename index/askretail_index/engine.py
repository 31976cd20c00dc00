"""What runs a model: texts in, vectors out. Two do: sentence-transformers, and onnxruntime."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from askretail_index.arrays import Vectors
from askretail_ingest.spans import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a model read it: its vector, and the vector and place of every word piece."""

    vector: Vectors  # of length 1
    words: Vectors
    offsets: tuple[Span, ...]


class Engine(Protocol):
    """A model that has been loaded."""

    @property
    def dim(self) -> int: ...
    @property
    def is_mean_of_words(self) -> bool:
        """Whether a vector is nothing but the mean of the words that the model read."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per passage: shape ``(len(texts), dim)``, rows of length 1."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question: shape ``(dim,)``, length 1."""
        ...

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Yield each passage as it was read, with its place among them, in the quickest order.

        Only where ``is_mean_of_words``.
        """
        ...
