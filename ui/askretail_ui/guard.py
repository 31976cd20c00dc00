"""What every request passes: whose it may be, how large it may be, and the headers of the reply."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askretail_ingest.errors import BadSetting

_HEARSAY = (b"x-forwarded-", b"x-gradio-server")
_NAME = re.compile(r"[a-z0-9.-]+(?::\d+)?|\[[0-9a-f:]+\](?::\d+)?")

# Gradio compiles templates in the page and writes styles inline: hence the two "unsafe" words.
# Everything else is ours alone, so that no document can make the page load from elsewhere.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "script-src-attr 'none'",
        "frame-src 'none'",
        "worker-src 'none'",
        "media-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# A PDF is shown by the browser's own viewer, which is an object; nothing in it may run or load.
FILES = "/original/"
FILE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'self'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
UPLOAD = "/gradio_api/upload"  # the one path whose bodies are files


@dataclass(frozen=True, slots=True)
class Public:
    """The address that people type to reach the page through a proxy with a login."""

    scheme: str
    host: str  # with its port, if it is not the usual one


def public_address(url: str) -> Public:
    """Return the parts of an address; raises ``BadSetting`` for anything but scheme and host."""
    parts = urlsplit(url)
    host = parts.netloc.lower()
    whole = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not _NAME.fullmatch(host) or url != whole:
        raise BadSetting(
            f"--behind-proxy takes the address that people type, such as "
            f"https://ask.example.com, not {url!r}"
        )
    return Public(parts.scheme, host)


class TooLarge(Exception):
    """A body went on beyond its limit."""


class Guard:
    """Lets only this machine's own pages in, and sets the security headers on every reply.

    A page of another site can make the browser send requests to this port, and can point its own
    name at 127.0.0.1; ``Host`` and ``Origin`` give both away. ``public`` is the address under
    which a proxy with a login shows the page: then that one is let in too.
    """

    def __init__(
        self, app: ASGIApp, *, max_body: int, max_upload: int, public: Public | None = None
    ) -> None:
        self._app = app
        self._max_body = max_body
        self._max_upload = max_upload
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # the page has none, and a browser asks for no leave
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        begun = False

        async def sealed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(_headers(scope["path"]))
            await send(message)

        limit = self._max_upload if scope["path"].startswith(UPLOAD) else self._max_body
        refusal = self._refusal(headers, limit)
        try:
            app = refusal or self._app
            await app(self._as_seen(scope, headers), _limited(receive, limit), sealed)
        except TooLarge:
            if not begun:
                await _too_large(limit)(scope, receive, sealed)

    def _refusal(self, headers: Headers, limit: int) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not self._is_public(host) and _hostname(host) not in LOOPBACK:
            here = "127.0.0.1 and localhost" if self._public is None else self._public.host
            return PlainTextResponse(f"askretail answers on {here} only.\n", 421)
        origin = headers.get("origin", "")
        if origin and origin != self._origin(host):
            return PlainTextResponse("Requests of other sites are refused.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            return _too_large(limit)
        return None

    def _is_public(self, host: str) -> bool:
        return self._public is not None and host.lower() == self._public.host

    def _origin(self, host: str) -> str:
        """Return the only origin whose requests to ``host`` are the page's own."""
        if self._public is not None and self._is_public(host):
            return f"{self._public.scheme}://{self._public.host}"
        return f"http://{host}"

    def _as_seen(self, scope: Scope, headers: Headers) -> Scope:
        """Return a request with the scheme that people see, and without a word of who sent it on.

        Gradio would build the addresses of the page from such headers, whoever wrote them.
        """
        kept = [pair for pair in scope["headers"] if not pair[0].startswith(_HEARSAY)]
        public = self._public if self._is_public(headers.get("host", "")) else None
        scheme = scope["scheme"] if public is None else public.scheme
        return {**scope, "headers": kept, "scheme": scheme}


def _limited(receive: Receive, limit: int) -> Receive:
    """Return ``receive`` that raises when a body is longer than its length was said to be."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise TooLarge
        return message

    return counted


def _too_large(limit: int) -> PlainTextResponse:
    return PlainTextResponse(f"At most {limit:,} bytes a request.\n", 413)


def _headers(path: str) -> dict[str, str]:
    return HEADERS | {"content-security-policy": FILE_POLICY} if path.startswith(FILES) else HEADERS


def _hostname(authority: str) -> str:
    """Return the host of ``host:port``, an IPv6 address without its brackets."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0].lower()
