"""A program for the tests: the page on an engine in memory, until it is told to end.

A process of its own, because Gradio leaves event loops and sockets open, which pytest reports.
"""

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from fake import FakeEngine, served_engine  # type: ignore[import-not-found]

from askretail_ui import server
from askretail_ui.desk import Desk


def main(port: int, kept: str = "") -> None:
    """Serve a sample of three documents, with an empty library of the user's own beside it.

    ``kept`` is a folder whose conversations outlive the program.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(kept or folder)
        os.environ |= server.QUIET | {"GRADIO_TEMP_DIR": str(root / "uploads")}
        from askretail_ui.app import create_app

        own = FakeEngine((), library=root / "own")
        desk = Desk(served_engine(root / "sample"), lambda: own, lambda: False)
        with closing(server.reserve("127.0.0.1", port)) as listener:
            server.run(create_app(desk, port=listener.getsockname()[1]), listener)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0, *sys.argv[2:])
