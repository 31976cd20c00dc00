"""What users write about their files, in ``catalog.csv`` and ``<file>.meta.toml``."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from askretail_ingest.decode import decode
from askretail_ingest.errors import BadSetting
from askretail_ingest.frontmatter import hints_of

CATALOG = "catalog.csv"
SIDECAR = ".meta.toml"
_MAX_FIELD = 100_000  # characters in a cell; more is an open quotation mark


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """What somebody says about one file; "" and () where they say nothing."""

    companies: tuple[str, ...] = ()
    period: str = ""  # "2022", "FY2022", "2024Q2", "2026-02"
    type: str = ""  # "10k", "10-Q", "earnings", "news", …
    publisher: str = ""
    source_url: str = ""
    published: str = ""  # ISO date
    title: str = ""


Catalog = Mapping[str, CatalogRow]


def read_catalog(folder: Path) -> dict[str, CatalogRow]:
    """Return the rows of the folder's ``catalog.csv`` by file name, none without such a file.

    Raises ``BadSetting`` when the file has no column "file" or is no table.
    """
    path = folder / CATALOG
    if not path.is_file():
        return {}
    try:
        return _rows(path, decode(path.read_bytes(), path))
    except csv.Error as why:
        raise BadSetting(f"{path}: not a table ({why}); save it again as CSV") from why


def _rows(path: Path, text: str) -> dict[str, CatalogRow]:
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    if "file" not in columns:
        raise BadSetting(f"{path}: no column 'file'; its first line must name the columns")
    reader.fieldnames = columns
    rows = {}
    for record in reader:
        cells = {key: (value or "").strip() for key, value in record.items() if key}
        if cells.get("file"):
            rows[cells["file"]] = _row({k: v for k, v in cells.items() if isinstance(v, str)})
    return rows


def read_sidecar(path: Path) -> CatalogRow | None:
    """Return what ``<file>.meta.toml`` says, or None; raises ``BadSetting`` when it is no TOML."""
    sidecar = path.with_name(path.name + SIDECAR)
    if not sidecar.is_file():
        return None
    try:
        keys = tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as why:
        raise BadSetting(f"{sidecar}: not valid TOML ({why})") from why
    return _row(
        {**{key: str(keys[key]) for key in ("source_url",) if key in keys}, **dict(hints_of(keys))}
    )


def row_of_hints(hints: tuple[tuple[str, str], ...]) -> CatalogRow:
    """Return the keys that a document carries itself, in the form of a row; the first one holds."""
    return _row(dict(reversed(hints)))


def _row(cells: Mapping[str, str]) -> CatalogRow:
    names = (name.strip() for name in cells.get("companies", "").split(";"))
    return CatalogRow(
        companies=tuple(dict.fromkeys(name for name in names if name)),
        period=cells.get("period", ""),
        type=cells.get("type", ""),
        publisher=cells.get("publisher", ""),
        source_url=cells.get("source_url", ""),
        published=cells.get("published", ""),
        title=cells.get("title", ""),
    )
