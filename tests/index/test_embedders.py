"""Any sentence-transformers model gives the same vectors, opened the quick way or the slow."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from askretail_index import onnx_file, onnx_model, open_model
from askretail_index.embed import Vectors, embed_apart, load_embedder
from askretail_index.engine import Engine
from askretail_index.late import pool
from askretail_index.models import find_model
from askretail_index.onnx_file import onnx_path, read_facts
from askretail_index.onnx_model import OnnxModel, batched
from askretail_index.torch_model import TorchModel

TEXTS = (
    "Walmart 2022 annual report.\nPharmacies opened in forty stores. Fuel prices rose again.",
    "Net sales $ 567,762 $ 555,233",
    "strategy " * 400,
    "Crème brûlée, “omni-channel”",
)
PLACES = [[(28, 62), (63, 87)], [(0, 9), (10, 29)], [(0, 8)], [(0, 5)]]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setattr(onnx_file, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a small model with random weights and the tokenizer of the packaged one."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    def make(
        pooling: str = "mean",
        normalise: bool = True,
        prompts: Any = None,
        prompt_counts: bool = True,
    ) -> Path:
        folder = tmp_path_factory.mktemp("model")
        torch.manual_seed(11)
        tokenizer = AutoTokenizer.from_pretrained(str(find_model().path))
        config = BertConfig(
            vocab_size=tokenizer.vocab_size,
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        )
        BertModel(config).save_pretrained(folder / "bert")
        tokenizer.save_pretrained(str(folder / "bert"))
        words = Transformer(str(folder / "bert"), max_seq_length=64)
        parts: list[Any] = [words, Pooling(32, pooling_mode=pooling, include_prompt=prompt_counts)]
        model = SentenceTransformer(
            modules=[*parts, *([Normalize()] if normalise else [])], prompts=prompts
        )
        model.save(str(folder / "whole"))
        return folder / "whole"

    return make


def check_equal(one: Vectors, other: Vectors) -> None:
    np.testing.assert_allclose(one, other, atol=2e-6)


def check_same_vectors(one: Engine, other: Engine) -> None:
    check_equal(one.embed(TEXTS), other.embed(TEXTS))
    for text in TEXTS:
        check_equal(one.embed_query(text), other.embed_query(text))


@pytest.mark.model
def test_the_packaged_model_is_opened_as_onnx_and_gives_the_vectors_of_torch(cache: Path) -> None:
    embedder = load_embedder()
    slow = TorchModel(embedder.folder.path)
    assert isinstance(embedder.engine, OnnxModel)
    check_same_vectors(embedder.engine, slow)
    vectors, parts = embedder.embed_with_spans(TEXTS, PLACES)
    check_equal(vectors, slow.embed(TEXTS))
    for row, read in slow.read(TEXTS):
        check_equal(parts[row], pool(read.words, read.offsets, PLACES[row]))
    known = read_facts(onnx_path(embedder.folder))
    assert known is not None
    assert known[0].cosine >= open_model.MIN_COSINE
    assert [path.suffix for path in sorted((cache / "onnx").iterdir())] == [
        ".json",
        ".lock",
        ".onnx",
    ]


@pytest.mark.model
def test_a_second_opening_answers_without_loading_torch(cache: Path) -> None:
    wanted = load_embedder().embed_query(TEXTS[0])
    code = (
        "import sys\nfrom pathlib import Path\nfrom askretail_index import onnx_file\n"
        f"onnx_file.cache_folder = lambda: Path({str(cache)!r})\n"
        "from askretail_index.embed import load_embedder\n"
        f"vector = load_embedder().embed_query({TEXTS[0]!r})\n"
        "print('torch' in sys.modules, 'sentence_transformers' in sys.modules, vector[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    torch, transformers, first = done.stdout.split()
    assert (torch, transformers) == ("False", "False")
    assert float(first) == pytest.approx(float(wanted[0]), abs=2e-6)


@pytest.mark.model
@pytest.mark.parametrize(
    "how",
    [
        {"pooling": "mean"},
        {"pooling": "cls"},
        {"pooling": "max", "normalise": False},
        {"pooling": "mean", "prompts": {"query": "question: ", "document": "passage: "}},
    ],
)
def test_a_model_of_another_make_gives_the_vectors_of_sentence_transformers(
    make_model: Callable[..., Path], how: dict[str, Any]
) -> None:
    embedder = load_embedder(str(make_model(**how)))
    slow = TorchModel(embedder.folder.path)
    assert isinstance(embedder.engine, OnnxModel)
    check_same_vectors(embedder.engine, slow)
    vectors, parts = embedder.embed_with_spans(TEXTS, PLACES)
    check_equal(vectors, slow.embed(TEXTS))
    is_late = how == {"pooling": "mean"}
    assert embedder.engine.is_mean_of_words is slow.is_mean_of_words is is_late
    if not is_late:  # each sentence is read by itself, as the model means it to be
        for mine, theirs in zip(parts, embed_apart(embedder, TEXTS, PLACES), strict=True):
            check_equal(mine, theirs)


@pytest.mark.model
def test_a_model_whose_export_gives_other_vectors_stays_with_sentence_transformers(
    make_model: Callable[..., Path],
) -> None:
    """A prompt that is read but not counted: the export does not know where it ends."""
    folder = make_model(prompts={"query": "a question about shops: "}, prompt_counts=False)
    embedder = load_embedder(str(folder))
    slow = TorchModel(folder)
    assert isinstance(embedder.engine, TorchModel)
    check_same_vectors(embedder.engine, slow)
    known = read_facts(onnx_path(embedder.folder))
    assert known is not None
    assert known[0].refused == "other vectors"
    assert known[0].cosine < open_model.MIN_COSINE
    assert isinstance(load_embedder(str(folder)).engine, TorchModel)


@pytest.mark.model
def test_a_model_without_a_fast_tokenizer_stays_with_sentence_transformers(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    folder = shutil.copytree(make_model(), tmp_path / "slow")
    (folder / "tokenizer.json").unlink()
    tokens = TorchModel(make_model()).tokenizer.get_vocab()
    words = sorted(tokens, key=lambda token: tokens[token])
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    embedder = load_embedder(str(folder))
    assert embedder.count("Net sales") == 2
    assert isinstance(embedder.engine, TorchModel)


def shorten(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def alter(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def lose(file: Path) -> None:
    file.unlink()


def lose_record(file: Path) -> None:
    file.with_suffix(".json").unlink()


def garble_record(file: Path) -> None:
    file.with_suffix(".json").write_text('{"facts": [], "sha256": 3}')


@pytest.mark.model
@pytest.mark.parametrize("harm", [shorten, alter, lose, lose_record, garble_record])
def test_a_damaged_file_is_never_run_and_made_again(
    make_model: Callable[..., Path], harm: Callable[[Path], None]
) -> None:
    folder = str(make_model())
    first = load_embedder(folder)
    wanted = first.embed_query(TEXTS[0])
    file = onnx_path(first.folder)
    harm(file)
    assert open_model.open_onnx(first.folder, file) is None
    again = load_embedder(folder)
    check_equal(again.embed_query(TEXTS[0]), wanted)
    assert open_model.open_onnx(first.folder, file) is not None


@pytest.mark.model
@pytest.mark.parametrize("missing", ["onnxruntime", "onnx"])
def test_without_onnx_or_onnxruntime_sentence_transformers_answers(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    folder = str(make_model())
    monkeypatch.setitem(sys.modules, missing, None)
    if missing == "onnxruntime":
        monkeypatch.setitem(sys.modules, "onnxruntime.capi", None)
    embedder = load_embedder(folder)
    assert isinstance(embedder.engine, TorchModel)
    assert len(embedder.embed_query("x")) == 32


@pytest.mark.model
def test_a_cache_that_cannot_be_written_costs_only_time(
    make_model: Callable[..., Path], cache: Path
) -> None:
    cache.write_text("a file where the folder should be")
    embedder = load_embedder(str(make_model()))
    assert isinstance(embedder.engine, TorchModel)


@pytest.mark.model
def test_the_same_weights_used_in_another_way_have_a_file_of_their_own(
    make_model: Callable[..., Path], tmp_path: Path
) -> None:
    folder = make_model()
    other = shutil.copytree(folder, tmp_path / "other")
    config = other / "1_Pooling" / "config.json"
    config.write_text(config.read_text().replace('"mean"', '"cls"'))
    one, two = find_model(str(folder)), find_model(str(other))
    assert one.sha256 == two.sha256
    assert onnx_path(one) != onnx_path(two)


class Text:
    """As much of an encoding as a batch is made of."""

    def __init__(self, pieces: int) -> None:
        self.ids = [0] * pieces


def test_short_texts_are_read_together_long_ones_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_model, "PIECES_AT_ONCE", 100)
    texts: Sequence[Any] = [Text(n) for n in (120, 60, 50, 50, 30, 30, 30, 1)]
    lengths = [[len(one.ids) for one in batch] for batch in batched(texts)]
    assert lengths == [[120], [60], [50, 50], [30, 30, 30], [1]]
