"""Any damage to a file ends in a document whose parts are all slices, or in one clear line."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askretail.sample import sample_documents
from askretail_index.embed import Embedder
from askretail_ingest.chunk import chunk
from askretail_ingest.errors import AskRetailError, UnreadableFile
from askretail_ingest.nouns import Document, Parsed, Passage
from askretail_ingest.read import read
from askretail_ingest.spans import MAX_QUOTE, spans

from .examples import tried
from .mutate import Change, changed, changes

SECONDS = 30.0  # for a file of a few kilobytes; they take hundredths on a machine at rest
SMALLEST = {
    path.suffix: path
    for path in sorted(sample_documents().iterdir(), key=lambda p: -p.stat().st_size)
    if path.name != "catalog.csv"
}


@pytest.mark.parametrize("ending", sorted(SMALLEST))
def test_a_file_damaged_at_random_gives_slices_or_one_clear_line(
    tmp_path: Path, embedder: Embedder, ending: str
) -> None:
    data = SMALLEST[ending].read_bytes()
    path = tmp_path / f"damaged{ending}"

    @given(changes(zipped=data.startswith(b"PK")))
    @tried(20)
    def tell(by: list[Change]) -> None:
        path.write_bytes(changed(data, by))
        started = time.monotonic()
        try:
            parsed = read(path)
        except UnreadableFile as refusal:
            line = str(refusal)
            assert line.startswith(path.name + ": ")
            assert "\n" not in line and len(line) < 200
        else:
            check(parsed)
            check_passages(parsed.document, chunk(parsed, count=embedder.count, max_pieces=254))
        assert time.monotonic() - started < SECONDS

    tell()


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300), st.integers(1, 40))
@tried(40)
@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".csv"])
def test_any_text_gives_slices_or_one_clear_line(
    tmp_path: Path, embedder: Embedder, ending: str, text: str, times: int
) -> None:
    path = tmp_path / f"any{ending}"
    path.write_text(text * times, encoding="utf-8", newline="")
    try:
        parsed = read(path)
    except UnreadableFile as refusal:
        assert str(refusal).startswith(path.name + ": ")
    else:
        check(parsed)
        check_passages(parsed.document, chunk(parsed, count=embedder.count, max_pieces=254))


def check(parsed: Parsed) -> None:
    document, text = parsed.document, parsed.document.text
    f"{text}{document.metadata}{document.pages}".encode()  # what cannot be encoded is not stored
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    ends = [0, *(edge for page in document.pages for edge in (page.start, page.end)), len(text)]
    assert ends == sorted(ends)
    assert all(one.end <= following.start for one, following in pairwise(parsed.blocks))
    for block in parsed.blocks:
        words = text[block.start : block.end]
        assert words.strip() == words != ""
        assert block.end <= document.page_at(block.start).end
        assert block.table is None or block.table < len(parsed.tables)
    for table in parsed.tables:
        places = [place for place in (table.title, table.unit, *table.header) if place]
        assert all(0 <= start < end <= len(text) for start, end in places)


def check_passages(document: Document, passages: list[Passage]) -> None:
    text, end = document.text, 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        page = document.page_at(passage.start)
        assert (page.number, passage.end <= page.end) == (passage.page, True)
        assert not text[end : passage.start].strip()  # no word is lost between two passages
        end = passage.end
        for first, last in spans(passage.text, passage.kind):
            assert 0 <= first < last <= len(passage.text)
            assert passage.kind == "table" or last - first <= MAX_QUOTE
    assert not text[end:].strip()


SIDECAR = b"""title = "Stores note"
companies = ["Walmart", "Amazon"]
type = "news"
period = "Q2 FY2023"
published = "2023-05-04"
"""


@pytest.mark.parametrize("name", ["catalog.csv", "note.txt.meta.toml"])
def test_a_damaged_catalogue_or_sidecar_gives_a_document_or_one_clear_line(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Stores note\n\nStores opened in May. Walmart runs them.\n", encoding="utf-8")
    catalog = (sample_documents() / "catalog.csv").read_bytes()
    catalog = catalog.replace(b"kroger-new-chief.txt", b"note.txt")
    data = SIDECAR if name.endswith(".toml") else catalog

    @given(changes(zipped=False))
    @tried(60)
    def tell(by: list[Change]) -> None:
        (tmp_path / name).write_bytes(changed(data, by))
        try:
            parsed = read(path)
        except AskRetailError as refusal:
            assert name in str(refusal)
            assert "\n" not in str(refusal) and len(str(refusal)) < 300 + len(str(tmp_path))
        else:
            check(parsed)

    tell()
