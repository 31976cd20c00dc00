from pathlib import Path

import pytest

from askretail_eval.command import run


@pytest.mark.model
def test_the_shipped_questions_reach_their_floors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(out=tmp_path) == 0, capsys.readouterr().out
    assert (tmp_path / "run-sample.jsonl").is_file()
