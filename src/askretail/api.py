"""The functions for Python: one call, one answer."""

from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path

from askretail.assistant import Assistant, History
from askretail.nouns import EVERYTHING, Answer, Filters, Hit
from askretail.read_export import read_export
from askretail.settings import choose_library
from askretail.verifying import Verdict, verdict
from askretail_index.library import DATABASE
from askretail_index.store import Store
from askretail_index.versions import versions


def answer(
    question: str,
    *,
    library: Path | str | None = None,
    history: History = (),
    filters: Filters = EVERYTHING,
) -> Answer:
    """Answer a question from a library: the one named, else the user's own, else the sample."""
    return _assistant(_key(library)).ask(question, history, filters=filters)


def search(
    question: str,
    *,
    library: Path | str | None = None,
    k: int = 10,
    history: History = (),
    filters: Filters = EVERYTHING,
) -> tuple[Hit, ...]:
    """Return the k passages of a library that answer a question best, best first."""
    return _assistant(_key(library)).search(question, k, history, filters=filters)


def verify(file: Path | str, *, library: Path | str | None = None) -> Verdict:
    """Check every quote of an exported file against a library; needs no model.

    Raises UnreadableFile when the file is no export.
    """
    export = read_export(Path(file).expanduser())
    folder = choose_library(library) or _assistant("").library
    with closing(Store(folder / DATABASE)) as store:
        return verdict(export, partial(versions, store))


def _key(library: Path | str | None) -> str:
    """Return the folder meant now ("" for the sample), so that a new library is noticed."""
    folder = choose_library(library)
    return "" if folder is None else str(folder.resolve())


@lru_cache(maxsize=4)
def _assistant(folder: str) -> Assistant:
    """Keep a few libraries open: a model takes seconds to load, a question much less."""
    return Assistant.open(folder) if folder else Assistant.open_sample()
