"""The line in front of an embedded passage: whose words these are, of when, from where."""

from askretail_ingest.nouns import Document, Metadata, Parsed, Passage

# What people call the forms; the line is read by a model that knows words, not form numbers.
TYPE_WORDS = {
    "10-K": "annual report",
    "10-Q": "quarterly report",
    "8-K": "current report",
    "earnings release": "earnings release",
    "presentation": "presentation",
    "transcript": "call transcript",
    "news": "news",
    "brief": "brief",
}
MAX_SECTION_CHARS = 70  # the innermost heading; longer ones are run-on paragraphs set in bold
MAX_COMPANIES = 3  # a cross-company brief names its first few, the passage names its own


def document_line(metadata: Metadata) -> str:
    """Return "Walmart 2022 annual report" or, without a company, the title."""
    period = metadata.period
    when = "" if period is None else str(period.year)
    if period is not None and period.quarter is not None:
        when += f" Q{period.quarter}"
    if not when and metadata.published:
        when = metadata.published[:4]
    who = ", ".join(metadata.companies[:MAX_COMPANIES]) or metadata.title
    words = (who, when, TYPE_WORDS.get(metadata.doc_type, ""))
    return " ".join(word for word in words if word)


def context_line(metadata: Metadata, section: tuple[str, ...]) -> str:
    """Return the document's line with the innermost heading: "Walmart 2022 annual report. …"."""
    head = section[-1][:MAX_SECTION_CHARS].strip() if section else ""
    return f"{document_line(metadata)}. {head}".strip().rstrip(".") + "."


def table_head(parsed: Parsed, table: int) -> str:
    """Return title, unit and column heads of a table as one line, for embedding and search."""
    noun, text = parsed.tables[table], parsed.document.text
    spans = [span for span in (noun.title, noun.unit, *noun.header) if span is not None]
    return " ".join(text[start:end] for start, end in spans)


def embedder_input(document: Document, passage: Passage, head: str = "") -> str:
    """Return what the model reads for a passage; ``head`` is the table's, "" for prose."""
    line = context_line(document.metadata, passage.section)
    return "\n".join(part for part in (line, head, passage.text) if part)
