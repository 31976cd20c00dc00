"""The page's server as its visitors meet it: questions and uploads over HTTP, on this machine only.

Gradio's queue takes an event by one request and tells what became of it in the stream of another.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException

SECONDS = 120.0  # without a word from the server: then it counts as dead
API = "/gradio_api"


class Failed(Exception):
    """The server gave no answer; the text says what it gave."""


class Page:
    """One visitor of the server at a port of 127.0.0.1."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._session = uuid.uuid4().hex
        events = _mappings(self._json("GET", "/config").get("dependencies"))
        self._ask = next(event["id"] for event in events if event.get("api_name") == "ask")
        self._add = next(event["id"] for event in events if _is_upload(event))
        self._watch = next(e["id"] for e in events if e.get("trigger_after") == self._add)

    def ask(self, question: str, history: Sequence[str]) -> dict[str, object]:
        """Return the answer as the endpoint ``/ask`` gives it; raises Failed."""
        answer = self._event(self._ask, [question, list(history), [], [], [], []])[0]
        if not isinstance(answer, dict) or "status" not in answer:
            raise Failed(f"no answer but {str(answer)[:200]}")
        return answer

    def upload(self, files: Sequence[tuple[str, bytes]]) -> str:
        """Upload files as the Library tab does, wait until they are in; return the report."""
        kept = [(name, self._send(name, data)) for name, data in files]
        values = [
            {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
            for name, path in kept
        ]
        self._event(self._add, [values, None])
        return str(self._event(self._watch, [None, ""])[-1])

    def _event(self, function: object, data: list[object]) -> list[object]:
        """Put an event in the queue and return what it gives in the end."""
        joined = {
            "data": data,
            "fn_index": function,
            "session_hash": self._session,
            "event_data": None,
            "trigger_id": None,
        }
        self._json("POST", f"{API}/queue/join", json.dumps(joined).encode())
        for message in self._messages():
            if message.get("msg") != "process_completed":
                continue
            output = message.get("output")
            given = output.get("data") if isinstance(output, dict) else None
            if not message.get("success") or not isinstance(given, list):
                raise Failed(f"an error instead of an answer: {str(output)[:200]}")
            return given
        raise Failed("the stream ended before the answer")

    def _messages(self) -> Iterator[dict[str, object]]:
        path = f"{API}/queue/data?session_hash={self._session}"
        try:
            with closing(HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)) as connection:
                connection.request("GET", path)
                for line in connection.getresponse():
                    if line.startswith(b"data:"):
                        yield json.loads(line[5:])
        except (OSError, HTTPException, ValueError) as error:
            raise Failed(f"{path}: {error!r}") from error

    def _send(self, name: str, data: bytes) -> str:
        """Send the bytes of a file and return where the server put them."""
        mark = uuid.uuid4().hex
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        body = f"--{mark}\r\n{head}\r\n\r\n".encode() + data + f"\r\n--{mark}--\r\n".encode()
        form = f"multipart/form-data; boundary={mark}"
        return str(_only(self._request("POST", f"{API}/upload", body, form)))

    def _json(self, method: str, path: str, body: bytes = b"") -> dict[str, object]:
        given = self._request(method, path, body, "application/json")
        if not isinstance(given, dict):
            raise Failed(f"{path}: no JSON object")
        return given

    def _request(self, method: str, path: str, body: bytes, form: str) -> object:
        try:
            with closing(HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)) as connection:
                connection.request(method, path, body, {"Content-Type": form})
                response = connection.getresponse()
                text = response.read()
                if response.status != 200:
                    raise Failed(f"{path}: status {response.status}, {text[:200]!r}")
                return json.loads(text)
        except (OSError, HTTPException, ValueError) as error:
            raise Failed(f"{path}: {error!r}") from error


def _is_upload(event: dict[str, object]) -> bool:
    targets = event.get("targets")
    return isinstance(targets, list) and any("upload" in target for target in targets)


def _mappings(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _only(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value
