"""The comparison of three vectors of a sentence, on cosines that can be worked out."""

from collections.abc import Sequence
from types import TracebackType

import numpy as np
import pytest

from askretail.features import Matrix
from askretail.nouns import Hit
from askretail.quote_features import NAMES, Candidate
from askretail_eval import sentences
from askretail_eval.questions import Gold, Question
from askretail_eval.sentences import ALONE, HEADED, POOLED
from askretail_index.embed import Embedder

from .made import document

GOLD, OTHER = "Sales of tea rose by a fifth.", "Coffee coffee coffee."
NOTE = document("oak.md", f"{GOLD} {OTHER}")
ASKED = "How did coffee do for Oak?"


class Assistant:
    """It offers the two sentences of the note, with the gold one pooled nearest."""

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def quote_features(self, question: str) -> tuple[Sequence[Candidate], Matrix]:
        assert question == ASKED
        features = np.zeros((2, len(NAMES)))
        features[:, NAMES.index("cosine_full")] = (0.2, 0.9)
        hit = Hit(NOTE, 1, 0, len(NOTE.text), NOTE.text, 1.0)
        heads = {OTHER: "", GOLD: "How did coffee do for Oak"}
        made = [
            Candidate(hit, heads[text], start, start + len(text), 0, (0, 0), 0)
            for text in (OTHER, GOLD)
            for start in [NOTE.text.index(text)]
        ]
        return made, features


@pytest.fixture
def row_of(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> dict[str, tuple[str, ...]]:
    evidence = ((Gold("oak", 1, GOLD),),)
    questions = [
        Question("a", "fact", "And coffee?", standalone=ASKED, evidence=evidence),
        Question("u", "unanswerable", "Not asked"),
    ]
    monkeypatch.setattr(sentences, "open_sample", Assistant)
    monkeypatch.setattr(sentences, "load_shipped", lambda: questions)
    monkeypatch.setattr(sentences, "load_embedder", lambda: embedder)
    monkeypatch.setattr(sentences, "CachedEmbedder", lambda inner, path: inner)
    return {row[0]: row[1:] for row in sentences.measure().rows}


def test_each_vector_ranks_the_sentences_by_its_own_cosines(
    row_of: dict[str, tuple[str, ...]],
) -> None:
    firsts = {name: (row[0], row[1].split()[0], row[2].split()[0]) for name, row in row_of.items()}
    assert firsts[POOLED] == ("1", "1.00", "1.00")
    assert firsts[ALONE] == ("1", ".00", "1.00")  # the other sentence has the question's word
    assert firsts[HEADED] == ("1", "1.00", "1.00")  # the context line has more of them
    assert firsts["looked at"] == ("1", "1.00", "1.00")
