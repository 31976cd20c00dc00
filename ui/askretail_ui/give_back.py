"""Memory that nobody uses any more, given back to the system: a server runs for weeks.

What threads free stays with the allocator of glibc, in pieces; it grows by some MB a minute while
files are added, and one call returns it.
"""

import ctypes
import sys


def give_back() -> None:
    """Return freed memory to the system, where its allocator can (glibc)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
