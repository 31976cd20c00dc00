"""The web application: the page, its script, pages of PDFs and ``/healthz``, behind the guard."""

from collections.abc import Callable
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse, JSONResponse, Response

from askretail_ui import page
from askretail_ui.desk import Desk
from askretail_ui.guard import Guard, Public
from askretail_ui.originals import original_file
from askretail_ui.pages import NoPage, shown_page
from askretail_ui.streams import Streams
from askretail_ui.theme import theme

MAX_FILE = 200 * 2**20  # bytes; the largest filings with exhibits stay under 100 MB
MAX_UPLOAD = MAX_FILE + 2**20  # a file and the form around it
MAX_BODY = 2 * 2**20  # anything else: questions and clicks are far below

_HERE = Path(__file__).parent
_CLOSED = {"docs_url": None, "redoc_url": None, "openapi_url": None}
_SCRIPTS = {
    "askretail.js": "page.js",
    "askretail-acts.js": "acts.js",
    "askretail-library.js": "library.js",
    "askretail-drawer.js": "drawer.js",
}
_STYLES = ("page.css", "acts.css", "library.css", "drawer.css", "browse.css")
_HEAD = "".join(f'<script src="/{name}" defer></script>' for name in _SCRIPTS)


def create_app(desk: Desk, *, port: int = 7860, public: Public | None = None) -> FastAPI:
    """Return the application; it serves this machine or a proxy only (see ``guard``)."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Streams)
    app.add_middleware(Guard, max_body=MAX_BODY, max_upload=MAX_UPLOAD, public=public)

    @app.get("/healthz")
    def healthz() -> dict[str, str | int]:
        engine = desk.served
        return {"status": "ok", "documents": len(engine.documents), "passages": engine.passages}

    for name, file in _SCRIPTS.items():
        app.get(f"/{name}")(_sends(_HERE / file))

    @app.get("/page/{sha}/{number}")
    def one_page(sha: str, number: int, start: int = 0, end: int = 0) -> Response:
        try:
            content = shown_page(desk, sha, number, start, end).to_json()
        except NoPage as error:
            return JSONResponse({"note": str(error)}, 404)
        return Response(content, media_type="application/json")

    @app.get("/original/{sha}")
    def one_original(sha: str) -> Response:
        return original_file(desk, sha)

    gr.mount_gradio_app(
        app,
        page.build(desk),
        "/",
        server_name="127.0.0.1",
        server_port=port,
        app_kwargs=dict(_CLOSED),
        blocked_paths=[str(desk.served.library), str(Path.cwd())],
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        max_file_size=MAX_FILE,
        theme=theme(),
        css_paths=[_HERE / name for name in _STYLES],
        head=_HEAD,
    )
    return app


def _sends(script: Path) -> Callable[[], FileResponse]:
    def send() -> FileResponse:
        return FileResponse(script, media_type="text/javascript")

    return send
