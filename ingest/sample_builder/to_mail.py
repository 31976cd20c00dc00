"""A source as a mail in plain text, wrapped as mail programs wrap."""

import textwrap
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

from sample_builder.fixed import published
from sample_builder.markup import Block, Bullets, Grid, Heading
from sample_builder.source import Source

COLUMNS = 72
DOMAIN = "askretail.example"  # a top-level domain that nobody can own


def to_mail(source: Source) -> bytes:
    """Return the document as EML."""
    mail = EmailMessage(policy=default)
    mail["From"] = Address(source.publisher, "sample", DOMAIN)
    mail["To"] = Address("", "readers", DOMAIN)
    mail["Subject"] = source.title
    mail["Date"] = published(source)
    mail["Message-ID"] = f"<{source.path.stem}@{DOMAIN}>"
    mail.set_content("\n\n".join(_text(block) for block in source.blocks) + "\n")
    return mail.as_bytes()


def _text(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{block.text}\n{'-' * len(block.text)}"
    if isinstance(block, Bullets):
        return "\n".join(
            textwrap.fill(item, COLUMNS, initial_indent="- ", subsequent_indent="  ")
            for item in block.items
        )
    return _table(block) if isinstance(block, Grid) else textwrap.fill(block.text, COLUMNS)


def _table(grid: Grid) -> str:
    lines = [" | ".join(row) for row in (grid.header, *grid.rows)]
    return "\n".join([grid.caption, "", *lines])
