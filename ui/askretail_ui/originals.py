"""Original files as the browser may have them: a PDF to look at, anything else only to keep.

A web page or a mail of somebody else must never be opened as a page of ours.
"""

from pathlib import PurePath
from typing import TYPE_CHECKING

from fastapi.responses import FileResponse, JSONResponse, Response

from askretail_ui.pages import NoPage, original

if TYPE_CHECKING:
    from askretail_ui.desk import Desk

PDF_MARK = b"%PDF-"  # within the first kilobyte, as viewers demand
HEAD = 1024  # bytes


def original_file(desk: "Desk", sha: str) -> Response:
    """Return the original of a document as a reply, or why there is none."""
    try:
        document, path = original(desk, sha)
    except NoPage as error:
        return JSONResponse({"note": str(error)}, 404)
    with path.open("rb") as file:
        shown = document.source.lower().endswith(".pdf") and PDF_MARK in file.read(HEAD)
    return FileResponse(
        path,
        media_type="application/pdf" if shown else "application/octet-stream",
        filename=PurePath(document.source).name,
        content_disposition_type="inline" if shown else "attachment",
    )
