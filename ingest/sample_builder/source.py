"""A source of the sample library: TOML between ``+++`` lines, then a small kind of Markdown."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from askretail_ingest.doctypes import DOC_TYPES
from askretail_ingest.errors import BadSetting
from sample_builder.markup import Block, Heading, parse

Format = Literal["pdf", "docx", "html", "md", "txt", "pptx", "xlsx", "csv", "eml"]

FORMATS: tuple[Format, ...] = ("pdf", "docx", "html", "md", "txt", "pptx", "xlsx", "csv", "eml")
FENCE = "+++"
REQUIRED = ("format", "file", "title", "companies", "type", "publisher", "published")
OPTIONAL = ("period", "source_url", "head", "foot", "columns", "look")


@dataclass(frozen=True, slots=True)
class Source:
    """One document to build; ``body`` is the Markdown as written, without the TOML."""

    path: Path
    format: Format
    file: str
    title: str
    companies: tuple[str, ...]
    type: str  # a value of DOC_TYPES
    publisher: str
    published: str  # ISO date
    period: str  # "FY2023", "Q2 FY2024" or ""
    source_url: str
    head: str
    foot: str
    columns: int
    look: str  # of HTML: "filing" for the markup of filings, "" for plain elements
    body: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body in blocks, without a first heading that only repeats the title."""
        blocks = parse(self.body, self.path.name)
        if blocks and blocks[0] == Heading(1, self.title):
            blocks = blocks[1:]
        return blocks


def read_source(path: Path) -> Source:
    """Return the source in one file; raises ``BadSetting`` naming the file and the key."""
    text = path.read_text(encoding="utf-8")
    parts = text.split(FENCE + "\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise BadSetting(f"{path.name}: the file must start with TOML between two {FENCE} lines")
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{path.name}: the front matter is not TOML: {error}") from error
    _check(path, front)
    return Source(
        path=path,
        format=front["format"],
        file=front["file"],
        title=front["title"],
        companies=tuple(front["companies"]),
        type=front["type"],
        publisher=front["publisher"],
        published=str(front["published"]),
        period=front.get("period", ""),
        source_url=front.get("source_url", ""),
        head=front.get("head", ""),
        foot=front.get("foot", ""),
        columns=front.get("columns", 1),
        look=front.get("look", ""),
        body=parts[2].strip() + "\n",
    )


def read_sources(folder: Path) -> list[Source]:
    """Return every source of a folder in the order of its name; two may not build one file."""
    sources = [read_source(path) for path in sorted(folder.glob("*.md"))]
    seen: dict[str, Path] = {}
    for source in sources:
        if source.file in seen:
            raise BadSetting(
                f"{source.path.name} and {seen[source.file].name} both build {source.file}: "
                "rename one of them"
            )
        seen[source.file] = source.path
    return sources


def _check(path: Path, front: dict[str, object]) -> None:
    missing = [key for key in REQUIRED if not front.get(key)]
    unknown = [key for key in front if key not in REQUIRED + OPTIONAL]
    if missing or unknown:
        raise BadSetting(f"{path.name}: missing keys {missing}, unknown keys {unknown}")
    if front["format"] not in FORMATS:
        raise BadSetting(f"{path.name}: format must be one of {FORMATS}, not {front['format']!r}")
    if not str(front["file"]).endswith(f".{front['format']}"):
        raise BadSetting(f"{path.name}: {front['file']} does not end in .{front['format']}")
    if front["type"] not in DOC_TYPES:
        raise BadSetting(f"{path.name}: type must be one of {DOC_TYPES}, not {front['type']!r}")
    if front.get("columns", 1) not in (1, 2):
        raise BadSetting(f"{path.name}: columns must be 1 or 2, not {front['columns']!r}")
    if front.get("look", "") not in (("", "filing") if front["format"] == "html" else ("",)):
        raise BadSetting(f"{path.name}: look must be 'filing', of HTML, not {front['look']!r}")
