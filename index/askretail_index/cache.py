"""The folder for what can be made again: the sample library, models made quick, cached vectors."""

from pathlib import Path


def cache_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("askretail"))
