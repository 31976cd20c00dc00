"""The page on the sample library, served for the tools that look at it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Serve the sample; give the process and the port, once it is ready. It keeps nothing."""
    command = [sys.executable, "-m", "askretail.cli", "ui", "--demo", "--port", "0"]
    with (
        TemporaryDirectory() as own,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "ASKRETAIL_LIBRARY": own},
        ) as process,
    ):
        try:
            assert process.stdout is not None
            ready = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
            if ready is None:
                sys.exit("the page did not start: see above")
            yield process.pid, int(ready[1])
        finally:
            process.terminate()
