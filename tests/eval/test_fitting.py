"""The command of the fits: what it asks, what it leaves out, and the data file it prints."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from askretail import rank as ranking
from askretail.assistant import Assistant
from askretail.features import NAMES
from askretail.nouns import Hit
from askretail.quote_features import Candidate
from askretail.rank import read_weights
from askretail.repeats import Repeats
from askretail.studied import PageFeatures
from askretail_eval import fit_quotes, fit_ranking, fitting
from askretail_eval.fitting import FITTED, LEFT_OUT, Fit, company_of, data_file, figures
from askretail_eval.listwise import Case, rank
from askretail_eval.questions import Gold, Question

from .made import document


def case(company: str, *values: float, gold: int) -> Case:
    flags = np.zeros(len(values))
    flags[gold] = 1
    return Case(f"{company}-{values}", company, np.array(values).reshape(-1, 1), (flags,))


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that data files are read from in place of the package's."""
    import tomllib

    def read(name: str) -> dict[str, object]:
        return tomllib.loads((tmp_path / name).read_text(encoding="utf-8"))

    monkeypatch.setattr(ranking, "read_data", read)
    read_weights.cache_clear()
    yield tmp_path
    read_weights.cache_clear()


def test_a_data_file_is_read_back_as_what_was_fitted(written: Path) -> None:
    names = ("first", "second", "third")
    prior, fitted = np.array([0.0, -1.5, 0.0]), np.array([0.25, -1.25, 3.0])
    (written / "made.toml").write_text(data_file(names, prior, fitted), encoding="utf-8")
    np.testing.assert_allclose(read_weights("made.toml", names), fitted)
    np.testing.assert_allclose(read_weights("made.toml", names, table="prior"), prior)


def test_weights_come_in_the_order_asked_and_an_unknown_one_is_refused(written: Path) -> None:
    (written / "made.toml").write_text("[weights]\na = 1\nb = 2\n", encoding="utf-8")
    assert read_weights("made.toml", ("b", "new", "a")).tolist() == [2, 0, 1]
    with pytest.raises(ValueError, match=r"made.toml: unknown features \['b'\]"):
        read_weights("made.toml", ("a",))


def test_a_page_scores_the_sum_of_its_weighted_features() -> None:
    features = np.zeros((2, len(NAMES)))
    features[0, NAMES.index("cosine")] = 2
    features[1, NAMES.index("age")] = 1
    weights = read_weights("ranking.toml", NAMES)
    scores = ranking.page_scores(features).tolist()
    assert scores == [2 * weights[NAMES.index("cosine")], weights[NAMES.index("age")]]
    features[1, NAMES.index("cosine_raw")] = 0.5
    general = read_weights("ranking.toml", NAMES, table="general")
    scores = ranking.page_scores(features, general=True).tolist()
    assert scores == [0, general[NAMES.index("cosine_raw")] / 2]  # whatever age weighs elsewhere


def test_a_company_is_scored_by_weights_that_never_saw_it() -> None:
    """Elm's gold is the low value, everybody else's the high one: only its own fit gets it."""
    sets = {
        "mixed": [
            *(case("oak", 1.0, 0.1 * n, gold=0) for n in range(4)),
            *(case("ash", 1.0, 0.1 * n, gold=0) for n in range(4)),
        ],
        "odd": [case("elm", 0.9, 0.2, gold=1)] * 30,
    }
    every = [one for cases in sets.values() for one in cases]
    prior = np.zeros(1)
    table = figures(sets, fitting.fit(every, prior, 0.01), prior, 0.01)
    first = {row[:2]: row[3] for row in table.rows}
    assert table.head[:4] == ("set", "weights", "n", "all@1")
    assert [row[2] for row in table.rows] == ["8", "8", "30", "30"]
    assert first["odd", FITTED].startswith("1.00")
    assert first["odd", LEFT_OUT].startswith(".00")
    assert first["mixed", FITTED].startswith(".00")  # so many questions of elm outvote the others


def test_the_command_fits_what_the_sets_hold_and_prints_a_file_for_the_package(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (written / "made.toml").write_text("[prior]\nhelps = 0.5\n", encoding="utf-8")
    questions = [
        Question(f"q{n}", "fact", "?", evidence=((Gold(f"{name}_2022", 1),),))
        for n, name in enumerate(("OAK", "ELM", "ASH"))
    ]

    def asked(name: str, folder: Path, library: Path) -> Iterator[tuple[None, Question]]:
        yield from ((None, q) for q in (questions if name == "kept" else []))

    def make(assistant: Assistant, question: Question) -> Case | None:
        if question.id == "q2":
            return None
        rows = np.array([[1.0, 0.3], [0.0, 0.6], [0.2, 0.1]])
        return Case(question.id, company_of(question), rows, (np.array([1.0, 0, 0]),))

    monkeypatch.setattr(fitting, "asked", asked)
    wanted = Fit("Weights made", "made.toml", ("helps", "idle"), ("kept",), 0.1, make)
    results = written / "results.md"
    assert fitting.run(wanted, ["sets", "library", "--results", str(results)]) == 0
    printed, told = capsys.readouterr()
    (written / "made.toml").write_text(printed, encoding="utf-8")
    read_weights.cache_clear()
    helps, idle = read_weights("made.toml", ("helps", "idle"))
    assert helps > 1 > abs(idle)
    assert read_weights("made.toml", ("helps", "idle"), table="prior").tolist() == [0.5, 0]
    assert "made.toml" in results.read_text(encoding="utf-8")
    assert [line.split()[:1] for line in told.splitlines() if LEFT_OUT in line] == [["kept"]]
    assert " 2 " in next(line for line in told.splitlines() if LEFT_OUT in line)


@pytest.mark.parametrize(
    ("doc", "company"), [("WALMART_2022_10K", "walmart"), ("best-buy-health", "best")]
)
def test_the_company_of_a_question_begins_the_name_of_its_gold_document(
    doc: str, company: str
) -> None:
    assert company_of(Question("q", "fact", "?", evidence=((Gold(doc, 3),),))) == company


class Pages:
    """An assistant whose candidates are three pages."""

    def page_features(self, question: str) -> PageFeatures:
        assert question == "In full?"
        places = (("OAK_2022.pdf", 3), ("OAK_2022.pdf", 4), ("ELM.pdf", 3))
        same = np.array([1], dtype=np.int32)
        companies = (("Oak",), ("Oak",), ("Oak",))
        alike = Repeats((1, 1, 2), companies, (0, 0, 0), (same, same, same))
        return PageFeatures(places, np.eye(3), alike, np.ones(3))


def test_the_gold_pages_of_a_ranking_are_told_by_document_and_number() -> None:
    evidence = ((Gold("OAK_2022", 4), Gold("ELM", 3)), (Gold("OAK_2022", 3),))
    question = Question("q", "fact", "Short?", standalone="In full?", evidence=evidence)
    made = fit_ranking.make_case(Pages(), question)  # type: ignore[arg-type]
    assert made is not None
    assert [flags.tolist() for flags in made.gold] == [[0, 1, 1], [1, 0, 0]]
    assert (made.id, made.company) == ("q", "oak")
    repeated = np.array([1.0, 3.0, 2.5])  # the third says what the second does
    assert rank(made, repeated) == 2
    assert fit_ranking.make_case(Pages(), Question("u", "unanswerable", "?")) is None  # type: ignore[arg-type]


NOTE = document(
    "oak.md",
    "Oak opened forty stores in the north last year. Rain fell on forty stores. Oak sells tea. "
    "Oak opened forty stores in the north, yet heavy rain kept nearly everybody away all summer.",
    "Oak opened forty stores in the north last year.",
)
QUOTE = "Oak opened forty stores in the north last year"


@pytest.mark.parametrize(
    ("text", "page", "is_gold"),
    [
        ("Oak opened forty stores in the north last year.", 1, True),
        ("Oak opened forty stores in the north", 1, True),  # a good part of it
        ("Rain fell on forty stores.", 1, False),
        (
            "Oak opened forty stores in the north, yet heavy rain kept nearly everybody away all "
            "summer.",
            1,
            False,  # most of it says something else
        ),
        ("Oak", 1, False),  # a word of it says nothing
        ("Oak opened forty stores in the north last year.", 2, False),  # another page
    ],
)
def test_a_candidate_is_gold_when_it_is_a_good_part_of_the_quote_on_its_page(
    text: str, page: int, is_gold: bool
) -> None:
    place = NOTE.pages[page - 1]
    start = NOTE.text.index(text, place.start)
    hit = Hit(NOTE, page, place.start, place.end, NOTE.text[place.start : place.end], 1.0)
    candidate = Candidate(hit, "", start, start + len(text), 0, (0, 0), 0)
    assert fit_quotes.is_gold(candidate, Gold("oak", 1, QUOTE)) is is_gold
    assert not fit_quotes.is_gold(candidate, Gold("elm", 1, QUOTE))
    question = Question("q", "fact", "?", evidence=((Gold("elm", 1, "x"), Gold("oak", 1, QUOTE)),))
    (flags,) = fit_quotes.gold_flags(question, [candidate])
    assert flags.tolist() == [float(is_gold)]


def test_a_question_whose_quotes_are_not_all_known_is_no_case_for_quotes() -> None:
    half = Question("q", "fact", "?", evidence=((Gold("oak", 1, QUOTE),), (Gold("oak", 2),)))
    assert fit_quotes.make_case(Pages(), half) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("fit", [fit_ranking.RANKING, fit_quotes.QUOTES])
def test_the_kept_data_file_has_a_weight_for_every_feature(fit: Fit) -> None:
    from askretail.data_files import read_data, section

    assert set(section(read_data(fit.file), "weights")) == set(fit.names)
    assert len(set(fit.names)) == len(fit.names)
