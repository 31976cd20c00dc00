"""Embedding beside the reading of files: the first have vectors while the last are still read."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from askretail_index.embed import Embedder
from askretail_index.pending import embed_passages, pending_passages
from askretail_index.records import Stored
from askretail_index.store import Store

BATCH = 64  # passages committed at a time: a stop waits for two seconds at most


class Beside:
    """A thread that embeds what is stored, in whole batches; leaving it waits for the one begun.

    The rest is for whoever comes after, with nothing else to do: ``Library.embed_pending``.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._more = threading.Event()
        self._over = False
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="beside")
        self._running = self._pool.submit(self._run)
        self.embedded = 0  # distinct inputs

    def more(self) -> None:
        """Say that there are new passages."""
        self._more.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the batch begun; an error of the thread is raised here unless another one is."""
        self._over = True
        self._more.set()
        self._pool.shutdown()
        if error is None:
            self._running.result()

    def _run(self) -> None:
        try:
            while not self._over:
                self._more.wait()
                self._more.clear()
                self._embed(sorted(pending_passages(self._store), key=length, reverse=True))
        finally:
            self._store.close()  # the connection of this thread

    def _embed(self, pending: list[Stored]) -> None:
        for first in range(0, len(pending) - BATCH + 1, BATCH):
            if self._over:
                return
            embed_passages(self._store, self._embedder, pending[first : first + BATCH])
            self.embedded += BATCH


def length(stored: Stored) -> int:
    """Return how much the embedder reads of a passage; equals side by side pad little."""
    return len(stored.context) + len(stored.passage.text)
