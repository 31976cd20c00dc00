"""The wheel holds the five packages with their data, and nothing else."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "askretail": "src",
    "askretail_ingest": "ingest",
    "askretail_index": "index",
    "askretail_ui": "ui",
    "askretail_eval": "eval",
}
BUILT = {"__pycache__", ".mypy_cache", ".ruff_cache"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("askretail-*.whl")
    with zipfile.ZipFile(file) as opened:
        yield opened


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_the_wheel(package: str, wheel: zipfile.ZipFile) -> None:
    folder = ROOT / PACKAGES[package]
    on_disk = {
        path.relative_to(folder).as_posix()
        for path in (folder / package).rglob("*")
        if path.is_file() and BUILT.isdisjoint(path.parts) and path.suffix != ".pyc"
    }
    packed = {name for name in wheel.namelist() if name.startswith(f"{package}/")}
    assert packed == on_disk
    assert {f"{package}/__init__.py", f"{package}/py.typed"} <= packed


def test_the_wheel_holds_nothing_but_the_packages(wheel: zipfile.ZipFile) -> None:
    top = {PurePosixPath(name).parts[0] for name in wheel.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_holds_no_tests(wheel: zipfile.ZipFile) -> None:
    files = [PurePosixPath(name) for name in wheel.namelist()]
    assert [file for file in files if "tests" in file.parts or file.name.startswith("test_")] == []


@pytest.mark.parametrize("folder", PACKAGES.values())
def test_a_folder_is_no_package_itself(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.parametrize("suffix", [".toml", ".jsonl"])
def test_data_files_travel_with_the_code(suffix: str, wheel: zipfile.ZipFile) -> None:
    assert [name for name in wheel.namelist() if name.endswith(suffix)]


def test_the_sample_documents_travel_with_the_code(wheel: zipfile.ZipFile) -> None:
    sample = [name for name in wheel.namelist() if name.startswith("askretail_ingest/sample/")]
    suffixes = {PurePosixPath(name).suffix for name in sample}
    assert ".pdf" in suffixes
    assert len(sample) >= 5


def test_the_wheel_names_its_licence_and_its_command(wheel: zipfile.ZipFile) -> None:
    names = {PurePosixPath(name).name: name for name in wheel.namelist() if ".dist-info/" in name}
    about = message_from_string(wheel.read(names["METADATA"]).decode())
    assert about["License-Expression"] == "Apache-2.0"
    assert about["Requires-Python"] == ">=3.11"
    assert "Apache License" in wheel.read(names["LICENSE"]).decode()
    assert "askretail = askretail.cli:main" in wheel.read(names["entry_points.txt"]).decode()
