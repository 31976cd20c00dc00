"""`make chat` on machines that lack something, and `make` twice, with a Python that only notes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Stands for an interpreter: checks pass, `-m venv` copies this script, pip's arguments are noted.
FAKE = """#!/bin/sh
case "$*" in
    *ensurepip*) exit {venv_missing} ;;
    tools/own_torch.py) echo "{torch}" ;;
    "-m venv"*) for folder; do :; done; echo "$*" >>"$NOTES"
        mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
    "-m pip"*) echo "$*" >>"$NOTES" ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "a project"
    shutil.copytree(ROOT / "tools", folder / "tools")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def fake_python(project: Path, *, venv_missing: int = 0, torch: str = "") -> str:
    file = project.parent / "fakepython"
    file.write_text(FAKE.format(venv_missing=venv_missing, torch=torch))
    file.chmod(0o755)
    return str(file)


def setup(project: Path, extra: str = "base", **variables: str) -> tuple[int, str, list[str]]:
    """Return the exit code, what was said, and what was run by this set-up."""
    notes = project.parent / "notes"
    notes.write_text("")
    done = subprocess.run(
        ["sh", str(project / "tools" / "setup.sh"), extra],
        env={"PATH": os.environ["PATH"], "NOTES": str(notes)} | variables,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.returncode, done.stdout + done.stderr, notes.read_text().splitlines()


def test_the_first_set_up_makes_an_environment_and_installs_the_pinned_versions(
    project: Path,
) -> None:
    code, _, ran = setup(project, PYTHON=fake_python(project))
    assert code == 0
    assert [line.split()[:2] for line in ran] == [["-m", "venv"], ["-m", "pip"]]
    assert ran[1].endswith("install -c .venv/constraints.txt -e .")
    pinned = (project / ".venv" / "constraints.txt").read_text()
    assert pinned == (ROOT / "constraints.txt").read_text()


def test_a_second_set_up_runs_nothing(project: Path) -> None:
    python = fake_python(project)
    setup(project, PYTHON=python)
    assert setup(project, PYTHON=python) == (0, "", [])


def test_new_pins_are_installed_into_the_environment_that_is_there(project: Path) -> None:
    python = fake_python(project)
    setup(project, PYTHON=python)
    with (project / "constraints.txt").open("a") as file:
        file.write("another==1\n")
    _, _, ran = setup(project, PYTHON=python)
    assert [line.split()[:2] for line in ran] == [["-m", "pip"]]


def test_the_tools_for_development_come_with_dev_and_cover_the_base(project: Path) -> None:
    python = fake_python(project)
    setup(project, PYTHON=python)
    _, _, ran = setup(project, "dev", PYTHON=python)
    assert [line.split()[-1] for line in ran] == [".[dev]"]
    assert setup(project, "base", PYTHON=python) == (0, "", [])


def test_a_moved_project_gets_a_new_environment(project: Path) -> None:
    python = fake_python(project)
    setup(project, PYTHON=python)
    moved = project.rename(project.parent / "elsewhere")
    _, _, ran = setup(moved, PYTHON=python)
    assert [line.split()[1] for line in ran] == ["venv", "pip"]


def test_a_torch_that_is_there_is_kept(project: Path) -> None:
    _, said, ran = setup(project, PYTHON=fake_python(project, torch="2.9.1"))
    assert "keeping the torch 2.9.1" in said
    assert ran[0] == "-m venv --system-site-packages .venv"
    assert "torch==2.9.1\n" in (project / ".venv" / "constraints.txt").read_text()


def test_a_torch_index_is_asked_for_torch_alone(project: Path) -> None:
    index = "https://torch.example/cpu"
    _, _, ran = setup(project, PYTHON=fake_python(project), TORCH_INDEX=index)
    assert f"install --no-deps --index-url {index} torch==" in ran[1]
    assert index not in ran[2]


def test_a_failed_install_is_tried_again(project: Path) -> None:
    python = Path(fake_python(project))
    working = python.read_text()
    python.write_text(working.replace('"-m pip"*)', '"-m pip"*) exit 1; '))
    assert setup(project, PYTHON=str(python))[0] != 0
    shutil.copy(python, project / ".venv" / "bin" / "python")
    (project / ".venv" / "bin" / "python").write_text(working)
    code, _, ran = setup(project, PYTHON=str(python))
    assert (code, len(ran)) == (0, 1)


def test_a_python_that_is_too_old_is_named(project: Path) -> None:
    old = project.parent / "oldpython"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    code, said, _ = setup(project, PYTHON=str(old))
    assert code == 2
    assert f"PYTHON={old} is no Python 3.11 or newer" in said
    assert not (project / ".venv").exists()


def test_no_python_at_all_is_said(project: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "cat", "cksum", "dirname"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    code, said, _ = setup(project, PATH=str(tools))
    assert code == 2
    assert "no Python 3.11 or newer found" in said


def test_a_missing_venv_module_names_the_package_that_has_it(project: Path) -> None:
    code, said, _ = setup(project, PYTHON=fake_python(project, venv_missing=1))
    assert code == 2
    assert "apt install python3-venv" in said
