"""The command line: results on stdout, exit codes, messages."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

import askretail
from askretail import assistant as assistant_module
from askretail.cli import main
from askretail.settings import allowed_model
from askretail_index import embed, models
from askretail_index.embed import Embedder
from askretail_ingest.errors import BadSetting

from .conftest import write_notes


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the notes; the model is loaded once for every command."""
    monkeypatch.setattr(assistant_module, "load_embedder", lambda model="": embedder)
    monkeypatch.setattr("askretail_index.embed.load_embedder", lambda model="": embedder)
    notes = tmp_path / "notes"
    notes.mkdir()
    write_notes(notes)
    folder = tmp_path / "library"
    assert main(["ingest", str(notes), "--library", str(folder)]) == 0
    return folder


def test_ask_prints_the_quote_with_its_page(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["ask", "What does Costco charge members?", "--library", str(library)])
    assert code == 0
    assert "Costco charged members $60 a year" in capsys.readouterr().out


def test_ask_with_json_prints_what_python_gives(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    main(["ask", "What does Costco charge members?", "--library", str(library), "--json"])
    value = json.loads(capsys.readouterr().out)
    assert value["status"] == "answered"
    assert value["citations"][0]["document"]["source"] == "costco-fees.md"


def test_not_found_exits_with_1(library: Path) -> None:
    assert main(["ask", "How many stores does Aldi run?", "--library", str(library)]) == 1


def test_history_makes_a_follow_up(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = ["--history", "What is Walmart's pharmacy strategy?"]
    main(["ask", "And Amazon's?", *history, "--library", str(library)])
    assert "What is Amazon's pharmacy strategy?" in capsys.readouterr().out


def test_options_say_which_documents_may_answer(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    chosen = ["--company", "amazon", "--type", "brief", "--library", str(library), "--json"]
    assert main(["search", "groceries", *chosen]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {hit["document"]["source"] for hit in found} == {"amazon-care.md"}
    main(["ask", "What does it deliver?", *chosen, "--period", "2023"])
    reading = json.loads(capsys.readouterr().out)["reading"]
    assert reading["filters"]["companies"] == ["Amazon"]
    assert reading["filters"]["periods"] == ["FY2023"]


def test_an_option_that_no_document_meets_is_wrong_use(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "fees", "--document", "lost", "--library", str(library)]) == 2
    assert "no document 'lost'" in capsys.readouterr().err


def test_search_ranks_k_passages(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "fees", "--k", "2", "--library", str(library), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_a_bad_file_is_reported_and_exits_with_1(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "broken.pdf"
    bad.write_bytes(b"not a pdf at all")
    capsys.readouterr()
    assert main(["ingest", str(bad), "--library", str(library)]) == 1
    assert "skipped broken.pdf" in capsys.readouterr().out


def test_a_missing_path_is_wrong_use_and_named(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", "nowhere.pdf", "--library", str(library)]) == 2
    assert "nowhere.pdf" in capsys.readouterr().err


def test_a_missing_library_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "anything", "--library", str(tmp_path / "none")]) == 2
    assert "askretail ingest" in capsys.readouterr().err


def test_documents_whose_files_are_gone_are_removed(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes" / "rivals.txt").unlink()
    capsys.readouterr()
    assert main(["remove", "--gone", str(tmp_path / "notes"), "--library", str(library)]) == 0
    assert capsys.readouterr().out == "removed rivals.txt\n"
    assert main(["remove", "--library", str(library)]) == 2
    assert "name the files to remove" in capsys.readouterr().err


def test_library_lists_and_remove_removes(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remove", "rivals.txt", "--library", str(library)]) == 0
    capsys.readouterr()
    assert main(["library", "--library", str(library), "--json"]) == 0
    sources = [row["source"] for row in json.loads(capsys.readouterr().out)]
    assert sources == ["amazon-care.md", "costco-fees.md", "walmart-care.md"]
    assert main(["remove", "rivals.txt", "--library", str(library)]) == 1


def test_doctor_and_rebuild_find_a_sound_library_sound(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--library", str(library)]) == 0
    assert main(["rebuild", "--library", str(library)]) == 0
    assert main(["ask", "What does Costco charge members?", "--library", str(library)]) == 0
    assert "$60 a year" in capsys.readouterr().out


def test_an_unknown_setting_is_refused_with_a_guess(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "settings.toml").write_text('modle = "x"\n')
    assert main(["ask", "anything", "--library", str(library)]) == 2
    assert "did you mean 'model'" in capsys.readouterr().err


COMMANDS = (["ask", "anything"], ["ingest", "note.txt"], ["rebuild"], ["doctor"], ["ui"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_model_that_only_the_library_names_is_neither_fetched_nor_loaded(
    command: list[str],
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("_from_hub", "_hash_weights"):
        monkeypatch.setattr(models, name, pytest.fail)
    for module in (assistant_module, embed):
        monkeypatch.setattr(module, "load_embedder", lambda model="": models.find_model(model))
    for model in ("somebody/some-model", str(library)):
        (library / "settings.toml").write_text(f"model = {model!r}\n")
        assert main([*command, "--library", str(library)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"settings.toml names the model {model!r}" in line
        assert f"set ASKRETAIL_MODEL={model} if you want it loaded" in line


def test_a_model_counts_when_the_user_names_it_too_or_the_library_is_the_users_own(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library / "settings.toml").write_text('model = "somebody/some-model"\n')
    monkeypatch.setenv("ASKRETAIL_MODEL", "somebody/another")
    with pytest.raises(BadSetting, match="ASKRETAIL_MODEL=somebody/some-model"):
        allowed_model(library)
    monkeypatch.setenv("ASKRETAIL_MODEL", "somebody/some-model")
    assert allowed_model(library) == "somebody/some-model"
    monkeypatch.delenv("ASKRETAIL_MODEL")
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name: str(library))
    assert allowed_model(library) == "somebody/some-model"


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_an_exported_answer_is_verified_until_its_source_is_replaced(
    form: str, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, notes = tmp_path / f"answer.{form}", tmp_path / "notes" / "costco-fees.md"
    asked = ["ask", "What does Costco charge members?", "--library", str(library)]
    assert main([*asked, "--export", str(file)]) == 0
    check = ["verify", str(file), "--library", str(library)]
    capsys.readouterr()
    assert main(check) == 0
    *lines, summary = capsys.readouterr().out.splitlines()
    (fee,) = (line for line in lines if "$60 a year" in line)
    assert re.fullmatch(r"\[\d\] unchanged costco-fees\.md, page 1 “Costco charged.*”", fee)
    assert summary == f"{len(lines)} of {len(lines)} quotes hold, unchanged"

    notes.write_text(notes.read_text().replace("$60 a year", "$65 a year"))
    assert main(["ingest", str(notes), "--library", str(library)]) == 0
    capsys.readouterr()
    assert main([*check, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    (fee,) = (quote for quote in found["quotes"] if "$60 a year" in quote["quote"])
    assert (fee["outcome"], fee["holds"]) == ("changed", False)
    assert found["summary"].startswith(f"1 of {len(lines)} quotes changed since the source")

    assert main(["remove", "costco-fees.md", "--library", str(library)]) == 0
    assert main(check) == 1
    assert "the library has no costco-fees.md" in capsys.readouterr().out


def test_an_export_that_cannot_be_written_is_refused_before_anything_is_asked(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["ask", "What does Costco charge?", "--library", str(library), "--export"]
    capsys.readouterr()
    assert main([*asked, str(tmp_path / "answer.docx")]) == 2
    assert "an export ends in one of .md, .html, .json" in capsys.readouterr().err
    assert main([*asked, str(tmp_path / "none" / "answer.md")]) == 2
    told = capsys.readouterr()
    assert (told.out, "is no folder" in told.err) == ("", True)


def test_a_file_that_is_no_export_is_wrong_use(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.md").write_text("> “Costco leads.”\n")
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "notes.md"), "--library", str(library)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "notes.md: not an export of askretail" in told.err


def test_a_chat_is_exported_as_it_grows(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "talk.md"
    monkeypatch.setattr("sys.stdin", io.StringIO("What does Costco charge?\nAnd Amazon?\n\n"))
    assert main(["chat", "--library", str(library), "--export", str(file)]) == 0
    heads = [line for line in file.read_text().splitlines() if line.startswith("## ")]
    assert heads == ["## What does Costco charge?", "## And Amazon?"]
    assert askretail.verify(file, library=library).holds


@pytest.mark.parametrize("command", ["", "ask", "ingest", "verify", "ui", "eval"])
def test_help_loads_no_heavy_library(command: str) -> None:
    script = (
        "import sys; from askretail.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as stop: assert stop.code == 0, stop.code\n"
        "heavy = {'torch', 'gradio', 'faiss', 'sentence_transformers', 'numpy'}\n"
        "heavy &= set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    arguments = [command, "--help"] if command else ["--help"]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "example: askretail" in done.stdout


def test_describe_takes_a_users_word_and_prints_how_the_document_is_known(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    told = ["--company", "Costco", "--period", "Q2 FY2024", "--type", "news"]
    assert main(["describe", "rivals.txt", *told, "--library", str(library)]) == 0
    line, *reasons = capsys.readouterr().out.splitlines()
    assert line.startswith("rivals.txt  Costco · Q2 FY2024 · news · 1 pages")
    assert {"  companies: your edit", "  period: your edit", "  doc_type: your edit"} <= set(
        reasons
    )
    assert main(["library", "--json", "--library", str(library)]) == 0
    listed = {row["source"]: row["reasons"] for row in json.loads(capsys.readouterr().out)}
    assert [f"  {field}: {why}" for field, why in listed["rivals.txt"].items()] == reasons
    assert main(["describe", "rivals.txt", "--company", "", "--library", str(library)]) == 0
    assert capsys.readouterr().out.startswith("rivals.txt  - · Q2 FY2024 · news")


def test_describe_without_a_word_or_a_document_is_wrong_use(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", "rivals.txt", "--library", str(library)]) == 2
    assert "say what the document is" in capsys.readouterr().err
    assert main(["describe", "none.txt", "--type", "news", "--library", str(library)]) == 2
    assert "no document 'none.txt'" in capsys.readouterr().err
