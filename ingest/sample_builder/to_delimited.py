"""A source as CSV: its title, its tables one below the other, then the other lines."""

import csv
from io import StringIO

from sample_builder.markup import Bullets, Grid
from sample_builder.source import Source


def to_delimited(source: Source) -> bytes:
    """Return the document as CSV in UTF-8."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([source.title])
    for block in source.blocks:
        if not isinstance(block, Bullets):  # a list stands close to its heading
            writer.writerow([])
        if isinstance(block, Grid):
            writer.writerow([block.caption])
            writer.writerow(block.header)
            writer.writerows(block.rows)
        elif isinstance(block, Bullets):
            writer.writerows([item] for item in block.items)
        else:
            writer.writerow([block.text])
    return out.getvalue().encode()
