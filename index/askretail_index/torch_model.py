"""A model run by sentence-transformers: any of them, but seconds to load.

The only module that imports torch, transformers and sentence-transformers.
"""

import os
import warnings
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from askretail_index.arrays import Vectors
from askretail_index.engine import Reading
from askretail_index.late import unit
from askretail_index.tokenizer import load_tokenizer, uncut

if TYPE_CHECKING:
    from askretail_index.tokenizer import Tokenizer

BATCH = 32
DOCUMENT_PROMPTS = ("document", "passage", "corpus")  # where sentence-transformers looks, in order
OUTPUTS = ("token_embeddings", "sentence_embedding")
INPUTS = ("input_ids", "attention_mask")
OPSET = 17  # of ONNX: the newest that torch's exporter by tracing writes without reservations


class TorchModel:
    """A sentence-transformers model from a local folder."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # A bar of its own would tear ours on stderr.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._folder = folder
        self._model: SentenceTransformer = SentenceTransformer(str(folder), device="cpu")

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_pieces(self) -> int:
        """How many pieces the model reads, special ones counted; 0 when it does not say."""
        return int(self._model.max_seq_length or 0)

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        try:
            return load_tokenizer(self._folder)
        except FileNotFoundError:  # slow tokenizers have no such file: ask the model for its own
            return uncut(self._model.tokenizer.backend_tokenizer)

    @property
    def query_prompt(self) -> str:
        return self._model.prompts.get("query") or ""

    @property
    def document_prompt(self) -> str:
        prompts = self._model.prompts
        name = next((name for name in DOCUMENT_PROMPTS if name in prompts), None)
        return (prompts[name] or "") if name else ""

    @cached_property
    def is_mean_of_words(self) -> bool:
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

        _, *rest = self._model
        pooling = [module for module in rest if isinstance(module, Pooling)]
        others = [module for module in rest if not isinstance(module, (Pooling, Normalize))]
        by_mean = [module for module in pooling if module.pooling_mode == "mean"]
        return len(by_mean) == len(pooling) == 1 and not others and not self.document_prompt

    def embed(self, texts: Sequence[str]) -> Vectors:
        encode = self._model.encode_document
        vectors = encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def embed_query(self, text: str) -> Vectors:
        encode = self._model.encode_query
        vector = encode(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        for first in range(0, len(texts), BATCH):
            yield from enumerate(self._read(texts[first : first + BATCH]), start=first)

    def _read(self, texts: Sequence[str]) -> Iterator[Reading]:
        import torch

        with torch.inference_mode():
            read = self._model(self._model.preprocess(list(texts)))
        vectors = unit(read["sentence_embedding"].numpy())
        lengths = read["attention_mask"].sum(dim=1).tolist()
        words = read["token_embeddings"].numpy()
        for text, vector, row, length in zip(texts, vectors, words, lengths, strict=True):
            offsets = self.tokenizer.encode(text).offsets[:length]
            yield Reading(vector, row[: len(offsets)], tuple(offsets))

    def write_onnx(self, file: Path) -> None:
        """Write the whole model as ONNX, pooling and all.

        Raises ``RuntimeError`` (of which torch derives its own), ``ImportError`` without onnx.
        """
        import torch

        class Whole(torch.nn.Module):
            def __init__(self, model: torch.nn.Module) -> None:
                super().__init__()
                self.model = model

            def forward(
                self, input_ids: torch.Tensor, attention_mask: torch.Tensor
            ) -> tuple[torch.Tensor, ...]:
                read = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
                return tuple(read[name] for name in OUTPUTS)

        example = self._model.preprocess(["Sales rose.", "A text of a few more words."])
        shapes = {name: {0: "texts", 1: "pieces"} for name in (*INPUTS, OUTPUTS[0])}
        with warnings.catch_warnings():
            # The exporter by tracing is called old; the new one needs three packages more.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Whole(self._model).eval(),
                tuple(example[name] for name in INPUTS),
                str(file),
                input_names=list(INPUTS),
                output_names=list(OUTPUTS),
                dynamic_axes={**shapes, OUTPUTS[1]: {0: "texts"}},
                opset_version=OPSET,
                dynamo=False,
            )


class PairModel:
    """A cross-encoder from a local folder: it reads two texts together."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder

        self._model = CrossEncoder(str(folder), device="cpu", local_files_only=True)

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs))
