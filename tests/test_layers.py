"""Imports point one way, heavy libraries stay in one place, and what is imported is declared."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {
    "askretail_ingest": "ingest/askretail_ingest",
    "askretail_index": "index/askretail_index",
    "askretail": "src/askretail",
    "askretail_ui": "ui/askretail_ui",
    "askretail_eval": "eval/askretail_eval",
}
MAY_IMPORT = {
    "askretail_ingest": set[str](),
    "askretail_index": {"askretail_ingest"},
    "askretail": {"askretail_ingest", "askretail_index"},
    "askretail_ui": {"askretail", "askretail_ingest", "askretail_index"},
    "askretail_eval": {"askretail", "askretail_ingest", "askretail_index"},
}
# The command line joins the parts, inside the command that needs them.
COMPOSITION_ROOT = ("src/askretail/cli.py", "src/askretail/commands.py")
HOMES = {
    "sentence_transformers": ("index/askretail_index/torch_model.py",),
    "transformers": ("index/askretail_index/torch_model.py",),
    "onnxruntime": ("index/askretail_index/onnx_model.py",),
    "tokenizers": ("index/askretail_index/tokenizer.py",),
    "torch": ("index/askretail_index/torch_model.py",),
    "faiss": ("index/askretail_index/vectors.py",),
    "gradio": ("ui/askretail_ui/*",),
    "gradio_client": ("ui/askretail_ui/*",),
    "fastapi": ("ui/askretail_ui/*",),
    "uvicorn": ("ui/askretail_ui/*",),
    "pypdf": ("ingest/askretail_ingest/*pdf*", "eval/askretail_eval/*_pdf.py"),
    "pypdfium2": (
        "ingest/askretail_ingest/*pdf*",
        "ui/askretail_ui/*page*",
        "eval/askretail_eval/*_pdf.py",
    ),
    "rapidocr": ("ingest/askretail_ingest/ocr.py",),
    "docx": ("ingest/askretail_ingest/word.py",),
    "pptx": ("ingest/askretail_ingest/slides.py",),
    "openpyxl": ("ingest/askretail_ingest/workbook.py",),
    "selectolax": ("ingest/askretail_ingest/web*",),
    "markdown_it": ("ingest/askretail_ingest/marked.py",),
    "tiktoken": ("ingest/askretail_ingest/*", "index/askretail_index/*"),
    "pytrec_eval": ("eval/askretail_eval/*",),
}
# Seconds and hundreds of megabytes each: a command that does not embed or show must not pay.
SLOW = ("torch", "transformers", "sentence_transformers", "onnxruntime", "faiss", "gradio")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported top-level name, and whether it is imported inside a function."""

    file: str  # from the root of the project, with slashes
    line: int
    name: str
    lazy: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.name}"


def imports_in(source: str, file: str) -> Iterator[Import]:
    """Every absolute import of a module; a relative one stays in its own package."""

    def walk(node: ast.AST, lazy: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(file, child.lineno, alias.name.split(".")[0], lazy)
            elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
                yield Import(file, child.lineno, child.module.split(".")[0], lazy)
            is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            yield from walk(child, lazy or is_function or for_types)

    yield from walk(ast.parse(source, file), lazy=False)


@cache
def imports_of(package: str) -> list[Import]:
    found: list[Import] = []
    for path in sorted((ROOT / FOLDERS[package]).rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        found += imports_in(path.read_text(encoding="utf-8"), file)
    return found


def all_imports() -> list[Import]:
    return [one for package in FOLDERS for one in imports_of(package)]


def strays(package: str, imports: list[Import]) -> list[str]:
    """The imports that break the order of the layers."""
    allowed = MAY_IMPORT[package] | {package}
    return [
        str(one)
        for one in imports
        if one.name in FOLDERS
        and one.name not in allowed
        and not (one.file in COMPOSITION_ROOT and one.lazy)
    ]


@pytest.mark.parametrize("package", FOLDERS)
def test_a_package_imports_only_the_layers_below_it(package: str) -> None:
    assert strays(package, imports_of(package)) == []


@pytest.mark.parametrize(
    ("package", "file", "source", "is_stray"),
    [
        ("askretail_ingest", "ingest/x.py", "import askretail_index.store", True),
        ("askretail_index", "index/x.py", "def f():\n from askretail import nouns", True),
        ("askretail_index", "index/x.py", "from askretail_ingest.nouns import Page", False),
        ("askretail", COMPOSITION_ROOT[0], "import askretail_ui", True),
        ("askretail", COMPOSITION_ROOT[0], "def f():\n import askretail_ui", False),
        ("askretail", "src/askretail/answer.py", "def f():\n import askretail_ui", True),
        ("askretail_eval", "eval/x.py", "import askretail_ui", True),
    ],
)
def test_a_stray_import_is_seen(package: str, file: str, source: str, is_stray: bool) -> None:
    assert bool(strays(package, list(imports_in(source, file)))) is is_stray


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_is_imported_only_at_its_home(library: str) -> None:
    elsewhere = [
        str(one)
        for one in all_imports()
        if one.name == library and not any(fnmatch(one.file, home) for home in HOMES[library])
    ]
    assert elsewhere == []


def test_slow_libraries_are_imported_only_when_they_are_used() -> None:
    at_import = [
        str(one)
        for one in all_imports()
        if one.name in SLOW and not one.lazy and not one.file.startswith("ui/")
    ]
    assert at_import == []


def test_the_help_loads_no_slow_library() -> None:
    code = (
        "import sys\n"
        "from askretail.cli import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit:\n"
        "    pass\n"
        f"sys.stderr.write(','.join(name for name in {SLOW!r} if name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == ""
    assert "usage: askretail" in done.stdout


def test_every_library_that_is_imported_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    declared = {_normal(line) for line in project["dependencies"] + extras}
    providers = metadata.packages_distributions()
    undeclared = [
        str(one)
        for one in all_imports()
        if one.name not in FOLDERS and one.name not in sys.stdlib_module_names
        # What is not installed here at all (an extra) goes by its own name.
        if declared.isdisjoint(_normal(dist) for dist in providers.get(one.name, [one.name]))
    ]
    assert undeclared == []


def _normal(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group() if name else "").lower()
