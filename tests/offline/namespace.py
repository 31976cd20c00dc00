"""Run a command where no route leads anywhere but to this machine, and count what tried one.

Started by ``unshare -rn``: it brings up the loopback device, runs ``argv[2:]``, and writes to the
file ``argv[1]`` how many packets and connections the kernel found no route for. This sees native
code too, which no patch of Python's sockets can.
"""

import fcntl
import socket
import struct
import subprocess
import sys
from pathlib import Path

SIOCSIFFLAGS = 0x8914  # linux/sockios.h
IFF_UP = 0x1  # linux/if.h


def bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def without_route() -> int:
    names, values = (
        line.split()[1:]
        for line in Path("/proc/net/snmp").read_text().splitlines()
        if line.startswith("Ip:")
    )
    count = int(dict(zip(names, values, strict=True))["OutNoRoutes"])
    for line in Path("/proc/net/snmp6").read_text().splitlines():
        if line.startswith("Ip6OutNoRoutes"):
            count += int(line.split()[1])
    return count


if __name__ == "__main__":
    bring_up_loopback()
    before = without_route()
    code = subprocess.run(sys.argv[2:]).returncode
    Path(sys.argv[1]).write_text(str(without_route() - before))
    sys.exit(code)
