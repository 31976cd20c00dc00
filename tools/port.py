"""Exit with a message when a port of 127.0.0.1 cannot be listened on: python tools/port.py 7860."""

import errno
import socket
import sys


def trouble(port: str) -> str:
    """Return why the chat cannot open on ``port``, or "" when it can."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        return f"PORT={port} is no port: take a number from 1 to 65535, e.g. make chat PORT=7861"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        # A connection that has just ended still holds the port for a minute; it does not count.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", int(port)))
        except PermissionError:
            return f"port {port} needs more rights: take one above 1023, e.g. make chat PORT=7861"
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return f"port {port} of 127.0.0.1 cannot be opened: {error.strerror}"
            return (
                f"port {port} of 127.0.0.1 is in use: stop what uses it, "
                f"or take another, e.g. make chat PORT={int(port) % 65535 + 1}"
            )
    return ""


if __name__ == "__main__":
    sys.exit(trouble(sys.argv[1]) or 0)
