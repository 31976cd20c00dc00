"""Which files are meant: paths, folders and patterns turned into a list of documents."""

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from askretail_ingest.catalog import CATALOG, SIDECAR
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.ocr import is_installed
from askretail_ingest.picture import ENDINGS as PICTURES

ENDINGS = frozenset(
    (
        *(".pdf", ".docx", ".pptx", ".xlsx", ".xlsm", ".csv", ".tsv", ".eml"),
        *(".html", ".htm", ".xhtml", ".md", ".markdown", ".txt"),
        *PICTURES,
    )
)


def find_files(paths: Sequence[Path | str]) -> list[Path]:
    """Return the documents under the paths, each once, in the order given; folders are sorted.

    A folder is searched to its bottom for the endings that we read, pictures only where they can
    be read; a file named by itself is taken whatever its ending. Hidden files, ``catalog.csv`` and
    sidecars are never documents.
    Raises ``UnreadableFile`` for a path that does not exist and a pattern that matches nothing.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_expand(str(path))))
    return list(found)


def _expand(name: str) -> Iterator[Path]:
    path = Path(name).expanduser()
    if path.is_dir():
        yield from _folder(path)
    elif path.exists():
        if not _is_about_others(path):
            yield path
    elif glob.has_magic(name):
        yield from _pattern(path)
    else:
        raise UnreadableFile(f"{name}: no such file or folder")


def _pattern(pattern: Path) -> Iterator[Path]:
    matches = [Path(match) for match in sorted(glob.glob(str(pattern), recursive=True))]
    if not matches:
        raise UnreadableFile(f"{pattern}: no file matches this pattern")
    for match in matches:
        if match.is_dir():
            yield from _folder(match)
        elif _is_document(match):
            yield match


def _folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and _is_document(path):
            yield path


def _is_document(path: Path) -> bool:
    ending = path.suffix.lower()
    known = ending in ENDINGS and (ending not in PICTURES or is_installed())
    return known and not path.name.startswith((".", "~$")) and not _is_about_others(path)


def _is_about_others(path: Path) -> bool:
    return path.name == CATALOG or path.name.endswith(SIDECAR)
