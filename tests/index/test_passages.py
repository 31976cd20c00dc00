from itertools import pairwise
from pathlib import Path

import pytest

from askretail_index.embed import Embedder, load_embedder
from askretail_index.fit import Contexts, embedder_text, fit_context
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.pending import pending_passages
from askretail_index.records import Stored
from askretail_ingest.chunk import chunk
from askretail_ingest.nouns import Block, Document, Metadata, Page, Parsed, Passage

from .made import BRIEF, Counting, filled, make_library

SAMPLE = Path(__file__).parents[2] / "ingest" / "askretail_ingest" / "sample"


def all_passages(library: Library) -> list[tuple[Document, Stored]]:
    store = library.store
    return [
        (store.document(number), stored)
        for number in store.document_ids()
        for stored in store.passages_of(number)
    ]


def inputs(library: Library) -> list[str]:
    return [embedder_text(s.context, s.passage.text) for _, s in all_passages(library)]


def test_every_passage_is_a_slice_of_its_document_and_of_one_page(library: Library) -> None:
    found = all_passages(library)
    assert {document.source for document, _ in found} == {
        "note.txt",
        "brief.md",
        "page.html",
        "paper.pdf",
    }
    for document, stored in found:
        passage = stored.passage
        page = document.page_at(passage.start)
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text != ""
        assert (page.number, page.end >= passage.end) == (passage.page, True)


def test_the_passages_of_a_document_hold_each_of_its_words_once(library: Library) -> None:
    for number in library.store.document_ids():
        document = library.store.document(number)
        passages = [stored.passage for stored in library.store.passages_of(number)]
        for one, following in pairwise(passages):
            assert not document.text[one.end : following.start].strip()
        assert passages[0].start == 0
        assert passages[-1].end == len(document.text.rstrip())


def test_pages_are_physical_an_empty_one_counts(library: Library) -> None:
    found = {
        stored.passage.text: stored.passage.page
        for document, stored in all_passages(library)
        if document.source == "paper.pdf"
    }
    pages = {page for text, page in found.items() if "Tags on jackets" in text}
    assert pages == {3}
    assert set(found.values()) == {1, 3}


def test_a_stored_document_is_the_one_that_was_read(library: Library, documents: Path) -> None:
    stored = {d.source: d for d, _ in all_passages(library)}["brief.md"]
    assert stored.title == "Lockers brief"
    assert stored.companies == ("Fennel Market",)
    assert str(stored.period) == "FY2023"
    assert "The café beside it sells coffee" in stored.text


def test_a_passage_keeps_section_kind_table_and_tokens(library: Library) -> None:
    rows = [s for _, s in all_passages(library) if s.passage.kind == "table"]
    assert [row.passage.section for row in rows] == [("Lockers brief", "Lockers")]
    assert "Parcels" in rows[0].passage.text
    assert rows[0].passage.tokens > 5
    assert rows[0].passage.table == 0
    table = library.store.table(rows[0].document, 0)
    text = library.store.document(rows[0].document).text
    assert table.title is not None
    assert text[slice(*table.title)].startswith("Table 1. Lockers")


def test_the_embedder_reads_the_context_line_then_the_passage(
    tmp_path: Path, embedder: Embedder
) -> None:
    counting = Counting(embedder)
    library, _ = filled(tmp_path, counting, {"brief.md": BRIEF})
    prose = [text for text in counting.texts if "twelve parcels" in text]
    assert len(prose) == 1
    line, passage = prose[0].split("\n", 1)
    assert line == "Fennel Market 2023 brief. Lockers."
    assert passage in {stored.passage.text for _, stored in all_passages(library)}


def test_no_input_is_longer_than_the_embedder_reads_however_wide_the_table(
    tmp_path: Path, embedder: Embedder
) -> None:
    heads = [f"a very long column head about parcels number {n}" for n in range(60)]
    rows = [[f"row {r}", *(str(r * n) for n in range(60))] for r in range(4)]
    lines = [["", *heads], ["---"] * 61, *rows]
    text = BRIEF + "\n\n## Wide\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)
    counting = Counting(embedder)
    library, _ = filled(tmp_path, counting, {"wide.md": text})
    assert any("column head about parcels number 1 " in text for text in counting.texts)
    assert max(map(embedder.count, counting.texts)) <= embedder.max_pieces
    assert sorted(inputs(library)) == sorted(counting.texts)
    longest = max(all_passages(library), key=lambda item: embedder.count(item[1].context))[1]
    assert longest.context.startswith("Fennel Market 2023 brief. Wide.\n")


@pytest.mark.parametrize(
    ("context", "text", "fitted"),
    [
        ("one two three", "four five", "one two three"),
        ("one two three four", "five six", "one two three"),
        ("one two\nthree  four five", "six seven", "one two\nthree"),
        ("one two three", "four five six seven eight", ""),
        ("one", "two three four five six seven", ""),
        ("", "one two three four five", ""),
    ],
)
def test_a_context_keeps_its_first_words_that_fit_with_the_text(
    context: str, text: str, fitted: str
) -> None:
    found = fit_context(context, text, count=lambda words: len(words.split()), max_pieces=5)
    assert found == fitted


@pytest.mark.model
def test_no_input_of_the_sample_is_longer_than_the_packaged_model_reads(
    tmp_path: Path, embedder: Embedder
) -> None:
    model = load_embedder()

    class OnlyCounts(Counting):
        max_pieces = model.max_pieces

        def count(self, text: str) -> int:
            return model.count(text)

    assert model.max_pieces == 254
    library = make_library(tmp_path / "library", OnlyCounts(embedder))
    ingest(library, [SAMPLE])
    pieces = [model.count(text) for text in inputs(library)]
    assert len(pieces) > 200
    assert 120 < max(pieces) <= 254
    assert pending_passages(library.store) == []


def test_passages_are_given_in_the_order_asked_and_unknown_ones_left_out(
    library: Library,
) -> None:
    ids = [stored.id for _, stored in all_passages(library)]
    asked = [ids[3], 10_000, ids[0]]
    assert [stored.id for stored in library.store.passages(asked)] == [ids[3], ids[0]]


def test_passages_of_a_page_are_those_on_it(library: Library) -> None:
    number = next(
        n for n in library.store.document_ids() if library.store.document(n).source == "paper.pdf"
    )
    found: list[Passage] = [s.passage for s in library.store.passages_of(number, 3)]
    assert [passage.page for passage in found] == [3] * len(found)
    assert "less theft next year" in " ".join(passage.text for passage in found)
    assert library.store.passages_of(number, 2) == []


def test_a_context_that_passages_share_is_counted_once_and_is_still_cut_where_it_is_long() -> None:
    counted: list[str] = []

    def count(words: str) -> int:
        counted.append(words)
        return len(words.split())

    bare = Parsed(Document("0" * 64, "a.txt", "", (), Metadata("A")), ())
    contexts = Contexts(bare, count=count, max_pieces=100)
    short, long = "Fennel 2023 brief.", "head " * 90
    assert [contexts.fitted(short, f"text {n}") for n in range(9)] == [short] * 9
    assert counted == [short]
    assert contexts.fitted(long, "text " * 30).split() == ["head"] * 70


def test_a_text_is_counted_sentence_by_sentence_and_each_of_them_once() -> None:
    counted: list[str] = []

    def count(words: str) -> int:
        counted.append(words)
        return len(words.split())

    sentences = [f"Store number {n} sold more parcels than in any other year." for n in range(40)]
    text = " ".join(sentences)
    page = Page(1, "", 0, len(text))
    document = Document("0" * 64, "a.txt", text, (page,), Metadata("A"))
    passages = chunk(
        Parsed(document, (Block("paragraph", 0, len(text)),)), count=count, max_pieces=254
    )
    assert counted == sentences
    assert " ".join(passage.text for passage in passages) == text
    assert len(passages) > 2
