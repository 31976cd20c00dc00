"""The words of a picture, read by the `ocr` extra (rapidocr); its models lie in its own wheel."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from askretail_ingest.errors import UnreadableFile
from askretail_ingest.offline import quiet_onnxruntime

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "pip install 'askretail[ocr]'"
MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
DETECTED_AT = 960  # pixels of the longer side in which lines are looked for: as good as 1650
# One line at a time: six, as rapidocr has it, are no faster and take 800 MB instead of 400.
BATCH = 1


class Word(NamedTuple):
    """A word of a picture and its box, in pixels from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


Corners = tuple[tuple[float, float], ...]


class _Found(Protocol):
    """What rapidocr returns: a run of words a line, each with the four corners of its box."""

    txts: tuple[str, ...] | None  # None where it finds nothing; the words are then no words
    word_results: tuple[tuple[tuple[str, float, Corners | None], ...], ...]


class _Engine(Protocol):
    def __call__(self, picture: object) -> _Found: ...


def is_installed() -> bool:
    """Return whether the extra is there; it is not loaded for that."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read_picture(picture: "Image") -> list[list[Word]]:
    """Return the words of a picture, run by run, from the top down; raises ``UnreadableFile``."""
    import numpy as np

    reversed_channels = np.asarray(picture.convert("RGB"))[:, :, ::-1]  # as OpenCV has them
    found = _engine()(np.ascontiguousarray(reversed_channels))
    runs = (list(_words(run)) for run in found.word_results if found.txts)
    return sorted((run for run in runs if run), key=lambda run: (run[0].top, run[0].x0))


def _words(run: tuple[tuple[str, float, Corners | None], ...]) -> Iterator[Word]:
    for text, _, corners in run:
        if text.strip() and corners is not None:
            across = [float(x) for x, _ in corners]
            down = [float(y) for _, y in corners]
            yield Word(text.strip(), min(across), min(down), max(across), max(down))


@cache
def _engine() -> _Engine:
    """Return the engine on one thread: two files are read at once."""
    if not is_installed():
        raise UnreadableFile(f"OCR needs rapidocr: {INSTALL}")
    quiet_onnxruntime()
    import rapidocr

    # Models named by their files are not looked for anywhere else, the network included.
    detects, reads = (Path(rapidocr.__file__).parent / "models" / name for name in MODELS)
    params: dict[str, object] = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Global.max_side_len": 4000,
        "Det.model_path": str(detects),
        "Det.limit_type": "max",
        "Det.limit_side_len": DETECTED_AT,
        "Rec.model_path": str(reads),
        "Rec.rec_batch_num": BATCH,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    engine: _Engine = rapidocr.RapidOCR(params=params)
    return engine
