"""The text of a PDF as an engine gives it, page by page, before we arrange it.

As a program it writes pdfium's pages as one JSON list: a file that crashes pdfium then does so
in a process of its own.
"""

import json
import subprocess
import sys
from pathlib import Path

from askretail_ingest.pypdf_text import quiet

SECONDS = 60.0


def pdfium_pages(path: Path) -> list[str]:
    """Return the text of every page; raises ``pypdfium2.PdfiumError`` for a broken file."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as file:
        return [page.get_textpage().get_text_bounded() for page in file]


def pypdf_pages(path: Path, *, most: int | None = None) -> list[str]:
    """Return the text of every page, or of the first ``most``."""
    import pypdf

    with quiet():
        return [page.extract_text() or "" for page in pypdf.PdfReader(path).pages[:most]]


def pdfium_pages_apart(path: Path) -> list[str]:
    """Return pdfium's pages, read in another process; none when it fails, crashes or hangs."""
    command = [sys.executable, "-m", "askretail_eval.fidelity_plain", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.SubprocessError:
        return []
    return [str(page) for page in json.loads(done.stdout)]


if __name__ == "__main__":
    json.dump(pdfium_pages(Path(sys.argv[1])), sys.stdout)
