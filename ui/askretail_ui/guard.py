"""What every request passes: whose it may be, how large it may be, and the headers of the reply."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Guard:
    """Lets only this machine's own pages in, and sets the security headers on every reply.

    A page of another site can make the browser send requests to this port, and can point its own
    name at 127.0.0.1; ``Host`` and ``Origin`` give both away.
    """

    def __init__(self, app: ASGIApp, *, max_body: int) -> None:
        self._app = app
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(headers)
        await (refusal or self._app)(scope, receive, sealed)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        if _hostname(headers.get("host", "")) not in LOOPBACK:
            return PlainTextResponse("askretail answers on 127.0.0.1 and localhost only.\n", 421)
        origin = headers.get("origin", "")
        if origin and origin.partition("://")[2] != headers["host"]:
            return PlainTextResponse("Requests of other sites are refused.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._max_body:
            return PlainTextResponse(f"At most {self._max_body:,} bytes a request.\n", 413)
        return None


def _hostname(authority: str) -> str:
    """Return the host of ``host:port``, an IPv6 address without its brackets."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0].lower()
