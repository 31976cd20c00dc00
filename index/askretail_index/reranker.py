"""A cross-encoder that reads a question and a passage together; it is loaded at its first use."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_index.arrays import Vectors
from askretail_ingest.errors import BadSetting

if TYPE_CHECKING:
    from askretail_index.torch_model import PairModel


class Reranker:
    """A cross-encoder of sentence-transformers from a local folder."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "config.json").is_file():
            raise BadSetting(
                f"{folder} holds no cross-encoder (config.json): name the folder of one in "
                "settings.toml (rerank = …), or remove that line"
            )
        self.folder = folder

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return how well each text answers the question: shape ``(len(texts),)``, any scale."""
        return self._model.scores(question, texts)

    @cached_property
    def _model(self) -> "PairModel":
        from askretail_index.torch_model import PairModel

        return PairModel(self.folder)


def load_reranker(setting: str) -> Reranker | None:
    """Return the cross-encoder that a setting names, None for ""; raises BadSetting."""
    return Reranker(Path(setting).expanduser()) if setting else None
