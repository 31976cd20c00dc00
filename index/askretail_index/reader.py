"""One file read in this process and handed over: ``python -m askretail_index.reader FILE [--ocr]``.

The draft, or the words of why there is none, goes to stdout as one object of JSON.
"""

import os
import sys
from pathlib import Path

from askretail_index.handover import Refusal, told
from askretail_ingest.draft import read_draft
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft

OCR = "--ocr"  # read pages that are pictures too
MAX_BYTES = 2 << 30  # of memory, for each of two readers; the largest of 53 filings took 0.5 GB


def main(name: str, *, ocr: bool = False) -> None:
    """Read one file under a limit of memory, and write what became of it."""
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not mix with the draft
    _limit_memory()
    with os.fdopen(out, "wb") as pipe:
        pipe.write(told(_read(Path(name), ocr)))


def _read(path: Path, ocr: bool) -> Draft | Refusal:
    try:
        return read_draft(path, ocr=ocr)
    except UnreadableFile as error:
        return Refusal(str(error))
    except MemoryError:
        pass  # the handler would still hold the memory
    gigabytes = MAX_BYTES >> 30
    return Refusal(
        f"{path.name}: needs more than {gigabytes} GB of memory; split it or leave it out"
    )


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MAX_BYTES if hard == resource.RLIM_INFINITY else min(MAX_BYTES, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):  # macOS refuses it; the limit of time still holds
        return


if __name__ == "__main__":
    main(sys.argv[1], ocr=OCR in sys.argv[2:])
