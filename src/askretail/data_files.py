"""The data files that hold what we know of retail, read once."""

import tomllib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=16)
def read_data(name: str) -> dict[str, object]:
    """Return a TOML file of the package's data folder as plain values; treat it as read only."""
    file = resources.files("askretail") / "data" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def texts(value: object) -> tuple[str, ...]:
    """Return a list of a data file as texts; raises ``ValueError`` when it is something else."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"expected a list of texts, found {value!r}")
    return tuple(value)


def section(data: dict[str, object], key: str) -> dict[str, object]:
    """Return a table of a data file; raises ``ValueError`` when it is something else."""
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f"expected a table under {key!r}, found {value!r}")
    return value
