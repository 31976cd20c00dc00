"""An event that is asked for as the stream of its page ends is accepted a moment later."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from starlette.types import Message, Receive, Scope, Send

from askretail_ui import streams
from askretail_ui.streams import PAUSE, Streams

T = TypeVar("T")
END = b'data: {"msg":"close_stream","event_id":null}\n\n'
QUOTED = b'data: {"msg":"process_generating","output":"says \\"close_stream\\" here"}\n\n'


def replies(*chunks: bytes) -> Streams:
    """Return the middleware around an application that replies with these chunks."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/join"):
            await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})

    return Streams(app)


async def call(app: Streams, path: str, query: str = "", body: bytes = b"") -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": f"/gradio_api/queue/{path}", "query_string": query.encode()}
    await app(scope, receive, send)
    return sent


def apart(work: Coroutine[None, None, T]) -> T:
    """Run it in a thread: Playwright keeps a loop running in that of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def slept(monkeypatch: pytest.MonkeyPatch, chunk: bytes, body: bytes) -> float:
    """Return how long the page "a" waits for ``body`` to be accepted, after its stream."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def both() -> None:
        app = replies(chunk)
        await call(app, "data", "session_hash=a")
        sent = await call(app, "join", body=body)
        assert [message["type"][14:] for message in sent] == ["start", "body"]

    monkeypatch.setattr(streams.asyncio, "sleep", sleep)
    apart(both())
    return max(waits)


def said(session: str) -> bytes:
    return json.dumps({"data": [], "session_hash": session}).encode()


def test_an_event_at_the_end_of_the_stream_is_accepted_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert 0.9 * PAUSE < slept(monkeypatch, END, said("a")) <= PAUSE


@pytest.mark.parametrize(
    ("chunk", "body"),
    [
        pytest.param(END, said("b"), id="the stream of another page"),
        pytest.param(QUOTED, said("a"), id="an answer that quotes the word"),
        pytest.param(b"data: {}\n\n", said("a"), id="a stream that goes on"),
        pytest.param(END, b"not JSON", id="a body that is not JSON"),
        pytest.param(END, b"[1]", id="a body without a session"),
        pytest.param(END, b"[" * 100_000, id="a body nested without end"),
    ],
)
def test_nothing_else_waits(monkeypatch: pytest.MonkeyPatch, chunk: bytes, body: bytes) -> None:
    assert slept(monkeypatch, chunk, body) == 0.0


def test_a_stream_that_ends_while_an_event_is_accepted_holds_its_acceptance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def accepting() -> None:
        outer: list[Streams] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"].endswith("/join"):
                await call(outer[0], "data", "session_hash=a")
                await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": END})

        outer.append(Streams(app))
        await call(outer[0], "join", body=said("a"))

    monkeypatch.setattr(streams.asyncio, "sleep", sleep)
    apart(accepting())
    before, at_acceptance = waits
    assert before == 0.0
    assert 0.9 * PAUSE < at_acceptance <= PAUSE


def test_only_so_many_ends_are_remembered() -> None:
    async def many() -> int:
        app = replies(END)
        for number in range(streams._KEPT + 5):
            await call(app, "data", f"session_hash={number}")
        return len(app._ended)

    assert apart(many()) == streams._KEPT
