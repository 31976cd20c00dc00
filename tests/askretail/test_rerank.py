"""A cross-encoder orders the first passages once more, and only where it is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from askretail import Assistant
from askretail.nouns import Hit
from askretail.rerank import RERANKED, reranked
from askretail_index.arrays import Vectors
from askretail_index.embed import Embedder
from askretail_index.models import find_model
from askretail_index.reranker import Reranker, load_reranker
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document, Metadata, Page

NOTES = {
    "a.txt": "Lockers hold parcels near the door.",
    "b.txt": "Parcels wait in lockers for two days.",
    "c.txt": "Vans bring parcels to lockers at night.",
}


class Longest(Reranker):
    """Takes the longer of two texts for the better answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        self.asked = list(texts)
        return np.array([len(text) for text in texts], dtype=np.float32)


def hit(number: int, score: float, text: str) -> Hit:
    document = Document("x", "x.txt", text, (Page(1, "", 0, len(text)),), Metadata("x"))
    return Hit(document, 1, 0, len(text), text, score, passage_id=number)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small cross-encoder with random weights and the tokenizer of the packaged model."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    torch.manual_seed(11)
    tokenizer = AutoTokenizer.from_pretrained(str(find_model().path))
    config = BertConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.model_max_length = 64
    tokenizer.save_pretrained(str(folder))
    return folder


def test_the_ranking_and_the_cross_encoder_count_the_same() -> None:
    hits = [hit(1, 9.0, "a"), hit(2, 6.0, "bbbbb"), hit(3, 3.0, "ccc")]
    # in standard deviations: 1.22, 0, -1.22 and -1.22, 1.22, 0
    found = reranked(Longest(), "?", hits)
    assert [(h.passage_id, h.score) for h in found] == [(2, 9.0), (1, 6.0), (3, 3.0)]


def test_what_stands_below_the_first_thirty_stays() -> None:
    hits = [hit(n, float(-n), "x" * n) for n in range(1, RERANKED + 4)]
    pairs = Longest()
    found = reranked(pairs, "?", hits)
    assert len(pairs.asked) == RERANKED
    assert [h.passage_id for h in found[RERANKED:]] == [31, 32, 33]
    assert [h.passage_id for h in found[:RERANKED]] == list(range(1, RERANKED + 1))  # a draw
    assert reranked(pairs, "?", []) == []


def test_without_a_setting_there_is_none() -> None:
    assert load_reranker("") is None


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"holds no cross-encoder .*rerank = "):
        load_reranker(str(tmp_path))


@pytest.mark.model
def test_a_library_uses_the_cross_encoder_that_its_user_names(
    tmp_path: Path, embedder: Embedder, cross_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    library, question = tmp_path / "library", "Where do parcels wait?"
    with Assistant.open(library, create=True, embedder=embedder) as plain:
        plain.ingest([tmp_path / name for name in NOTES])
        before = plain.search(question)
    (library / "settings.toml").write_text(f"rerank = '{cross_encoder}'\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="set ASKRETAIL_RERANK="):
        Assistant.open(library, embedder=embedder)
    monkeypatch.setenv("ASKRETAIL_RERANK", str(cross_encoder))
    with Assistant.open(library, embedder=embedder) as again:
        after = again.search(question)
    assert len(before) == len(NOTES)
    wanted = reranked(Reranker(cross_encoder), question, before)
    assert [replace(h, score=0) for h in after] == [replace(h, score=0) for h in wanted]
    read = Reranker(cross_encoder).scores(question, [h.text for h in before])
    assert len(set(read.tolist())) == len(NOTES)
