"""Every Python started with this folder on PYTHONPATH refuses the network, and notes who asked.

Children inherit PYTHONPATH, and with it the refusal. The file that ASKRETAIL_NETWORK_LOG names
gets one line an attempt; calls to this machine itself pass. The file that ASKRETAIL_PROCESS_LOG
names gets one line a process, so that a test can tell who was watched.
"""

import functools
import ipaddress
import os
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

LOG = os.environ["ASKRETAIL_NETWORK_LOG"]
NAME_CALLS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")
SOCKET_CALLS = ("connect", "connect_ex", "sendto")


def is_here(host: object) -> bool:
    """Tell whether a host is this machine; no name but ``localhost`` is looked up."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def refuse(call: str, host: object) -> None:
    caller = traceback.extract_stack(limit=4)[0]
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(f"{call}({host!r}) by {caller.filename}:{caller.lineno} in {sys.argv}\n")
    raise OSError(f"network refused: {call}({host!r})")


def guarded_name(call: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def guarded(host: object, *rest: object, **named: object) -> Any:
        if not is_here(host):
            refuse(call, host)
        return original(host, *rest, **named)

    return guarded


def guarded_socket(call: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def guarded(self: socket.socket, *rest: Any) -> Any:
        address = rest[-1]  # last also in sendto(bytes, flags, address)
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
            refuse(call, address)
        return original(self, *rest)

    return guarded


with open(os.environ["ASKRETAIL_PROCESS_LOG"], "a", encoding="utf-8") as processes:
    processes.write(" ".join(sys.orig_argv[1:4]).partition("\n")[0] + "\n")
for name in NAME_CALLS:
    setattr(socket, name, guarded_name(name, getattr(socket, name)))
for name in SOCKET_CALLS:
    setattr(socket.socket, name, guarded_socket(name, getattr(socket.socket, name)))
