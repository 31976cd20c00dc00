"""What the decision about silence looks at, and what it makes of it."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from askretail import silence
from askretail.assistant import Assistant
from askretail.catalogue import Catalogue, make_catalogue
from askretail.evidence import FIRST, NAMES, evidence
from askretail.named import figure_apart
from askretail.nouns import Asked, Reading
from askretail.quotes import Quote
from askretail.silence import is_general, out_of_reach, probability, reasons, threshold
from askretail_index.embed import Embedder
from askretail_index.library import Library

from .conftest import write_notes
from .made import document, hit, quote, reading

NOTE = document(
    "Costco opened 23 warehouses, about 4% of all of them. Robots sort parcels in Ohio.\n\n"
    "Bakeries | 12 | 11",
    "Costco",
    year=2022,
)
PROSE = hit(NOTE, section=("Costco note", "Growth"))
OPENED = quote(PROSE, "Costco opened 23 warehouses, about 4% of all of them.", cosine=0.7)
ROBOTS = quote(PROSE, "Robots sort parcels in Ohio.", cosine=0.4)


@pytest.fixture(scope="module")
def notes(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> Iterator[tuple[Library, Catalogue]]:
    """The library of the notes, which print 2021, 2022 and 2023, with its catalogue."""
    folder = tmp_path_factory.mktemp("evidence")
    write_notes(folder)
    with Assistant.open(folder / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([folder])
    library = Library(folder / "library", embedder)
    numbers = library.store.document_ids()
    yield library, make_catalogue([(n, library.store.document(n)) for n in numbers])
    library.close()


def of(notes: tuple[Library, Catalogue], name: str, asked: Reading, *quotes: Quote) -> float:
    found = evidence(*notes, asked, quotes)
    assert found.shape == (len(NAMES),)
    return round(float(found[NAMES.index(name)]), 6)


def test_the_quote_that_counts_is_the_nearest_of_the_first(
    notes: tuple[Library, Catalogue],
) -> None:
    asked = reading("What happened?")
    assert of(notes, "quote", asked, ROBOTS, OPENED) == 0.7
    assert of(notes, "quote", asked, *[ROBOTS] * FIRST, OPENED) == 0.4
    assert of(notes, "quote", asked) == 0


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How does Costco sort in Ohio?", 0),
        ("How does Costco sort in Texas?", 1),
        ("How does Costco sort in Ohio and Texas?", 0.5),
        ("How does Costco sort?", 0),  # of companies the reading sees to it
        ("What does the Growth section say?", 0),  # a heading
        ("Did Costco's capital rise in FY22 or Q3?", 0),  # periods are no names
    ],
)
def test_names_are_missing_when_no_passage_of_a_quote_and_no_heading_has_them(
    notes: tuple[Library, Catalogue], question: str, missing: float
) -> None:
    asked = reading(question, companies=("Costco",))
    assert of(notes, "names_missing", asked, OPENED) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many warehouses did Costco open?", 0),
        ("How many robots does Costco have?", 1),  # robots, but no number of them
        ("What do robots do?", 0),
    ],
)
def test_a_count_is_missing_when_no_quote_has_a_number_of_the_thing(
    notes: tuple[Library, Catalogue], question: str, missing: float
) -> None:
    assert of(notes, "count_missing", reading(question), OPENED, ROBOTS) == missing


def test_a_share_is_missing_when_one_is_asked_for_and_no_quote_has_one(
    notes: tuple[Library, Catalogue],
) -> None:
    share, other = reading("What share of them is new?"), reading("Which of them is new?")
    assert of(notes, "share_missing", share, ROBOTS) == 1
    assert of(notes, "share_missing", share, ROBOTS, OPENED) == 0
    assert of(notes, "share_missing", other, ROBOTS) == 0


@pytest.mark.parametrize(
    ("years", "companies", "missing"),
    [
        ((2022,), (), 0),
        ((2019,), (), 1),
        ((2022, 2019), (), 0.5),
        ((), (), 0),
        ((2021,), ("Costco",), 0),
        ((2021,), ("Amazon",), 1),  # another company's document prints it
    ],
)
def test_a_year_is_missing_when_no_document_of_the_companies_prints_it(
    notes: tuple[Library, Catalogue],
    years: tuple[int, ...],
    companies: tuple[str, ...],
    missing: float,
) -> None:
    asked = reading("?", companies=companies, periods=tuple(map(Asked, years)))
    assert of(notes, "years_missing", asked, OPENED) == missing


def test_the_period_is_missing_from_quotes_about_another_one(
    notes: tuple[Library, Catalogue],
) -> None:
    late = quote(PROSE, "Robots", timely=False)
    assert of(notes, "period_missing", reading("?"), OPENED, late, late, OPENED) == 0.5
    assert of(notes, "period_missing", reading("?")) == 0


def test_a_probability_is_the_logistic_of_the_weighted_evidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weights = np.arange(len(NAMES), dtype=np.float64)
    monkeypatch.setattr(silence, "read_weights", lambda file, names: weights)
    monkeypatch.setattr(silence, "intercept", lambda: -1.5)
    gathered = np.zeros(len(NAMES))
    gathered[2], gathered[3] = 0.5, 1
    assert probability(gathered) == pytest.approx(1 / (1 + math.exp(-(2 * 0.5 + 3 - 1.5))))


def test_near_quotes_pass_the_threshold_and_far_ones_do_not() -> None:
    near, far = np.zeros(len(NAMES)), np.zeros(len(NAMES))
    near[0], far[0] = 0.9, 0.1
    assert probability(far) < threshold() < probability(near)


def test_a_company_that_nobody_mentions_is_out_of_reach() -> None:
    asked = reading("What does Atlantis sell?", unknown=("Atlantis",))
    assert out_of_reach(asked, [OPENED])
    there = hit(document("Atlantis sells tea.", "Costco"))
    assert not out_of_reach(asked, [OPENED, quote(there, "Atlantis sells tea.")])
    assert not out_of_reach(reading("What does Costco sell?", companies=("Costco",)), [OPENED])


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("years_missing", "none of them mentions that year"),
        ("count_missing", "no passage counts them"),
        ("share_missing", "no passage gives such a share"),
        ("figure_apart", "no passage gives that figure of what is named"),
        ("quote", "no passage says it closely enough"),
    ],
)
def test_the_reason_is_what_had_to_be_given_up_else_what_is_missing(
    missing: str, reason: str
) -> None:
    gathered = np.zeros(len(NAMES))
    gathered[NAMES.index(missing)] = 1
    assert reasons(reading("?"), gathered) == (reason,)
    assert reasons(reading("?", relaxed=("no Nike document",)), gathered) == ("no Nike document",)


@pytest.mark.parametrize(
    ("question", "said", "apart"),
    [
        ("How many warehouses does Costco run in Japan?", "It runs 600 warehouses.", True),
        ("How many warehouses does Costco run in Japan?", "Japan has 30 warehouses.", False),
        ("How many warehouses does Costco run?", "It runs 600 warehouses.", False),
        ("How many Costco+ members were there?", "Costco has 60 million members.", True),
        ("How many Costco+ members were there?", "Costco+ has 3 million members.", False),
        ("What price does Costco pay Dole for bananas?", "Dole sells bananas.", True),
        ("What price does Costco pay Dole for bananas?", "Dole gets $2 a box.", False),
        ("What share of Costco's sales went through Walmart?", "Texas has 9% of sales.", True),
        ("What share of Costco's sales went through Walmart?", "Walmart took 9%.", False),
        ("What price did Hormel pay Costco for Planters?", "Planters: $3 billion.", True),
        ("What price did Hormel pay Costco for Planters?", "Hormel: $3, Planters.", False),
        ("What did Costco earn in March 2022?", "It earned $3 billion.", False),
        ("Who runs the Dole stand?", "A stand.", False),
    ],
)
def test_a_figure_of_something_named_has_to_stand_with_its_name(
    filings: Catalogue, question: str, said: str, apart: bool
) -> None:
    there = hit(document(said, "Costco"))
    assert figure_apart(question, filings, [OPENED, quote(there, said)]) is apart


def test_documents_hardly_about_companies_need_more_nearness_and_a_claim_does_not() -> None:
    mixed = make_catalogue(
        [(n, document("x", *(("Costco",) if n == 0 else ()))) for n in range(30)]
    )
    filed = make_catalogue([(1, document("x", "Costco")), (2, document("x"))])
    asked = [reading("Who won the cup?"), reading("The cup was won by rain.")]
    assert [is_general(one, mixed) for one in asked] == [True, False]
    assert [is_general(one, filed) for one in asked] == [False, False]
    named = reading("Who won at Costco?", companies=("Costco",))
    assert not is_general(named, mixed)
    assert threshold(general=True) > threshold()
