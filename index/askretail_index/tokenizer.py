"""Texts to word pieces, as a model's own file says. The only module that imports tokenizers."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Encoding as Encoding
    from tokenizers import Tokenizer as Tokenizer

TOKENIZER_FILE = "tokenizer.json"


def load_tokenizer(folder: Path, *, max_pieces: int | None = None) -> "Tokenizer":
    """Return the tokenizer of a model's folder, which cuts texts only at ``max_pieces``, if any.

    ``max_pieces`` counts the special pieces too. Raises ``FileNotFoundError``: old models have no
    such file.
    """
    from tokenizers import Tokenizer

    file = folder / TOKENIZER_FILE
    if not file.is_file():
        raise FileNotFoundError(file)
    return uncut(Tokenizer.from_file(str(file)), max_pieces=max_pieces)


def uncut(tokenizer: "Tokenizer", *, max_pieces: int | None = None) -> "Tokenizer":
    """Return the tokenizer without the limits of its file: that of MiniLM cuts and pads to 128."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if max_pieces is not None:
        tokenizer.enable_truncation(max_pieces)
    return tokenizer
