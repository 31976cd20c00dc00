"""An answer as JSON from which it is made again, equal in every part.

Documents stay in their library. The JSON names each by the sha-256 of its file, and keeps the
pieces that were quoted: with these the answer can be shown after a document has left.
"""

import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, Union, get_args, get_origin, get_type_hints

from askretail.fields import Fields, Misfit
from askretail.nouns import Answer, Citation, Span
from askretail.serialise import text_sha256
from askretail_index.versions import Lookup
from askretail_ingest.nouns import Document, Metadata, Page

Documents = Mapping[str, Document]

NONE: Documents = types.MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of a document that an answer shows."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer keeps of a document that it quotes."""

    id: str
    source: str
    text_sha256: str
    metadata: Metadata
    pages: tuple[Page, ...]  # those with pieces
    pieces: tuple[Piece, ...]


def answer_to_json(answer: Answer) -> str:
    """Return an answer, with what it keeps of its documents."""
    sources = [encode(source) for source in _sources(answer)]
    return json.dumps({"answer": encode(answer), "sources": sources})


def answer_from_json(text: str, lookup: Lookup) -> Answer:
    """Return the answer with the documents as the library has them; raises Misfit."""
    value = Fields.read(text)
    documents = {}
    for part in value.parts("sources"):
        source = decode(Source, part.values)
        if not isinstance(source, Source):
            raise Misfit("sources are none")
        documents[source.id] = _document(source, lookup)
    answer = decode(Answer, value.part("answer").values, documents)
    if not isinstance(answer, Answer):
        raise Misfit("answer is none")
    return answer


def citations_in(value: object) -> Iterator[Citation]:
    """Yield every citation that a noun holds, wherever it stands in it."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from citations_in(part)
    elif is_dataclass(value) and not isinstance(value, Document):
        for field in fields(value):
            yield from citations_in(getattr(value, field.name))


def encode(value: object) -> object:
    """Return a noun as JSON values, a document as its sha-256."""
    if isinstance(value, Document):
        return value.id
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"{type(value).__name__} has no JSON form: give the noun plain fields")


def decode(
    kind: object, value: object, documents: Documents = types.MappingProxyType({})
) -> object:
    """Return the noun of this kind that ``encode`` made ``value`` of; raises Misfit.

    A field that the JSON lacks has its default, so that nouns may grow.
    """
    if kind is Document:
        return _of(documents, value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun(kind, value, documents)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = next(one for one in arguments if one is not type(None))
        return None if value is None else decode(inner, value, documents)
    if origin is tuple and isinstance(value, list):
        kinds = arguments[:1] * len(value) if arguments[-1] is ... else arguments
        if len(kinds) == len(value):
            return tuple(decode(k, v, documents) for k, v in zip(kinds, value, strict=True))
    if origin is Literal and value in arguments:
        return value
    if kind is Decimal and isinstance(value, str):
        return _decimal(value)
    if kind is float and isinstance(value, int | float):
        return float(value)
    if isinstance(kind, type) and isinstance(value, kind):
        return value
    raise Misfit(f"{value!r:.40} is no {kind}")


def _of(documents: Documents, value: object) -> Document:
    if not isinstance(value, str) or value not in documents:
        raise Misfit(f"{value!r:.40} is none of its documents")
    return documents[value]


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Misfit(f"{text!r:.40} is no number") from error


def _noun(kind: type, value: object, documents: Documents) -> object:
    if not isinstance(value, dict):
        raise Misfit(f"{value!r:.40} is no {kind.__name__}")
    hints = get_type_hints(kind)
    given = {
        name: decode(hints[name], part, documents) for name, part in value.items() if name in hints
    }
    make: Callable[..., object] = kind
    try:
        return make(**given)
    except TypeError as error:
        raise Misfit(f"{kind.__name__}: {error}") from error


def _sources(answer: Answer) -> list[Source]:
    """Return what to keep of each document, in order of appearance."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations_in(answer):
        cited.setdefault(citation.document.id, []).append(citation)
    return [_source(citations) for citations in cited.values()]


def _source(citations: Sequence[Citation]) -> Source:
    document = citations[0].document
    spans = [
        s for c in citations for s in (Span("title", c.page, c.start, c.end, c.quote), *c.context)
    ]
    pieces = dict.fromkeys(Piece(span.start, span.text) for span in spans)
    numbers = {span.page for span in spans}
    return Source(
        document.id,
        document.source,
        text_sha256(document),
        document.metadata,
        tuple(page for page in document.pages if page.number in numbers),
        tuple(pieces),
    )


def _document(source: Source, lookup: Lookup) -> Document:
    """Return the library's document, or what is left of it when it is gone or was read anew."""
    held = lookup(source.id, source.source).quoted
    if held is not None and text_sha256(held) == source.text_sha256:
        return held
    return Document(source.id, source.source, _patched(source), source.pages, source.metadata)


def _patched(source: Source) -> str:
    """Return the pieces at their places in an otherwise blank text."""
    text = ["\n"] * max((p.start + len(p.text) for p in source.pieces), default=0)
    for piece in source.pieces:
        text[piece.start : piece.start + len(piece.text)] = piece.text
    return "".join(text)
