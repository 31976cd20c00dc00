"""A model opened the quick way: as ONNX when its file is sound, else by sentence-transformers.

The file is made by whoever has to load sentence-transformers first, and compared with it.
"""

import logging
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from filelock import FileLock, Timeout

from askretail_index.arrays import Vectors
from askretail_index.engine import Engine
from askretail_index.models import ModelFolder
from askretail_index.onnx_file import Facts, onnx_path, read_bytes, read_facts, write_file
from askretail_index.onnx_model import OnnxModel, open_session
from askretail_index.tokenizer import load_tokenizer
from askretail_index.torch_model import TorchModel

MIN_COSINE = 0.9999  # of every probe; a sound export reaches 0.999999
LOCK_SECONDS = 120.0  # while another process makes the file: a few seconds for a small model
# Whatever may be read in another way: cases, accents, marks, figures, other scripts, too much text.
PROBES = (
    "What is Walmart's healthcare strategy?",
    "Net sales $ 567,762 $ 555,233 $ 519,926",
    "Walmart 2022 annual report. Strategic capital allocation.\nWe opened 42 pickup points in "
    "fiscal 2022, and e-commerce sales rose 11% (as reported) — the third year in a row.",
    "L’Oréal, Nestlé & Hermès: ‘omni-channel’ growth of 3.5 % in Q4’23",
    "UPPER CASE HEADING OF ITEM 7. MANAGEMENT'S DISCUSSION",
    "  odd   spacing\tand\nlines\n\nof text  ",
    "零售商在中国的销售额 · продажи · مبيعات · 🛒🛒",
    "<table><tr><td>FY2023</td><td>(1,234)</td></tr></table>",
    "x",
    "Inventory shrink, markdowns and freight weighed on gross margin. " * 60,
)

log = logging.getLogger(__name__)


def open_engine(folder: ModelFolder) -> Engine:
    """Return what runs a model; makes its ONNX file when there is none or it is damaged."""
    file = onnx_path(folder)
    quick = open_onnx(folder, file)
    if quick is not None:
        return quick
    slow = TorchModel(folder.path)
    known = read_facts(file)
    if known is not None and known[0].refused:
        return slow
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock"), timeout=LOCK_SECONDS):
            return open_onnx(folder, file) or make_onnx(folder, file, slow) or slow
    except (OSError, Timeout) as error:
        log.info("%s: no ONNX file (%s)", folder.name, error)
        return slow


def open_onnx(folder: ModelFolder, file: Path) -> OnnxModel | None:
    """Return the model of an ONNX file, None when there is none that can be trusted and run."""
    known = read_facts(file)
    if known is None or known[0].refused:
        return None
    data = read_bytes(file, known[1])
    return None if data is None else _run(folder, data, known[0])


def _run(folder: ModelFolder, data: bytes, facts: Facts) -> OnnxModel | None:
    try:
        tokenizer = load_tokenizer(folder.path, max_pieces=facts.max_pieces)
        return OnnxModel(open_session(data), tokenizer, facts)
    except (ImportError, FileNotFoundError, ValueError) as error:
        log.info("%s: its ONNX file cannot be used (%s)", folder.name, error)
        return None


def make_onnx(folder: ModelFolder, file: Path, slow: TorchModel) -> OnnxModel | None:
    """Write a model as ONNX when it then gives the same vectors; else write down that it does not.

    Raises ``OSError``.
    """
    facts = Facts(
        slow.dim, slow.max_pieces, slow.is_mean_of_words, slow.query_prompt, slow.document_prompt, 0
    )
    try:
        data = _exported(slow)
    except ImportError as error:  # without onnx: no fault of the model
        log.info("%s: no ONNX file (%s)", folder.name, error)
        return None
    except (RuntimeError, ValueError, TypeError, LookupError, AttributeError) as error:
        reason = str(error)[:200]  # torch may print every weight
        write_file(file, b"", replace(facts, refused=f"not exported: {reason}"))
        return None
    quick = _run(folder, data, facts)
    cosine = 0.0 if quick is None else agreement(slow, quick)
    if quick is None or not cosine >= MIN_COSINE:
        write_file(file, b"", replace(facts, cosine=cosine, refused="other vectors"))
        return None
    write_file(file, data, replace(facts, cosine=cosine))
    return quick


def _exported(slow: TorchModel) -> bytes:
    with TemporaryDirectory(prefix="askretail-") as folder:
        slow.write_onnx(Path(folder) / "model.onnx")
        return (Path(folder) / "model.onnx").read_bytes()


def agreement(one: Engine, other: Engine) -> float:
    """Return the smallest cosine between what two engines make of the probes; 0 for other sizes.

    Questions, passages and, where sentences are pooled from them, the words of passages.
    """
    cosines = [_cosine(one.embed_query(text), other.embed_query(text)) for text in PROBES]
    cosines += map(_cosine, one.embed(PROBES), other.embed(PROBES))
    if one.is_mean_of_words:
        read, again = dict(one.read(PROBES)), dict(other.read(PROBES))
        for row, mine in read.items():
            theirs = again[row]
            cosines.append(_cosine(mine.vector, theirs.vector))
            cosines += map(_cosine, mine.words, theirs.words)
            cosines.append(float(len(mine.words) == len(theirs.words)))
    return min(cosines)


def _cosine(one: Vectors, other: Vectors) -> float:
    if one.shape != other.shape:
        return 0.0
    lengths = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return float(one @ other) / lengths if lengths > 0 else 0.0
