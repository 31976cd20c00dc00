"""Memory that is freed in pieces goes back to the system."""

import os
import sys

import pytest

from askretail_eval.machine import resident
from askretail_ui.give_back import give_back

PIECES, SIZE = 60_000, 1000  # 60 MB, each piece below what the allocator takes from the system


@pytest.mark.skipif(sys.platform != "linux", reason="another allocator")
def test_what_was_freed_in_pieces_no_longer_counts_as_held() -> None:
    pieces = [bytes(SIZE) for _ in range(PIECES)]
    kept = pieces[-100:]  # the last ones hold the end of the heap
    del pieces
    before = resident(os.getpid())
    give_back()
    assert before - resident(os.getpid()) > 40
    assert len(kept) == 100
