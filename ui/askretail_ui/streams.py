"""The event stream of a page: no answer is lost in the moment in which it closes.

Gradio's server ends the stream of a page when its last event is done. An event that the page asks
for in that moment is accepted, and the page, which has not yet heard that the stream is ending,
waits for the answer on a stream that nobody writes to: for ever. So the acceptance is held back
until the word of the end has been read; the page then opens a new stream.
"""

import asyncio
import json
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAUSE = 0.15  # seconds; on one machine the word of the end takes a few milliseconds
_KEPT = 1000  # sessions whose end is remembered; each is needed for PAUSE only
_STREAM = "/gradio_api/queue/data"
_JOIN = "/gradio_api/queue/join"
_END = b'"close_stream"'


class Streams:
    """Holds back the acceptance of an event for ``PAUSE`` after its page's stream has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended: OrderedDict[str, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path == _STREAM:
            await self._app(scope, receive, self._watched(_session_of(scope), send))
        elif path == _JOIN:
            body = bytearray()
            await self._app(scope, _read_into(body, receive), self._held(body, send))
        else:
            await self._app(scope, receive, send)

    def _watched(self, session: str, send: Send) -> Send:
        """Return ``send`` that notes the end before it is sent.

        Gradio decides on the end and sends it without a pause between, so whatever it accepts
        after the decision finds the note.
        """

        async def watched(message: Message) -> None:
            if _END in message.get("body", b""):
                self._ended.pop(session, None)
                self._ended[session] = asyncio.get_running_loop().time()
                if len(self._ended) > _KEPT:
                    self._ended.popitem(last=False)
            await send(message)

        return watched

    def _held(self, body: bytearray, send: Send) -> Send:
        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                now = asyncio.get_running_loop().time()
                ended = self._ended.get(_session_in(body), now - PAUSE)
                await asyncio.sleep(max(0.0, ended + PAUSE - now))
            await send(message)

        return held


def _session_of(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("session_hash", [""])[0]


def _session_in(body: bytearray) -> str:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):  # Gradio refuses it; there is nothing to hold back
        return ""
    return str(said.get("session_hash", "")) if isinstance(said, dict) else ""


def _read_into(body: bytearray, receive: Receive) -> Receive:
    async def read() -> Message:
        message = await receive()
        body.extend(message.get("body", b""))
        return message

    return read
