"""Serving the page on this machine, and nowhere else."""

import os
import signal
import socket
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from askretail_index.report import Progress
from askretail_ingest.errors import AskRetailError, BadSetting
from askretail_ui.guard import LOOPBACK, public_address

if TYPE_CHECKING:
    from fastapi import FastAPI

    from askretail.assistant import Assistant
    from askretail_ui.desk import Desk

GRACE = 1  # seconds that open streams get to end after Ctrl-C

# Gradio and its hub client read these when they are imported; without them both call home.
QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def serve(
    library: Path | None,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    demo: bool = False,
    behind_proxy: str = "",
) -> int:
    """Serve the page until Ctrl-C and return the exit code.

    ``behind_proxy`` is the address under which a proxy with a login shows the page; only then may
    the host be one that other machines can reach. Raises ``BadSetting`` otherwise, or when the
    port is taken.
    """
    public = public_address(behind_proxy) if behind_proxy else None
    with (
        closing(reserve(host, port, any_host=public is not None)) as listener,
        tempfile.TemporaryDirectory() as uploads,
    ):
        os.environ |= QUIET | {"GRADIO_TEMP_DIR": uploads}
        from askretail_ui.app import create_app

        with closing(_desk(library, demo)) as desk:
            Thread(target=_warm, args=(desk.served,), daemon=True).start()
            run(create_app(desk, port=port, public=public), listener)
    return 0


def reserve(host: str, port: int, *, any_host: bool = False) -> socket.socket:
    """Return a socket bound to ``host`` and ``port``; port 0 takes any free one.

    It listens only once the page is ready, so that an early browser is refused and does not hang.
    """
    address = host if any_host and host and host != "localhost" else _loopback(host)
    if not 0 <= port <= 65535:
        raise BadSetting(f"port must be 0 to 65535, not {port}: choose another with --port")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # Only for the seconds after an earlier server ended; a live one still holds the port.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise BadSetting(
            f"port {port} on {host} cannot be used ({error.strerror}): name another with "
            f"--port {port + 1} or PORT={port + 1}"
        ) from error
    return listener


def run(app: "FastAPI", listener: socket.socket) -> None:
    """Serve ``app`` on ``listener`` until the process is told to stop; say where when ready."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            host, port = listener.getsockname()[:2]
            where = f"[{host}]" if ":" in host else host
            sys.stdout.write(f"askretail is ready on http://{where}:{port} (Ctrl-C ends it)\n")
            sys.stdout.flush()

    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=GRACE, proxy_headers=False
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])


def _loopback(host: str) -> str:
    """Return the address of ``host``, which must be this machine's own."""
    if host in LOOPBACK:
        return "127.0.0.1" if host == "localhost" else host
    raise BadSetting(
        f"host {host!r} would show the library to other machines, and the page asks for no "
        "password: use 127.0.0.1, localhost or ::1, and a tunnel such as ssh -L to reach it from "
        "elsewhere; or put a proxy with a login in front, and name the address that people type "
        "with --behind-proxy https://NAME"
    )


def _desk(library: Path | None, demo: bool) -> "Desk":
    from askretail.assistant import Assistant
    from askretail.settings import user_library
    from askretail_index.library import is_library
    from askretail_ui.desk import Desk

    told = _Told()
    served = Assistant.open_sample(told) if demo else Assistant.open(library, on_progress=told)
    return Desk(
        served,
        open_own=lambda: Assistant.open(user_library(), create=True),
        own_exists=lambda: is_library(user_library()),
    )


class _Told:
    """Says on stderr how far the building of the sample is: it takes a minute, once a version."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, progress: Progress) -> None:
        doing = "reading files" if progress.stage == "parse" else "indexing passages"
        line = f"Building the sample library, once a version: {doing}"
        if sys.stderr.isatty():
            end = "\n" if progress.stage == "embed" and progress.done >= progress.total else ""
            sys.stderr.write(f"\r{line} {progress.done} of {progress.total}  {end}")
        elif progress.stage != self._stage:
            sys.stderr.write(f"{line}\n")
        self._stage = progress.stage


def _warm(engine: "Assistant") -> None:
    """Load the model before the first question; what fails here is shown with that question."""
    with suppress(AskRetailError):
        engine.search("strategy", k=1)
