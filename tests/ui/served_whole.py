"""A program for the tests: the page on the sample and an own library, nothing put in its place.

Only the vectors of what is uploaded wait until the file RELEASE lies in the folder given, so that
a test can ask while they are due.
"""

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from askretail.assistant import Assistant
from askretail_index import library
from askretail_ui import server
from askretail_ui.desk import Desk

RELEASE = "release"
PATIENCE = 300  # s; after it the vectors come anyway, and the test that asks meanwhile fails


def hold(release: Path) -> None:
    """Have the batches of an ingest wait for a file; what a question embeds itself goes on."""
    embed = library.embed_passages

    def later(*given: Any) -> None:
        end = time.monotonic() + PATIENCE
        while not release.exists() and time.monotonic() < end:
            time.sleep(0.05)
        embed(*given)

    library.embed_passages = later


def main(port: int, folder: Path) -> None:
    """Serve until told to end; the library of the user's own is made in the folder."""
    os.environ |= server.QUIET | {"GRADIO_TEMP_DIR": str(folder / "uploads")}
    from askretail_ui.app import create_app

    hold(folder / RELEASE)
    own = folder / "own"
    desk = Desk(
        Assistant.open_sample(),
        open_own=lambda: Assistant.open(own, create=True),
        own_exists=own.exists,
    )
    with closing(server.reserve("127.0.0.1", port)) as listener:
        server.run(create_app(desk, port=listener.getsockname()[1]), listener)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
