"""The server: who may come in, what replies carry, how it starts and ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from askretail_ingest.errors import BadSetting
from askretail_ui import server
from askretail_ui.app import MAX_BODY

from .fake import BROKERAGE, OAKMART, sample_pdf, served_engine

ROOT = Path(__file__).parents[2]


def ask(address: str, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    host, port = address.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=30)
    with closing(connection):
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": f"{host}:{port}"} | headers).items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        return response


def test_healthz_counts_documents_and_passages(address: str, tmp_path: Path) -> None:
    response = ask(address, "/healthz")
    assert response.status == 200
    engine = served_engine(tmp_path)
    assert json.loads(response.body) == {  # type: ignore[attr-defined]
        "status": "ok",
        "documents": 3,
        "passages": engine.passages,
    }


@pytest.mark.parametrize("path", ["/", "/healthz", "/askretail.js", "/config", "/nowhere"])
def test_every_reply_carries_the_security_headers(address: str, path: str) -> None:
    headers = ask(address, path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["connect-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_page_comes_with_the_boxes_of_its_quote(address: str) -> None:
    brief = sample_pdf()
    start = brief.text.index(BROKERAGE)
    path = f"/page/{brief.id}/1?start={start}&end={start + len(BROKERAGE)}"
    told = json.loads(ask(address, path).body)  # type: ignore[attr-defined]
    assert (told["note"], told["page"]["pages"]) == ("", 4)
    assert len(told["page"]["boxes"]) == 1
    assert told["page"]["webp"]


@pytest.mark.parametrize(
    ("path", "note"),
    [
        (f"/page/{'0' * 64}/1", "This document is no longer in the library"),
        (f"/page/{sample_pdf().id}/5", "walmart-healthcare-brief.pdf has no page 5"),
        (f"/page/{sample_pdf().id}/0", "walmart-healthcare-brief.pdf has no page 0"),
        (f"/page/{OAKMART.id}/1", "The original of OAKMART_2022_10K.txt is gone"),
    ],
)
def test_a_page_that_is_not_in_the_library_is_not_found(address: str, path: str, note: str) -> None:
    response = ask(address, path)
    assert response.status == 404
    assert json.loads(response.body)["note"].startswith(note)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["..%2f..%2fpyproject.toml", "%2fetc%2fpasswd", "..", "<b>"])
def test_a_path_is_not_taken_for_a_document(address: str, name: str) -> None:
    assert ask(address, f"/page/{name}/1").status == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "", "[::2]:80"])
def test_another_name_for_this_machine_is_refused(address: str, host: str) -> None:
    assert ask(address, "/healthz", Host=host).status in (400, 421)


@pytest.mark.parametrize("host", ["localhost:7860", "LOCALHOST", "[::1]:7860"])
def test_this_machines_own_names_are_let_in(address: str, host: str) -> None:
    assert ask(address, "/healthz", Host=host).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_request_of_another_sites_page_is_refused(address: str, origin: str) -> None:
    assert ask(address, "/gradio_api/queue/join", "POST", Origin=origin).status == 403


def test_the_pages_own_requests_are_let_in(address: str) -> None:
    assert ask(address, "/healthz", Origin=address).status == 200


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "-1", "many"])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(address: str, length: str) -> None:
    path = "/gradio_api/upload"
    assert ask(address, path, "POST", Content_Length=length).status in (400, 413)


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/monitoring", "/gradio_api/runs"]
)
def test_what_the_page_does_not_need_is_closed(address: str, path: str) -> None:
    assert ask(address, path).status in (403, 404)


@pytest.mark.parametrize("path", ["/etc/passwd", "pyproject.toml", "../pyproject.toml"])
def test_files_of_this_machine_are_not_served(address: str, path: str) -> None:
    assert ask(address, f"/gradio_api/file={path}").status in (403, 404)


def test_the_page_names_no_other_site(address: str) -> None:
    body = ask(address, "/").body.decode()  # type: ignore[attr-defined]
    fetched = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"', body)
    assert [url for url in fetched if not url.startswith(address)] == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "retail.example", ""])
def test_a_host_that_others_can_reach_is_refused_with_the_reason(host: str) -> None:
    with pytest.raises(BadSetting, match=f"host {re.escape(repr(host))} would show the library"):
        server.serve(None, host=host)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(BadSetting, match=f"port must be 0 to 65535, not {port}"):
        server.serve(None, port=port)


def test_a_busy_port_is_named_with_the_way_out() -> None:
    with closing(server.reserve("127.0.0.1", 0)) as listener:
        listener.listen()
        port = listener.getsockname()[1]
        message = f"port {port} on 127.0.0.1 .*--port {port + 1} or PORT={port + 1}$"
        with pytest.raises(BadSetting, match=message):
            server.serve(None, port=port)


def test_a_browser_that_comes_too_early_is_refused_at_once() -> None:
    with (
        closing(server.reserve("127.0.0.1", 0)) as listener,
        pytest.raises(ConnectionRefusedError),
        socket.create_connection(listener.getsockname(), timeout=5),
    ):
        pytest.fail("connected")


def test_localhost_and_the_loopback_addresses_can_be_used() -> None:
    for host in ("localhost", "127.0.0.1"):
        with closing(server.reserve(host, 0)) as listener:
            assert listener.getsockname()[0] == "127.0.0.1"
    if socket.has_ipv6:
        with closing(server.reserve("::1", 0)) as listener:
            assert listener.getsockname()[0] == "::1"


PROGRAM = """
    import sys
    from contextlib import closing
    from fastapi import FastAPI
    from askretail_ui import server
    with closing(server.reserve("127.0.0.1", 0)) as listener:
        server.run(FastAPI(), listener)
    sys.stdout.write("ended")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_ready_and_ends_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert re.fullmatch(r"askretail is ready on http://127\.0\.0\.1:\d+ \(.*\)\n", line)
        process.send_signal(number)
        rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest, errors) == (0, "ended", "")


def test_gradio_is_told_to_be_quiet_before_it_is_imported() -> None:
    program = """
        import sys
        import askretail_ui.server
        assert "gradio" not in sys.modules, "imported too early"
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True, cwd=ROOT)
    assert server.QUIET["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert server.QUIET["HF_HUB_OFFLINE"] == "1"
    assert os.environ.get("GRADIO_SHARE", "False") == "False"
