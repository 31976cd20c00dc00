"""The libraries that one page answers from: the one served, and the user's own beside a sample."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Literal

from askretail_ui.work import Work

if TYPE_CHECKING:
    from askretail.assistant import Assistant

Shelf = Literal["served", "own"]


class Desk:
    """Opens the user's own library when it is first needed and keeps it open.

    Only a sample has another library beside it: uploads go there, because a sample is read only.
    """

    def __init__(
        self,
        served: "Assistant",
        open_own: Callable[[], "Assistant"],
        own_exists: Callable[[], bool],
    ) -> None:
        self.served = served
        self._open_own = open_own
        self._own_exists = own_exists
        self._own: Assistant | None = None
        self.work = Work()
        self._lock = Lock()

    def engine(self, shelf: Shelf) -> "Assistant":
        """Return the assistant that answers from ``shelf``."""
        return self._opened() if shelf == "own" and self.served.is_sample else self.served

    def upload_shelf(self) -> Shelf:
        """Return where uploads go."""
        return "own" if self.served.is_sample else "served"

    def has_choice(self) -> bool:
        """Return whether there is a library beside the one served."""
        return self.served.is_sample and (self._own is not None or self._own_exists())

    @property
    def opened(self) -> tuple["Assistant", ...]:
        """The libraries that are open."""
        return (self.served,) if self._own is None else (self.served, self._own)

    def close(self) -> None:
        """Stop what is under way, and close every library that was opened."""
        self.work.close()
        for engine in self.opened:
            engine.close()

    def _opened(self) -> "Assistant":
        with self._lock:
            if self._own is None:
                self._own = self._open_own()
            return self._own
