"""Ask a pile of retail documents; get verbatim quotes, each with its document and page.

>>> from askretail import answer                                        # doctest: +SKIP
>>> print(answer("What is Walmart's healthcare strategy?"))             # doctest: +SKIP
"""

from typing import TYPE_CHECKING

from askretail.nouns import Answer, Change, Citation, Filters, Hit, Point, Reading, Span, Turn
from askretail_ingest.errors import AskRetailError
from askretail_ingest.nouns import Document

if TYPE_CHECKING:
    from askretail.api import answer, search
    from askretail.assistant import Assistant

__all__ = [
    "Answer",
    "AskRetailError",
    "Assistant",
    "Change",
    "Citation",
    "Document",
    "Filters",
    "Hit",
    "Point",
    "Reading",
    "Span",
    "Turn",
    "answer",
    "search",
]

_LAZY = {"answer": "askretail.api", "search": "askretail.api", "Assistant": "askretail.assistant"}


def __getattr__(name: str) -> object:
    """Load what needs the index only when it is used, so that ``--help`` stays quick."""
    if name not in _LAZY:
        raise AttributeError(f"module 'askretail' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
