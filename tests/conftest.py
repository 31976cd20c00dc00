"""Fixtures that every folder of tests may use."""

import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from askretail_index.embed import Spans, Vectors, embed_apart

ROOT = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def absent(what: str) -> NoReturn:
    """Skip the test for want of something; under ASKRETAIL_CI that is a failure."""
    if os.environ.get("ASKRETAIL_CI"):
        pytest.fail(f"{what} (ASKRETAIL_CI is set, so this test must run)")
    pytest.skip(what)


@dataclass(frozen=True, slots=True)
class HashedWords:
    """An embedder whose cosines can be worked out by hand: each word adds 1 to its bucket.

    Two texts of four different words each that share two of them have a cosine of 0.5, unless
    two words fall into one bucket. Another model: ``dataclasses.replace(embedder, name="other")``.
    """

    name: str = "hashed-words"
    dim: int = 512
    max_pieces: int = 254

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.name} {self.dim}".encode()).hexdigest()

    def count(self, text: str) -> int:
        return len(_words(text))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return (
            np.stack([self.embed_query(text) for text in texts])
            if texts
            else np.empty((0, self.dim), dtype=np.float32)
        )

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        return self.embed_passages(texts), embed_apart(self, texts, spans)

    def embed_query(self, text: str) -> Vectors:
        row = np.zeros(self.dim, dtype=np.float32)
        # A text without words still needs a row of length 1.
        for word in _words(text) or [""]:
            row[zlib.crc32(word.encode()) % self.dim] += 1
        return row / np.float32(np.linalg.norm(row))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.fixture(scope="session")
def embedder() -> HashedWords:
    """An embedder that needs no model and gives the same vectors everywhere."""
    return HashedWords()


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real filings and questions, for measuring."""
    folder = Path(os.environ.get("ASKRETAIL_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "filings" / "catalog.csv").is_file():
        absent(f"no data folder at {folder}: set ASKRETAIL_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """A Chromium that Playwright can drive with ``executable_path``."""
    named = os.environ.get("ASKRETAIL_CHROMIUM")
    for candidate in (named,) if named else BROWSERS:
        found = shutil.which(candidate)
        if found:
            return Path(found)
    absent(f"no {named or 'Chromium'} found: install it, or set ASKRETAIL_CHROMIUM")
