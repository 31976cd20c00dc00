"""What an assistant tells of its ranking is what it ranks by."""

from pathlib import Path

import numpy as np
import pytest

from askretail.rank import weights
from askretail.studied import Studied
from askretail_index.embed import Embedder


@pytest.mark.parametrize("company", ["", "Costco"])
def test_the_pages_come_with_the_weights_that_rank_them(
    tmp_path: Path, embedder: Embedder, company: str
) -> None:
    for name, words in (("cup", "The cup was won by the visitors."), ("tea", "Tea was sold late.")):
        (tmp_path / f"{name}.txt").write_text(f"{words} It rained on the town all day.\n")
        (tmp_path / f"{name}.txt.meta.toml").write_text(
            f'companies = ["{company}"]\n' * bool(company)
        )
    with Studied.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path])
        found = assistant.page_features("Who won the cup?")
        ranked = [hit.document.source for hit in assistant.search("Who won the cup?")]
    np.testing.assert_array_equal(found.weights, weights(general=not company))
    scores = found.alike.settled(found.features @ found.weights)
    order = np.argsort(-scores, kind="stable")
    assert [found.places[place][0] for place in order] == ranked == ["cup.txt", "tea.txt"]
