"""Which question a session is answering: a newer one, or a stop, ends the older."""


class Run:
    """The question under way in one session; its events all hold the same one."""

    def __init__(self) -> None:
        self._current: object | None = None

    def begin(self) -> object:
        """Return a token for a question that begins now; the one before it is over."""
        self._current = object()
        return self._current

    def goes_on(self, token: object) -> bool:
        """Return whether the question of ``token`` is still wanted."""
        return self._current is token

    @property
    def idle(self) -> bool:
        return self._current is None

    def end(self) -> None:
        """End whatever is under way."""
        self._current = None
