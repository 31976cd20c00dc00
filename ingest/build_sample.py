"""Build the sample library from its sources.

python ingest/build_sample.py            writes the files and the catalogue
python ingest/build_sample.py --check    writes nothing; exit 1 where a file is out of date
"""

import csv
import sys
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

from askretail_ingest.errors import AskRetailError
from sample_builder.source import Format, Source, read_sources

HERE = Path(__file__).parent
SOURCES = HERE / "sample_sources"
TARGET = HERE / "askretail_ingest" / "sample"
CATALOG = "catalog.csv"
COLUMNS = (
    "file",
    "companies",
    "period",
    "type",
    "publisher",
    "source_url",
    "published",
    "title",
)


def render(source: Source) -> bytes:
    """Return the bytes of the document that a source describes."""
    return _writer(source.format, source.look)(source)


def _writer(form: Format, look: str) -> Callable[[Source], bytes]:
    """Return what writes a format, with no more libraries than it needs."""
    if form == "pdf":
        from sample_builder.to_pdf import to_pdf as write
    elif form == "docx":
        from sample_builder.to_word import to_word as write
    elif form == "pptx":
        from sample_builder.to_slides import to_slides as write
    elif form == "xlsx":
        from sample_builder.to_workbook import to_workbook as write
    elif form == "csv":
        from sample_builder.to_delimited import to_delimited as write
    elif form == "eml":
        from sample_builder.to_mail import to_mail as write
    elif look == "filing":
        from sample_builder.to_filing import to_filing as write
    elif form == "html":
        from sample_builder.to_web import to_web as write
    else:
        write = _as_written
    return write


def catalog(sources: Iterable[Source]) -> bytes:
    """Return ``catalog.csv``, one row a document, in the order of the file names."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for source in sorted(sources, key=lambda source: source.file):
        writer.writerow(
            (
                source.file,
                ";".join(source.companies),
                source.period,
                source.type,
                source.publisher,
                source.source_url,
                source.published,
                source.title,
            )
        )
    return out.getvalue().encode()


def build(sources: Path = SOURCES) -> dict[str, bytes]:
    """Return every file of the sample library by name, the catalogue included."""
    found = read_sources(sources)
    return {**{source.file: render(source) for source in found}, CATALOG: catalog(found)}


def main(arguments: list[str]) -> int:
    """Write the sample library, or with ``--check`` say which files are out of date."""
    try:
        files = build()
    except AskRetailError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if "--check" in arguments:
        return _check(files)
    TARGET.mkdir(exist_ok=True)
    for name, data in files.items():
        (TARGET / name).write_bytes(data)
    for stray in _strays(files):
        stray.unlink()
    sys.stdout.write(f"{len(files) - 1} documents and {CATALOG} in {TARGET}\n")
    return 0


def _check(files: dict[str, bytes]) -> int:
    stale = [n for n, data in files.items() if not _holds(TARGET / n, data)]
    stale += [path.name for path in _strays(files)]
    for name in stale:
        sys.stdout.write(f"{name} is out of date: run `python ingest/build_sample.py`\n")
    return 1 if stale else 0


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _strays(files: dict[str, bytes]) -> list[Path]:
    """Return files in the sample folder that no source builds."""
    return sorted(path for path in TARGET.glob("*") if path.is_file() and path.name not in files)


def _as_written(source: Source) -> bytes:
    if source.format == "md" and not source.body.startswith("# "):
        return f"# {source.title}\n\n{source.body}".encode()
    if source.format == "txt" and not source.body.startswith(source.title):
        return f"{source.title}\n\n{source.body}".encode()
    return source.body.encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
