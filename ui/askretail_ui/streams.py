"""The event stream of a page: no answer is lost in the moment in which it closes.

Gradio's server ends the stream of a page when its last event is done. An event that the page asks
for in that moment is accepted, and the page, which has not yet heard that the stream is ending,
waits for the answer on a stream that nobody writes to: for ever. So such an event is held back
until the word of the end has been read; the page then opens a new stream.
"""

import asyncio
import json
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAUSE = 0.1  # seconds; on one machine the word of the end takes a few milliseconds
_KEPT = 1000  # sessions whose end is remembered; each is needed for PAUSE only
_STREAM = "/gradio_api/queue/data"
_JOIN = "/gradio_api/queue/join"
_END = b'"close_stream"'


class Streams:
    """Holds back an event for ``PAUSE`` after its page's stream has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended: OrderedDict[str, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path == _STREAM:
            await self._app(scope, receive, self._watched(_session_of(scope), send))
        elif path == _JOIN:
            body, replayed = await _whole(receive)
            session = _session_in(body)
            await self._let_close(session)
            await self._app(scope, replayed, self._held(session, send))
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

    def _held(self, session: str, send: Send) -> Send:
        """Return ``send`` that waits too: the stream can end while the event is being accepted."""

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._let_close(session)
            await send(message)

        return held

    async def _let_close(self, session: str) -> None:
        now = asyncio.get_running_loop().time()
        ended = self._ended.get(session, now - PAUSE)
        await asyncio.sleep(max(0.0, ended + PAUSE - now))


def _session_of(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("session_hash", [""])[0]


def _session_in(body: bytes) -> str:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):  # Gradio refuses it; there is nothing to hold back
        return ""
    return str(said.get("session_hash", "")) if isinstance(said, dict) else ""


async def _whole(receive: Receive) -> tuple[bytes, Receive]:
    """Return the body of a request, whose length ``Guard`` limits, and what gives it once more."""
    messages: list[Message] = []
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())
    body = b"".join(message.get("body", b"") for message in messages)

    async def replayed() -> Message:
        return messages.pop(0) if messages else await receive()

    return body, replayed
