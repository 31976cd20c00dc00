"""A library's files are its own: one that is a link could have others read, cut or deleted."""

from collections.abc import Iterable
from pathlib import Path

from askretail_ingest.errors import BadSetting


def refuse_links(paths: Iterable[Path]) -> None:
    """Raise BadSetting for the first path that is a link; the folder itself may be one."""
    for path in paths:
        if path.is_symlink():
            raise BadSetting(
                f"{path} is a link: a library may come from anybody, so it must hold its files "
                "itself; put what it points to in its place"
            )
