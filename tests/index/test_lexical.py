import math
import re
from pathlib import Path

import pytest

from askretail_index.embed import Embedder
from askretail_index.lexical import (
    PAGE_WEIGHTS,
    PASSAGE_WEIGHTS,
    WordQuery,
    count_passages,
    search_pages,
    search_passages,
    word_query,
)
from askretail_index.library import Library
from askretail_index.page_places import page_places
from askretail_index.words import joined_variants, words

from .made import filled

FOUR = {
    "a.txt": "Lockers hold parcels. Parcels wait in lockers and more lockers.",
    "b.txt": "Parcels go by post. A van brings them, and the van is electric.",
    "c.txt": "Coffee is sold near the door of the shop, where people sit and talk.",
    "d.txt": "The shop has plants. Plants need water and the plants need light.",
}
K1, B = 1.2, 0.75  # the constants of SQLite's FTS5


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Library:
    """Four documents of one passage each."""
    library, _ = filled(tmp_path_factory.mktemp("four"), embedder, FOUR)
    assert library.store.count("passages") == 4
    return library


def rows_of(library: Library, table: str, columns: str) -> dict[int, list[list[str]]]:
    """The words of each row of an index, column by column, with the plural's s cut off."""
    found = library.store.db.execute(f"SELECT rowid, {columns} FROM {table}")
    return {row[0]: [singular(text) for text in tuple(row)[1:]] for row in found}


def singular(text: str) -> list[str]:
    return [word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", text.lower())]


def bm25(
    rows: dict[int, list[list[str]]], weights: tuple[float, ...], terms: list[str]
) -> dict[int, float]:
    """BM25 as Robertson and Zaragoza write it, term counts weighted by column."""
    lengths = {i: sum(map(len, columns)) for i, columns in rows.items()}
    average = sum(lengths.values()) / len(rows)
    scores = dict.fromkeys(rows, 0.0)
    for term in terms:
        count = {
            i: sum(w * column.count(term) for w, column in zip(weights, columns, strict=True))
            for i, columns in rows.items()
        }
        holding = sum(value > 0 for value in count.values())
        idf = math.log((len(rows) - holding + 0.5) / (holding + 0.5))
        for i, f in count.items():
            norm = K1 * (1 - B + B * lengths[i] / average)
            scores[i] += max(idf, 1e-6) * f * (K1 + 1) / (f + norm)
    return {i: score for i, score in scores.items() if score > 0}


def check_ranking(found: list[tuple[int, float]], wanted: dict[int, float]) -> None:
    order = sorted(wanted, key=lambda i: (-wanted[i], i))
    assert [i for i, _ in found] == order
    assert [score for _, score in found] == pytest.approx([wanted[i] for i in order], rel=1e-5)


@pytest.mark.parametrize("terms", [["locker"], ["parcel"], ["locker", "parcel"], ["plant", "van"]])
def test_passages_score_as_the_formula_says(four: Library, terms: list[str]) -> None:
    rows = rows_of(four, "passage_words", "body, head")
    query = word_query(" ".join(f"{term}s" for term in terms))
    check_ranking(search_passages(four.store, query, 9), bm25(rows, PASSAGE_WEIGHTS, terms))


@pytest.mark.parametrize("terms", [["locker"], ["parcel"], ["plant", "coffee"]])
def test_pages_score_as_the_formula_says_heads_weighted(four: Library, terms: list[str]) -> None:
    rows = rows_of(four, "page_words", "body, head, furniture")
    query = word_query(" ".join(terms))
    check_ranking(search_pages(four.store, query, 9), bm25(rows, PAGE_WEIGHTS, terms))


def test_a_search_within_documents_keeps_scores_and_order(four: Library) -> None:
    query = word_query("parcels shop")
    everywhere = search_passages(four.store, query, 9)
    documents = four.store.document_ids()
    for some in (documents[:2], documents[1:3], []):
        found = search_passages(four.store, query, 9, documents=some)
        inside = {s.id for number in some for s in four.store.passages_of(number)}
        assert found == [hit for hit in everywhere if hit[0] in inside]
    pages = search_pages(four.store, query, 9, documents=documents[:1])
    assert list(page_places(four.store, [i for i, _ in pages]).values()) == [(documents[0], 1)]


def test_k_bounds_the_list_from_its_best_end(four: Library) -> None:
    query = word_query("parcels shop plants")
    whole = search_passages(four.store, query, 9)
    assert len(whole) == 4
    assert search_passages(four.store, query, 2) == whole[:2]
    assert search_passages(four.store, query, 0) == []


def test_equal_scores_go_to_the_lower_id(tmp_path: Path, embedder: Embedder) -> None:
    texts = {f"{n}.txt": f"Twins{n} sell tea.{chr(10) * n}" for n in range(5)}
    library, _ = filled(tmp_path, embedder, texts | {"x.txt": "Others sell soap and bread."})
    hits = search_passages(library.store, word_query("tea"), 9)
    assert len({score for _, score in hits}) == 1
    assert [i for i, _ in hits] == sorted(i for i, _ in hits)
    assert len(hits) == 5


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("e-commerce", "ecommerce"),
        ("ecommerce", "e-commerce"),
        ("e-commerce", "e‑commerce"),
        ("ecommerce", "e‐commerce"),
        ("e‐commerce", "E-Commerce"),
        ("omni-channel", "omnichannel"),
        ("10-K", "10k"),
        ("10K", "10-K"),
        ("10-K", "10-k"),
        ("year-over-year", "yearoveryear"),
        ("buynowpaylater", "buy-now-pay-later"),
        ("buy-now-pay-later", "pay-later"),
        ("Macy's", "macys' macy"),
        ("café", "cafe"),
        ("stores", "store's"),
    ],
)
def test_a_word_is_found_however_its_hyphens_and_endings_are_written(
    tmp_path: Path, embedder: Embedder, written: str, asked: str
) -> None:
    texts = {"a.txt": f"Growth of {written} was strong.", "b.txt": "Rain fell on the plants."}
    library, _ = filled(tmp_path, embedder, texts)
    first = library.store.document_ids()[0]
    for search in (search_passages, search_pages):
        hits = search(library.store, word_query(asked), 5)
        assert len(hits) == 1
        assert (
            library.store.db.execute(
                "SELECT document FROM pages WHERE id = ?", (hits[0][0],)
            ).fetchone()[0]
            == first
        )


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?",
        '"',
        '"parcels',
        "parcels AND",
        "AND OR NOT NEAR",
        "par*",
        "*",
        "^parcels",
        "body:parcels",
        "col:x parcels",
        "parcels - lockers",
        "-parcels",
        "(parcels",
        "parcels)",
        "{body head}: parcels",
        "parcels + lockers",
        "NEAR(parcels lockers, 2)",
        "'; DROP TABLE passages; --",
        "parcels\x00lockers",
        "🙂 \u200b \ud800 ﷽",
        "a" * 5000,
        "parcels " * 1500,
    ],
)
def test_no_question_can_break_the_search(four: Library, question: str) -> None:
    query = word_query(question)
    for search in (search_passages, search_pages):
        hits = search(four.store, query, 9)
        assert len(hits) <= 4
        if "parcels" in query.terms:
            assert len(hits) >= 2


@pytest.mark.parametrize("phrase", ["", '"', "-", 'net "sales', "of parcels OR", "\x00", "*"])
def test_no_phrase_can_break_the_search(four: Library, phrase: str) -> None:
    hits = search_passages(four.store, WordQuery(("lockers",), (phrase,)), 9)
    assert four.store.passages([hits[0][0]])[0].passage.text.startswith("Lockers hold")
    assert search_passages(four.store, WordQuery((), (phrase,)), 9) == []


def test_a_phrase_needs_its_words_side_by_side(four: Library) -> None:
    for phrase, found in (("hold parcels", 1), ("parcels hold", 0), ("need light", 1)):
        assert len(search_passages(four.store, WordQuery((), (phrase,)), 9)) == found


def test_a_question_becomes_its_telling_words_joined_ones_beside() -> None:
    query = word_query("What was Walmart's e-commerce growth in the 10-K of 2022?", ["Net Sales"])
    assert query.terms == ("walmart", "e-commerce", "ecommerce", "growth", "10-k", "10k", "2022")
    assert query.match.startswith('"walmart" OR "e-commerce" OR "ecommerce"')
    assert query.match.endswith('"2022" OR "net sales"')


def test_text_is_followed_by_its_hyphenated_words_joined() -> None:
    text = "A year-over-year view of e-commerce, e-commerce and 10-K forms – not dashes."
    assert joined_variants(text) == f"{text}\nyearoveryear ecommerce 10K"
    assert joined_variants("plain words") == "plain words"
    assert words("AT&T's e-commerce_x 10-K, café") == [
        "AT&T's",
        "e-commerce",
        "x",
        "10-K",
        "café",
    ]


def test_the_heads_of_a_table_are_words_of_its_rows(library: Library) -> None:
    hits = search_passages(library.store, word_query("lockers 2022 thousands"), 9)
    kinds = [s.passage.kind for s in library.store.passages([i for i, _ in hits])]
    assert "table" in kinds


def test_passages_that_hold_a_word_are_counted_within_the_documents_asked(four: Library) -> None:
    first, *others = four.store.document_ids()
    asked = ["parcel", "lockers", "2022", "plants need"]
    assert count_passages(four.store, asked, [first]) == dict(zip(asked, (1, 1, 0, 0), strict=True))
    counted = count_passages(four.store, asked, [first, *others])
    assert counted == dict(zip(asked, (2, 1, 0, 1), strict=True))
    assert count_passages(four.store, asked, []) == dict.fromkeys(asked, 0)


def test_a_word_of_the_heading_counts_as_well(library: Library) -> None:
    everything = library.store.document_ids()
    assert count_passages(library.store, ["Fennel"], everything)["Fennel"] > 0  # context line only


def test_superseded_and_removed_words_are_found_no_more(library: Library) -> None:
    assert search_pages(library.store, word_query("parcels"), 9) != []
    library.remove(["brief.md"])
    assert search_pages(library.store, word_query("parcels"), 9) == []
    assert search_passages(library.store, word_query("parcels"), 9) == []
