import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from askretail_eval import command, table
from askretail_eval.command import run
from askretail_eval.floors import Floor, breaches, load_floors, parse_floors
from askretail_eval.questions import Gold, Question
from askretail_eval.record import Record, read_records, write_records
from askretail_eval.report import TITLE, markdown, plain, renew
from askretail_eval.run import ALONE, IN_FULL, OURS, ours, ours_by_form
from askretail_eval.table import Table
from askretail_index.embed import Embedder
from askretail_ingest.errors import BadSetting

from .made import Fake, document

WALMART = document("walmart.pdf", "walmart clinics number 51", "walmart fees are $98")
AMAZON = document("amazon.html", "amazon pharmacy delivers")
SYSTEM = Fake((WALMART, AMAZON))
USERS = Path("users-own")

QUESTIONS = [
    {
        "id": "a",
        "type": "fact",
        "question": "clinics?",
        "evidence": [[{"doc": "walmart.pdf", "page": 1, "quote": "clinics number 51"}]],
        "must_contain": ["51"],
    },
    {
        "id": "b",
        "type": "followup",
        "question": "delivers?",
        "history": ["fees?"],
        "standalone": "pharmacy delivers?",
        "evidence": [[{"doc": "amazon.html", "page": 1, "quote": "amazon pharmacy delivers"}]],
        "must_contain": ["pharmacy"],
    },
    {"id": "c", "type": "unanswerable", "question": "drones?", "evidence": []},
]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def fake_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, embedder: Embedder) -> None:
    monkeypatch.setattr(command, "open_library", lambda library: SYSTEM)
    monkeypatch.setattr(command, "open_sample", lambda: SYSTEM)
    monkeypatch.setattr(command, "load_embedder", lambda: embedder)
    monkeypatch.setattr(command, "default_path", lambda: tmp_path / "vectors.db")


def row(text: str, name: str) -> list[str]:
    """Return the words of the first line that begins with a name."""
    return next(line for line in text.splitlines() if line.startswith(name)).split()


def test_a_run_prints_our_figures_beside_those_of_the_baselines(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder=own, baselines=True) == 0
    text = capsys.readouterr().out
    assert "questions: 3, of which 2 can be answered" in text
    head = row(text, "measure")
    assert head[:6] == ["measure", "n", "askretail", "dense", "BM25", "fusion"]
    # The fake reads the follow-up with "fees?" in front: Walmart's page comes first there.
    assert row(text, "page hit@1")[2:4] == ["2", ".50"]
    assert row(text, "page hit@3")[2:4] == ["2", "1.00"]
    assert row(text, "unanswerable refused")[2:4] == ["1", "1.00"]
    assert row(text, "fact@1")[1:3] == ["2", ".50"]


def test_follow_ups_are_shown_without_history_with_it_and_in_full(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder=own)
    text = capsys.readouterr().out
    assert row(text, "without history")[2:4] == ["1", "1.00"]
    assert row(text, "with history")[2:4] == ["1", ".00"]
    assert row(text, "in full words")[3:5] == ["1", "1.00"]


def test_every_question_of_every_system_is_kept(own: Path, tmp_path: Path) -> None:
    run(folder=own, out=tmp_path / "runs", baselines=True)
    records = read_records(tmp_path / "runs" / "run-own.jsonl")
    assert {(r.system, r.id) for r in records} == {
        *((name, key) for name in (OURS, "dense", "BM25", "fusion") for key in "abc"),
        (ALONE, "b"),
        (IN_FULL, "b"),
    }
    (first, *_) = records
    assert (first.status, first.pages) == ("answered", ("walmart p. 1",))
    assert first.citations == ("walmart p. 1: walmart clinics number 51",)


def test_the_baselines_are_asked_in_full_words(own: Path, tmp_path: Path) -> None:
    run(folder=own, out=tmp_path, baselines=True)
    bm25 = [r for r in read_records(tmp_path / "run-own.jsonl") if r.system == "BM25"]
    assert {r.id: r.pages for r in bm25}["b"] == ("amazon p. 1",)


def test_the_results_file_keeps_other_sections_and_renews_its_own(
    own: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results.md"
    results.write_text("# Results\n\n## own\n\nold\n\n## other\n\nkept\n", encoding="utf-8")
    run(folder=own, results=results)
    once = results.read_text("utf-8")
    run(folder=own, results=results)
    assert once.count("## own\n") == 1 and "\nold\n" not in once
    assert once.endswith("## other\n\nkept\n")
    assert "| page hit@1 | 2 |" in once and "- questions: 3," in once
    assert len(results.read_text("utf-8").split("\n## ")) == len(once.split("\n## "))


def test_a_first_section_brings_the_title() -> None:
    assert renew("", "a", "## a\n\nx\n") == f"{TITLE}\n## a\n\nx\n"
    assert (
        renew("# R\n\n## ab\n\nkept\n", "a", "## a\n\nx\n") == "# R\n\n## ab\n\nkept\n\n## a\n\nx\n"
    )


def test_a_library_without_the_documents_of_the_set_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    gold = [[{"doc": "COSTCO_2022_10K", "page": 1}]]
    path.write_text(json.dumps({**QUESTIONS[0], "evidence": gold}), encoding="utf-8")
    with pytest.raises(BadSetting, match=r"lacks 1 of the 1 documents .*COSTCO_2022_10K"):
        run(folder=path)


def test_a_set_without_its_folder_is_refused() -> None:
    with pytest.raises(BadSetting, match="--set tenk DIR"):
        run("tenk")


def test_a_folder_without_a_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="name a set: retail-strategy"):
        run(folder=tmp_path)


def test_the_shipped_set_fails_below_its_floors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = (Question("a", "fact", "fees?", evidence=((Gold("walmart", 1),),)),)
    monkeypatch.setattr(command, "load_shipped", lambda: shipped)
    monkeypatch.setattr(command, "load_floors", lambda: (Floor("page hit@1", least=0.9),))
    assert run() == 1
    assert "below the floor: page hit@1: .00 is below .90" in capsys.readouterr().out
    monkeypatch.setattr(command, "load_floors", lambda: (Floor("page hit@1", least=0.0),))
    assert run() == 0


def test_the_shipped_set_is_asked_of_the_sample_unless_a_library_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr(command, "open_sample", lambda: opened.append(None))
    monkeypatch.setattr(command, "open_library", lambda library: opened.append(library or USERS))
    command.open_system(None, None, None)
    command.open_system(None, None, tmp_path)
    command.open_system(None, tmp_path / "sample.jsonl", None)
    assert opened == [None, tmp_path, USERS]


def test_floors_bound_from_below_and_from_above() -> None:
    records = [
        Record(str(n), "fact", OURS, "?", {"x": value}) for n, value in enumerate((0.0, 1.0))
    ]
    assert breaches(records, parse_floors("[least]\nx = 0.5\n[most]\nx = 0.5\n", "f")) == []
    assert breaches(records, [Floor("x", least=0.6)]) == ["x: .50 is below .60"]
    assert breaches(records, [Floor("x", most=0.4)]) == ["x: .50 is above .40"]
    assert breaches(records, [Floor("y", least=0.0)]) == ["y: no question has it"]


@pytest.mark.parametrize("text", ["[least]\nx = 'a'", "[lowest]\nx = 1", "x = 1", "[least"])
def test_bad_floors_name_their_file(text: str) -> None:
    with pytest.raises(BadSetting, match=r"^floors\.toml: "):
        parse_floors(text, "floors.toml")


def test_the_shipped_floors_name_measures_that_exist() -> None:
    assert {floor.measure for floor in load_floors()} <= {*table.RETRIEVAL, *table.ANSWERS}


def test_a_run_is_compared_with_an_earlier_one_question_by_question(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder=own, out=tmp_path)
    before = [
        replace(record, measures={**record.measures, "fact@1": 0.0})
        for record in read_records(tmp_path / "run-own.jsonl")
        if record.id != "c"
    ]
    write_records(before, tmp_path / "before.jsonl")
    capsys.readouterr()
    (tmp_path / "before.jsonl").replace(tmp_path / "run-own.jsonl")
    run(folder=own, out=tmp_path, against=tmp_path / "run-own.jsonl")  # read, then replaced
    text = capsys.readouterr().out.partition("Two runs, 2 questions in common")[2]
    assert row(text, "fact@1") == ["fact@1", "2", ".00", ".50", "+0.500", "1"]
    assert row(text, "page hit@1") == ["page", "hit@1", "2", ".50", ".50", "+0.000", "1"]


def test_only_questions_and_measures_of_both_runs_are_compared() -> None:
    first = [Record("a", "fact", OURS, "?", {"fact@1": 1.0}), Record("b", "fact", OURS, "?", {})]
    second = [
        Record("b", "fact", OURS, "?", {"fact@1": 1.0}),
        Record("a", "fact", OURS, "?", {"fact@1": 0.0}),
        Record("a", "fact", "dense", "?", {"fact@1": 1.0}),
    ]
    made = table.compared(first, second)
    assert made.title == "Two runs, 2 questions in common"
    assert made.rows == (("fact@1", "1", "1.00", ".00", "-1.000", "1"),)


def test_runs_without_a_common_question_are_not_compared() -> None:
    with pytest.raises(BadSetting, match="no question in common"):
        table.compared([Record("a", "fact", OURS, "?", {})], [Record("b", "fact", OURS, "?", {})])


def test_records_come_back_as_they_were_written(tmp_path: Path) -> None:
    one = Record("a", "fact", OURS, "é?", {"x": 0.5}, ("A p. 1",), "answered", ("A p. 1: é",), "é")
    write_records([one], tmp_path / "run.jsonl")
    assert read_records(tmp_path / "run.jsonl") == [one]


def test_a_bad_record_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text('{"id": "a", "measures": 3}', encoding="utf-8")
    with pytest.raises(BadSetting, match=r"run\.jsonl line 1: 'measures'"):
        read_records(tmp_path / "run.jsonl")


def test_our_system_is_asked_with_history_and_by_form_without() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    class Noting(Fake):
        def search(self, question: str, k: int = 10, history: Any = ()) -> Any:
            asked.append((question, tuple(history)))
            return super().search(question, k, history)

    question = Question("b", "followup", "and?", ("fees?",), "pharmacy?", ((Gold("amazon", 1),),))
    ours([question], Noting((WALMART,)))
    assert asked == [("and?", ("fees?",)), ("and?", ("fees?",))]  # the ranking, then the answer
    asked.clear()
    ours_by_form([question], Noting((WALMART,)))
    assert asked == [("and?", ()), ("pharmacy?", ())]


def test_tables_line_up_in_text_and_escape_bars_in_markdown() -> None:
    table = Table("T", ("m", "value"), (("long name", "1"), ("a|b", "")))
    assert plain(table) == "T\n-\nm          value\nlong name  1\na|b\n"
    assert "| a\\|b |  |" in markdown(table)
