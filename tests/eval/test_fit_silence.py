"""The decision to stay silent: fitted on evidence whose right weights are known."""

import math
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from askretail.data_files import read_data, section
from askretail.evidence import NAMES
from askretail.features import Matrix
from askretail_eval import fit_silence
from askretail_eval.fit_silence import OFF, PARTS, Asked, collect, fit, kinds, leave_out, off_topic
from askretail_eval.questions import Question

QUOTE, NAMES_MISSING = NAMES.index("quote"), NAMES.index("names_missing")


def asked(name: str, answerable: bool, quote: float, missing: float = 0.0) -> Asked:
    evidence = np.zeros(len(NAMES))
    evidence[QUOTE], evidence[NAMES_MISSING] = quote, missing
    return Asked(name, answerable, True, evidence)


def probability(one: Asked, weights: Matrix, intercept: float) -> float:
    return float(1 / (1 + np.exp(-(one.evidence @ weights + intercept))))


GOOD = [asked(f"good {n}", True, 0.6 + 0.01 * n) for n in range(20)]
FAR = [asked(f"far {n}", False, 0.2 + 0.01 * n) for n in range(10)]
STRANGE = [asked(f"strange {n}", False, 0.6 + 0.02 * n, missing=1.0) for n in range(10)]


def test_near_quotes_speak_for_an_answer_and_missing_names_against_it() -> None:
    weights, intercept = fit([*GOOD, *FAR, *STRANGE])
    assert weights[QUOTE] > 0 > weights[NAMES_MISSING]
    assert [w for w in weights if w] == [weights[QUOTE], weights[NAMES_MISSING]]
    assert min(probability(one, weights, intercept) for one in GOOD) > 0.5
    assert max(probability(one, weights, intercept) for one in (*FAR, *STRANGE)) < 0.5


def test_what_is_missing_never_speaks_for_an_answer() -> None:
    odd = [asked(f"odd {n}", True, 0.7, missing=1.0) for n in range(10)]
    weights, _ = fit([*GOOD, *odd, *FAR])
    assert weights[NAMES_MISSING] == 0


def test_the_few_of_one_class_weigh_as_much_as_the_many_of_the_other() -> None:
    alike = [asked(f"{n}", n < 90, 0.5) for n in range(100)]
    weights, intercept = fit(alike)
    assert probability(alike[0], weights, intercept) == pytest.approx(0.5, abs=1e-3)


def test_each_question_is_judged_by_a_fit_that_did_not_see_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[set[str]] = []

    def noted(cases: list[Asked]) -> tuple[Matrix, float]:
        seen.append({one.id for one in cases})
        return np.zeros(len(NAMES)), float(len(seen))

    monkeypatch.setattr(fit_silence, "fit", noted)
    cases = [*GOOD, *FAR]
    found = leave_out(cases)
    assert sorted(one.id for one, _ in found) == sorted(one.id for one in cases)
    assert len(seen) == PARTS
    for one, p in found:
        part = next(k for k in range(PARTS) if p == pytest.approx(1 / (1 + np.exp(-(k + 1)))))
        assert one.id not in seen[part]
        assert len(seen[part]) == len(cases) * (PARTS - 1) // PARTS


def test_questions_are_counted_by_kind() -> None:
    every = [asked("a", True, 0.5), asked("b", False, 0.5), asked(f"{OFF}c", False, 0.1)]
    assert kinds(every) == {
        "answerable": ["a"],
        "unanswerable": ["b"],
        "off the topic": [f"{OFF}c"],
    }


def test_questions_off_the_topic_are_questions_and_each_stands_once() -> None:
    questions = off_topic()
    assert len(questions) >= 30
    assert len(set(questions)) == len(questions)
    assert all(q == q.strip() and len(q.split()) > 2 for q in questions)


class Fixed:
    """An assistant that finds evidence for whatever speaks of stores."""

    def __enter__(self) -> "Fixed":
        return self

    def __exit__(self, *_: object) -> None: ...

    def evidence(self, question: str) -> tuple[bool, Matrix]:
        return "Atlantis" in question, asked(
            "", True, 0.8 if "stores" in question else 0.1
        ).evidence


QUESTIONS = (
    *(Question(f"s{n}", "fact", f"Which stores, {n}?", evidence=((),)) for n in range(12)),
    *(Question(f"u{n}", "unanswerable", f"Which dreams, {n}?") for n in range(8)),
    Question("away", "unanswerable", "Which stores has Atlantis?"),
)


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked_of(name: str, folder: Path, library: Path) -> Iterator[tuple[Fixed, Question]]:
        yield from ((Fixed(), q) for q in QUESTIONS if (name == "sample") == (q.id != "u0"))

    monkeypatch.setattr(fit_silence, "asked", asked_of)
    monkeypatch.setattr(fit_silence, "open_sample", Fixed)
    monkeypatch.setattr(fit_silence, "open_library", lambda library: Fixed())
    monkeypatch.setattr(fit_silence, "off_topic", lambda: ["Who won?", "What rhymes?"])


def test_both_sets_and_the_questions_off_the_topic_of_both_libraries_are_asked(
    fixed: None,
) -> None:
    every = list(collect(Path("sets"), Path("library")))
    assert {one.id for one in every} == {
        *(q.id for q in QUESTIONS),
        f"{OFF}Who won?",
        f"{OFF}What rhymes?",
    }
    assert len(every) == len(QUESTIONS) + 2 * 2
    assert [one.id for one in every if not one.reach] == ["away"]
    assert all(one.answerable == one.id.startswith("s") for one in every)


def test_the_command_prints_a_data_file_that_tells_the_two_kinds_apart(
    fixed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.md"
    assert fit_silence.main(["sets", "library", "--results", str(results)]) == 0
    printed, told = capsys.readouterr()
    made = tomllib.loads(printed)
    assert list(made["weights"]) == list(NAMES)
    decision = made["decision"]
    for quote, is_answer in ((0.8, True), (0.1, False)):
        score = decision["intercept"] + quote * made["weights"]["quote"]
        p = 1 / (1 + math.exp(-score))
        assert (p >= decision["threshold"] - 0.01) is is_answer  # the file rounds
    rows = dict(re.findall(r"^(\w[\w ]+?)  +(\d+ +\S+)", told, re.MULTILINE))
    assert rows["answerable"].split() == ["12", ".00"]
    assert rows["unanswerable"].split() == ["9", "1.00"]  # also the one that rules alone refuse
    assert rows["off the topic"].split() == ["4", "1.00"]
    assert "silence.toml" in results.read_text(encoding="utf-8")


def test_the_kept_data_file_has_a_weight_for_all_evidence_and_none_against_its_meaning() -> None:
    weights = section(read_data("silence.toml"), "weights")
    assert set(weights) == set(NAMES)
    assert [n for n in NAMES if float(str(weights[n])) > 0] == ["quote"]
