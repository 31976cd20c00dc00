"""Office files that come out the same whenever they are written."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sample_builder.source import Source

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold
_ABOUT = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def published(source: Source) -> datetime:
    """Return the moment that stands for the clock's."""
    return datetime.fromisoformat(source.published).replace(tzinfo=UTC)


def describe(about: Any, source: Source) -> None:
    """Fill the properties of a Word or PowerPoint file."""
    about.title = source.title
    about.author = about.last_modified_by = source.publisher
    about.subject = ", ".join(source.companies)
    about.comments = ""
    about.created = about.modified = published(source)
    about.revision = 1


def without_times(data: bytes, source: Source) -> bytes:
    """Return the archive with every member at one fixed time, in the order of its name."""
    parts = members(data)
    when = f"{published(source):%Y-%m-%dT%H:%M:%SZ}".encode()
    parts[_ABOUT] = _MODIFIED.sub(rb"\g<1>" + when, parts[_ABOUT])
    out = BytesIO()
    with ZipFile(out, "w") as new:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, parts[name])
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
