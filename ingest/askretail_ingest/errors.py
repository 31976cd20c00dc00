"""What can go wrong, by what the reader can do about it.

AskRetailError
├── UnreadableFile    the file cannot become text: mend or leave out that file
├── BadSetting        a setting or argument is wrong: change it
├── NoLibrary         there is no library at that place: ingest something, or name another
├── StaleLibrary      the library was made by something else: run the command in the message
├── BusyLibrary       another process is writing to the library: wait, then repeat
└── ModelUnavailable  the embedding model cannot be loaded: install it or name another
"""

from askretail_ingest.clean import printable


class AskRetailError(Exception):
    """The root of everything that askretail raises on purpose; its text says what to do."""


class UnreadableFile(AskRetailError):
    """A file cannot become text; the message is one line that any terminal can print."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class BadSetting(AskRetailError):
    """A setting or an argument has a value that cannot work."""


class NoLibrary(AskRetailError):
    """No library stands at the place named."""


class StaleLibrary(AskRetailError):
    """The library was made with another model, chunker or schema."""


class BusyLibrary(AskRetailError):
    """Another process is writing to the library."""


class ModelUnavailable(AskRetailError):
    """The embedding model cannot be loaded."""
