"""The ONNX file of a model in the cache folder, with what is known of it: trusted byte by byte."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from askretail_index.cache import cache_folder
from askretail_index.models import ModelFolder
from askretail_index.vector_file import replace_file

FOLDER = "onnx"
FORMAT = 1  # grows when the file is made in another way
MAX_BYTES = 4 << 30  # no model that answers questions on a CPU is larger


@dataclass(frozen=True, slots=True)
class Facts:
    """What the export of a model has to know that is not in its graph."""

    dim: int
    max_pieces: int  # special ones counted
    is_mean_of_words: bool
    query_prompt: str
    document_prompt: str
    cosine: float  # the smallest with sentence-transformers, over the probes
    refused: str = ""  # why the model goes without a file


def onnx_path(folder: ModelFolder) -> Path:
    """Return where the file of a model lies: named by its weights and by how they are used."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for path in sorted(folder.path.glob("**/*.json")):
        digest.update(path.relative_to(folder.path).as_posix().encode() + path.read_bytes())
    return cache_folder() / FOLDER / f"{folder.sha256}-{digest.hexdigest()[:8]}.onnx"


def read_facts(file: Path) -> tuple[Facts, str] | None:
    """Return what is known of a file and its sha-256, None when nothing is."""
    try:
        fields = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        return Facts(**fields["facts"]), str(fields["sha256"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def read_bytes(file: Path, sha256: str) -> bytes | None:
    """Return the bytes of a file when they are those that were written, else None."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return None
        data = file.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def write_file(file: Path, data: bytes, facts: Facts) -> None:
    """Write the file of a model, then what is known of it; raises ``OSError``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, data)
    fields = {"facts": asdict(facts), "sha256": hashlib.sha256(data).hexdigest()}
    replace_file(file.with_suffix(".json"), json.dumps(fields, indent=1).encode())
