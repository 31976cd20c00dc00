"""A model run by onnxruntime: the same vectors, open before sentence-transformers is imported.

The only module that imports onnxruntime.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import numpy as np

from askretail_index.arrays import Vectors
from askretail_index.engine import Reading
from askretail_index.late import unit
from askretail_index.onnx_file import Facts
from askretail_ingest.offline import quiet_onnxruntime
from askretail_ingest.spans import Span

if TYPE_CHECKING:
    from askretail_index.tokenizer import Encoding, Tokenizer

# Texts of 256 pieces together are read at once: one long passage, or several short ones. More
# leave the processor's cache: batches of 32 take twice as long (eval/benchmarks.md, "Parts").
PIECES_AT_ONCE = 256

Read = tuple[Vectors, Vectors]  # of a batch: token embeddings, sentence embeddings


class Session(Protocol):
    """The one call that we make of onnxruntime's session, which has no types."""

    def run(self, outputs: None, inputs: dict[str, np.ndarray]) -> Sequence[Vectors]: ...


class OnnxModel:
    """A model exported by ``TorchModel.write_onnx``, with the tokenizer of its folder."""

    def __init__(self, session: Session, tokenizer: "Tokenizer", facts: Facts) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._facts = facts

    @property
    def dim(self) -> int:
        return self._facts.dim

    @property
    def is_mean_of_words(self) -> bool:
        return self._facts.is_mean_of_words

    def embed(self, texts: Sequence[str]) -> Vectors:
        prompt = self._facts.document_prompt
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, read in self.read([f"{prompt}{text}" for text in texts]):
            rows[row] = read.vector
        return rows

    def embed_query(self, text: str) -> Vectors:
        ((_, read),) = self.read([f"{self._facts.query_prompt}{text}"])
        return read.vector

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        encodings = [self._tokenizer.encode(text) for text in texts]
        # By pieces, not by characters: single words of one length have from one piece to five.
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids), reverse=True)
        batches = batched([encodings[i] for i in order])
        if len(batches) < 2:  # a question: no thread is quicker than one
            yield from zip(order, chain.from_iterable(map(self._read, batches)), strict=True)
            return
        # One thread a core and one text at a time: faster than one text on all cores. What is
        # read is taken while the next is being read, and its words are not held any longer.
        with ThreadPoolExecutor(cores(), thread_name_prefix="embed") as pool:
            yield from zip(order, chain.from_iterable(pool.map(self._read, batches)), strict=True)

    def _read(self, batch: Sequence["Encoding"]) -> list[Reading]:
        longest = max(len(one.ids) for one in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.int64)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        words, whole = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return [
            Reading(vector, row[: len(one.ids)], _offsets(one))
            for one, vector, row in zip(batch, unit(whole), words, strict=True)
        ]


def _offsets(one: "Encoding") -> tuple[Span, ...]:
    return tuple(one.offsets)


def batched(encodings: Sequence["Encoding"]) -> list[list["Encoding"]]:
    """Return the encodings in their order, cut where a batch would hold more pieces than is best.

    Padding counts: a batch is as wide as its longest text.
    """
    batches: list[list[Encoding]] = []
    for one in encodings:
        last = batches[-1] if batches else []
        widest = max(len(other.ids) for other in [*last, one])
        if last and widest * (len(last) + 1) <= PIECES_AT_ONCE:
            last.append(one)
        else:
            batches.append([one])
    return batches


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS, Windows


def open_session(data: bytes) -> Session:
    """Return a session over the bytes of an ONNX file.

    Raises ``ImportError`` without onnxruntime, ``ValueError`` for bytes that are no model.
    """
    quiet_onnxruntime()
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    try:
        session: Session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"]
        )
    except (
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NotImplemented,
        state.RuntimeException,
    ) as error:
        raise ValueError(f"not a model that onnxruntime reads ({error})") from error
    return session
