"""Which documents a question is about, and whether it is about any company at all."""

from pathlib import Path

import numpy as np
import pytest

from askretail import retrieve
from askretail.assistant import Assistant
from askretail.catalogue import Catalogue, make_catalogue
from askretail.features import Matrix
from askretail.nouns import Reading
from askretail.scope import on_no_company
from askretail_index.embed import Embedder

from .made import document, reading

NOBODY = make_catalogue([(n, document("x", *(["Costco"] if not n else []))) for n in range(30)])
FILED = make_catalogue([(0, document("x", "Costco")), (1, document("x"))])


@pytest.mark.parametrize(
    ("asked", "catalogue", "expected"),
    [
        (reading("Who won the cup?"), NOBODY, True),
        (reading("The cup was won by rain."), NOBODY, True),
        (reading("Who won at Costco?", companies=("Costco",)), NOBODY, False),
        (reading("Who won at Oakmart?", unknown=("Oakmart",)), NOBODY, False),
        (reading("Who won the cup?"), FILED, False),
    ],
)
def test_a_question_is_on_no_company_where_hardly_a_document_is(
    asked: Reading, catalogue: Catalogue, expected: bool
) -> None:
    assert on_no_company(asked, catalogue) is expected


def test_texts_about_no_company_are_ranked_by_the_general_weights(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def note(features: Matrix, *, general: bool) -> Matrix:
        seen.append(general)
        return np.zeros(len(features))

    (tmp_path / "cup.txt").write_text("The cup was won in the rain by the visitors.\n")
    (tmp_path / "shop.txt").write_text("The shops of the town opened late in the rain.\n")
    monkeypatch.setattr(retrieve, "page_scores", note)
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path])
        assistant.search("Who won the cup?")
        (tmp_path / "shop.txt.meta.toml").write_text('companies = ["Costco"]\n')
        assistant.ingest([tmp_path])
        assistant.search("Who won the cup?")
    assert seen == [True, False]
