"""Ask a pile of retail documents; get verbatim quotes, each with its document and page.

>>> from askretail import answer                                        # doctest: +SKIP
>>> print(answer("What is Walmart's healthcare strategy?"))             # doctest: +SKIP
"""

from typing import TYPE_CHECKING

from askretail.nouns import Answer, Change, Citation, Filters, Hit, Point, Reading, Span, Turn
from askretail_ingest.errors import AskRetailError
from askretail_ingest.nouns import Document

if TYPE_CHECKING:
    from askretail.api import answer, search, verify
    from askretail.assistant import Assistant
    from askretail.exporting import export
    from askretail.verifying import Checked, Verdict

__all__ = [
    "Answer",
    "AskRetailError",
    "Assistant",
    "Change",
    "Checked",
    "Citation",
    "Document",
    "Filters",
    "Hit",
    "Point",
    "Reading",
    "Span",
    "Turn",
    "Verdict",
    "answer",
    "export",
    "search",
    "verify",
]

_LAZY = {
    "Assistant": "askretail.assistant",
    "Checked": "askretail.verifying",
    "Verdict": "askretail.verifying",
    "answer": "askretail.api",
    "export": "askretail.exporting",
    "search": "askretail.api",
    "verify": "askretail.api",
}


def __getattr__(name: str) -> object:
    """Load what needs the index only when it is used, so that ``--help`` stays quick."""
    if name not in _LAZY:
        raise AttributeError(f"module 'askretail' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
