"""What every request passes: whose it may be, how large it may be, what it is told."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send

from askretail_ingest.errors import BadSetting
from askretail_ui import server
from askretail_ui.guard import HEADERS, POLICY, Guard, Public, public_address

PUBLIC = Public("https", "ask.example.com")


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body and reply with the address of the page and the headers, as text."""
    while (await receive()).get("more_body"):
        pass
    told = [f"{scope['scheme']}", *(name.decode() for name, _ in scope["headers"])]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": " ".join(told).encode()})


def reply(
    headers: dict[str, str],
    *,
    public: Public | None = None,
    path: str = "/gradio_api/queue/join",
    body: Sequence[bytes] = (b"",),
    kind: str = "http",
) -> tuple[int, dict[str, str], str]:
    """Send one request through the guard; return status, headers and text of its reply."""
    guard = Guard(echo, max_body=10, max_upload=20, public=public)
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "scheme": "http", "method": "POST", "headers": pairs}
    sent: list[Message] = []
    parts = list(body)

    async def receive() -> Message:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: Message) -> None:
        sent.append(message)

    # In a thread of its own: a browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, guard(scope, receive, send)).result()
    if kind == "websocket":
        return sent[0]["code"], {}, ""
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return sent[0]["status"], told, text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:7860"}, 200),
        ({"Host": "127.0.0.1:7860", "Origin": "http://127.0.0.1:7860"}, 200),
        ({"Host": "ask.example.com"}, 421),
        ({"Host": "127.0.0.1:7860", "Origin": "https://ask.example.com"}, 403),
    ],
)
def test_on_its_own_only_this_machines_names_are_let_in(
    headers: dict[str, str], status: int
) -> None:
    assert reply(headers)[0] == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "ask.example.com"}, 200),
        ({"Host": "ASK.example.com", "Origin": "https://ask.example.com"}, 200),
        ({"Host": "127.0.0.1:7860"}, 200),  # a look at /healthz from this machine
        ({"Host": "192.168.1.4:7860"}, 421),  # past the proxy, by the address of the machine
        ({"Host": "ask.example.com.evil.example"}, 421),
        ({"Host": "ask.example.com", "Origin": "http://ask.example.com"}, 403),
        ({"Host": "ask.example.com", "Origin": "https://evil.example"}, 403),
        ({"Host": "ask.example.com", "Origin": "null"}, 403),
        ({"Host": "127.0.0.1:7860", "Origin": "https://ask.example.com"}, 403),
    ],
)
def test_behind_a_proxy_its_address_is_let_in_and_no_other(
    headers: dict[str, str], status: int
) -> None:
    assert reply(headers, public=PUBLIC)[0] == status


def test_the_scheme_is_that_of_the_public_address_and_hearsay_is_dropped() -> None:
    told = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "Accept": "*/*"}
    _, _, through = reply({"Host": "ask.example.com", **told}, public=PUBLIC)
    assert through == "https host accept"
    assert reply({"Host": "localhost", **told})[2] == "http host accept"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/gradio_api/queue/join", (b"12345", b"67890"), 200),
        ("/gradio_api/queue/join", (b"12345", b"678901"), 413),
        ("/gradio_api/upload", (b"1234567890", b"1234567890"), 200),
        ("/gradio_api/upload", (b"1234567890", b"1234567890", b"1"), 413),
    ],
)
def test_a_body_whose_length_is_not_told_is_counted(
    path: str, body: tuple[bytes, ...], status: int
) -> None:
    assert reply({"Host": "localhost"}, path=path, body=body)[0] == status


@pytest.mark.parametrize(("length", "status"), [("10", 200), ("11", 413), ("-1", 413), ("x", 413)])
def test_a_length_that_is_told_is_refused_before_the_body_is_read(length: str, status: int) -> None:
    assert reply({"Host": "localhost", "Content-Length": length})[0] == status


def test_refusals_carry_the_headers_too() -> None:
    for headers in ({"Host": "evil.example"}, {"Host": "localhost", "Content-Length": "99"}):
        assert reply(headers)[1].items() >= HEADERS.items()


def test_a_web_socket_is_closed_at_once() -> None:
    assert reply({"Host": "localhost"}, kind="websocket")[0] == 1008


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert {source for sources in policy.values() for source in sources.split()} <= {
        "'self'",
        "'none'",
        "'unsafe-inline'",
        "'unsafe-eval'",
        "data:",
        "blob:",
    }
    closed = {name for name, sources in policy.items() if sources == "'none'"}
    assert closed >= {"frame-src", "object-src", "frame-ancestors", "script-src-attr"}


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://ask.example.com", PUBLIC),
        ("https://Ask.Example.com:8443", Public("https", "ask.example.com:8443")),
        ("http://[::1]:80", Public("http", "[::1]:80")),
    ],
)
def test_the_public_address_is_a_scheme_and_a_host(url: str, public: Public) -> None:
    assert public_address(url) == public


@pytest.mark.parametrize(
    "url",
    ["ask.example.com", "https://", "ftp://a.example", "https://a.example/path", "https://u@a.b"],
)
def test_anything_else_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(BadSetting, match=r"such as https://ask\.example\.com, not"):
        server.serve(None, behind_proxy=url)
