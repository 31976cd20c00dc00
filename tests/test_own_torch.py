"""Which torch the set-up keeps."""

import runpy
import sys
from importlib import metadata
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "own_torch.py"


def own_torch(monkeypatch: pytest.MonkeyPatch, version: str | None, *, base: bool = True) -> str:
    def find(name: str) -> str:
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(metadata, "version", find)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix if base else "/a/venv")
    found = runpy.run_path(str(SCRIPT))["own_torch"]()
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("version", "kept"),
    [
        ("2.13.0", "2.13.0"),
        ("2.9.1+cu128", "2.9.1"),
        ("2.6.0", "2.6.0"),
        ("2.5.1", ""),
        ("3.0.0", ""),
        ("2.14.0a0+git1", ""),
        (None, ""),
    ],
)
def test_a_torch_that_fits_is_kept_by_its_number(
    monkeypatch: pytest.MonkeyPatch, version: str | None, kept: str
) -> None:
    assert own_torch(monkeypatch, version) == kept


def test_the_torch_of_a_virtual_environment_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_torch(monkeypatch, "2.13.0", base=False) == ""
