"""Ingest a PDF, ask about it, open the page of the sample and draw a page of one of its PDFs.

What came of it is written as JSON.

Usage: journey.py FOLDER OUT. Each step is a process of its own, as it is for a user.
"""

import hashlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib import resources
from pathlib import Path

DOCUMENT = (
    "Larkfield Stores: strategy update",
    "Larkfield Stores opened 42 pickup points in fiscal 2024, and online sales rose 18 percent.",
    "The company will close its three oldest warehouses by the end of fiscal 2025.",
)
QUESTION = "How many pickup points did Larkfield Stores open in fiscal 2024?"
COMMAND = [sys.executable, "-c", "import sys; from askretail.cli import main; sys.exit(main())"]
PAGE_SECONDS = 300  # the first start builds the sample library


def run(*arguments: str) -> dict[str, object]:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=300)
    return {"code": done.returncode, "stdout": done.stdout, "stderr": done.stderr}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def fetch(url: str) -> int | None:
    """Return the status of a page, or None while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def write_document(path: Path) -> Path:
    """Write the document as a PDF: those are read by a process of their own."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for number, line in enumerate(DOCUMENT):
        canvas.drawString(50, 720 - 40 * number, line)
    canvas.save()
    return path


def sample_pdf() -> str:
    """Return the id of a PDF of the sample."""
    path = resources.files("askretail_ingest") / "sample" / "walmart-healthcare-brief.pdf"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def open_page(folder: Path) -> dict[str, object]:
    port = free_port()
    with (folder / "page.log").open("w") as log:
        command = [*COMMAND, "ui", "--demo", "--port", str(port)]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + PAGE_SECONDS
        health = None
        while health is None and server.poll() is None and time.monotonic() < until:
            time.sleep(0.5)
            health = fetch(f"http://127.0.0.1:{port}/healthz")
        page = fetch(f"http://127.0.0.1:{port}/") if health else None
        drawn = fetch(f"http://127.0.0.1:{port}/page/{sample_pdf()}/1") if health else None
        server.terminate()
        server.wait(timeout=60)
    log = (folder / "page.log").read_text()
    return {"health": health, "page": page, "drawn": drawn, "log": log}


def main(folder: Path, out: Path) -> None:
    document = write_document(folder / "larkfield.pdf")
    library = str(folder / "library")
    steps = {
        "ingest": run("ingest", str(document), "--library", library),
        "ask": run("ask", QUESTION, "--library", library, "--json"),
        "page": open_page(folder),
    }
    out.write_text(json.dumps(steps))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
