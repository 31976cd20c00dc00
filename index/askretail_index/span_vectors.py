"""The vectors of what may be quoted of a passage, stored with one byte a value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from askretail_index.arrays import Vectors
from askretail_index.blobs import blobs_of
from askretail_index.records import Stored, readable
from askretail_index.store import Store
from askretail_ingest.spans import Span, spans

SCALE = 127  # the largest value of a signed byte


@dataclass(frozen=True, slots=True)
class Spans:
    """What may be quoted of a passage, each with its cosines: shape ``(len(places), queries)``.

    A passage that has no vector yet has cosines of 0.
    """

    stored: Stored
    places: tuple[Span, ...]  # in the text of the passage
    cosines: Vectors


def spans_of(store: Store, stored: Sequence[Stored], queries: Vectors) -> list[Spans]:
    """Return the quotable parts of passages; ``queries`` has a row for each question vector."""
    blobs = blobs_of(store, [one.id for one in stored])
    packed = [blobs[one.id].spans if one.id in blobs else None for one in stored]
    return [_scored(one, blob, queries) for one, blob in zip(stored, packed, strict=True)]


def best_cosines(store: Store, ids: Sequence[int], queries: Vectors) -> dict[int, Vectors]:
    """Return, for each passage that has a vector, the cosine of its best quotable part.

    One for each row of ``queries``.
    """
    blobs = {i: blob.spans for i, blob in blobs_of(store, ids).items() if blob.spans}
    if not blobs:
        return {}
    with readable("sentence vectors"):
        records = np.frombuffer(b"".join(blobs.values()), dtype=_record(queries.shape[1]))
    cosines = (records["values"] @ queries.T) * records["scale"][:, None]
    size = records.dtype.itemsize
    firsts = np.cumsum([0, *(len(blob) // size for blob in blobs.values())])[:-1]
    best = np.maximum.reduceat(cosines, firsts, axis=0)
    return dict(zip(blobs, best, strict=True))


def _scored(one: Stored, blob: bytes | None, queries: Vectors) -> Spans:
    if blob is None:
        places = spans(one.passage.text, one.passage.kind)
        return Spans(one, tuple(places), np.zeros((len(places), len(queries)), np.float32))
    with readable("sentence vectors"):
        places, vectors = unpack(blob, queries.shape[1])
    return Spans(one, tuple(places), vectors @ queries.T)


def pack(spans: Sequence[Span], vectors: Vectors) -> bytes:
    """Return spans with their vectors in one byte a value: a quarter of the size of float32."""
    dim = vectors.shape[1]
    scales = np.abs(vectors).max(axis=1, initial=1e-12) / SCALE
    records = np.zeros(len(spans), dtype=_record(dim))
    records["span"] = np.array(spans, dtype=np.int32).reshape(-1, 2)
    records["scale"] = scales
    records["values"] = np.rint(vectors / scales[:, None])
    return records.tobytes()


def unpack(blob: bytes, dim: int) -> tuple[list[Span], Vectors]:
    """Return what ``pack`` stored; a cosine with a unit vector is within 0.005 of the exact one.

    Raises ValueError for a blob of another dimension.
    """
    records = np.frombuffer(blob, dtype=_record(dim))
    spans = [(int(start), int(end)) for start, end in records["span"]]
    return spans, records["values"].astype(np.float32) * records["scale"][:, None]


def fits(blob: bytes, dim: int) -> bool:
    """Return whether a blob holds whole records of this dimension."""
    return len(blob) % _record(dim).itemsize == 0


def _record(dim: int) -> np.dtype[np.void]:
    return np.dtype([("span", "<i4", 2), ("scale", "<f4"), ("values", "i1", (dim,))])
