"""The types of document that a retail library holds, most authoritative first."""

DOC_TYPES = (
    "10-K",
    "10-Q",
    "8-K",
    "earnings release",
    "presentation",
    "transcript",
    "news",
    "brief",
    "other",
)


def authority(doc_type: str) -> int:
    """Return the rank of a type, 0 for the most authoritative; an unknown type comes last."""
    return DOC_TYPES.index(doc_type) if doc_type in DOC_TYPES else len(DOC_TYPES)
