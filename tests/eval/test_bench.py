"""The figures of the benchmarks, worked out by hand, and one small run of ours."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from askretail.sample import sample_documents, sample_library
from askretail_eval import bench, bench_parts, machine
from askretail_eval.bench_figures import (
    Cut,
    Run,
    bars,
    cut_table,
    stage_table,
    together_of,
    value_table,
)
from askretail_eval.bench_ingest import Ingests
from askretail_eval.bench_library import SHOWN, Asked, by_size
from askretail_eval.bench_lines import lines
from askretail_eval.bench_run import DRIVERS, OWN, PEERS, Own
from askretail_index.embed import load_embedder
from askretail_index.vector_file import Facts
from askretail_ingest.errors import BadSetting


def runs() -> list[Run]:
    ours = [
        Run(
            OWN,
            (("import", 9.0), ("all", took)),
            (0.01, 0.02),
            400,
            cpu=(("all", took / 2),),
            spent=(0.005,),
        )
        for took in (4, 1, 3)
    ]
    cuts = (Cut("defaults", 10, 4000, 1000), Cut("tutorial", 30, 4200, 0))
    return [*ours, Run("Peer", (("read", 2.0), ("embed", 4.0)), (), 500, cuts, "peer 1.2")]


def test_stages_are_medians_over_the_runs_of_a_system() -> None:
    table = stage_table("Seconds", runs(), ("import", "read"), summed=("all", "read", "embed"))
    assert table.head == (
        *("", "import", "read", "ingest", "ingest, processor"),
        *("query ms, 50 %", "95 %", "processor, 50 %", "MB at most", "n"),
    )
    assert table.rows == (
        (OWN, "9.00", "-", "3.00", "1.50", "10.0", "20.0", "5.0", "400", "3"),
        ("Peer", "-", "2.00", "6.00", "0.00", "-", "-", "-", "500", "1"),
    )
    assert together_of(runs()[3:], ()) == 6.0


def test_what_is_not_read_is_a_share_of_the_word_pieces() -> None:
    assert cut_table(runs()).rows == (
        ("Peer: defaults", "10", "4,000", "25.0 %"),
        ("Peer: tutorial", "30", "4,200", "0.0 %"),
    )
    assert Cut("empty", 0, 0, 0).share == 0.0


def test_repeated_values_give_median_least_and_most() -> None:
    table = value_table("Cold start", [("ask", [3.0, 1.0, 2.0]), ("never", [])], "seconds")
    assert table.rows == (("ask", "2.00", "1.00", "3.00", "3"),)


def test_an_ingest_is_held_against_the_model_alone_and_the_fastest_peer() -> None:
    others = [
        Run("Slow", (("cut", 9.0),), cpu=(("cut", 5.0),)),
        Run("Fast", (("embed and index", 4.0),), cpu=(("embed and index", 3.0),), versions="f 1"),
    ]
    work = "read, cut, embed and index"
    ours = [Run(OWN, (("import", 5.0), (work, 2.0)), cpu=((work, 1.5),))]
    bare = [Run(OWN, (("embed", 1.6),), cpu=(("embed", 1.0),))]
    seen = Ingests(same=[*ours, *others], bare=bare, passages=1200)
    assert seen.facts == [
        ("passages", "1,200"),
        ("ingest against the model alone", "1.25 times as long; 1.50 by the processor"),
        (
            "ingest against the peers",
            "0.50 times as long as Fast, the fastest of them; 0.50 by the processor",
        ),
        ("Slow", ""),
        ("Fast", "f 1"),
    ]
    assert seen.bars == ((OWN, 2.0), ("Slow", 9.0), ("Fast", 4.0))


def test_bars_are_as_long_as_their_values_and_names_are_escaped() -> None:
    root = ET.fromstring(bars("A & B", (("ours", 2.0), ("<theirs>", 4.0)), "s"))
    parts = [part for part in root if part.tag.endswith("rect")][1:]
    first, second = (float(part.attrib["width"]) for part in parts)
    assert second == 2 * first
    words = [part.text for part in root if part.tag.endswith("text")]
    assert words == ["A & B", "ours", "2.0 s", "<theirs>", "4.0 s"]


def test_lines_rise_with_their_values_and_end_in_their_names() -> None:
    drawn = lines("A & B", {"<quick>": [(1000, 1), (100_000, 1)], "slow": [(1000, 10), (1e5, 100)]})
    root = ET.fromstring(drawn)
    quick, slow = (
        [tuple(map(float, pair.split(","))) for pair in part.attrib["points"].split()]
        for part in root
        if part.tag.endswith("polyline")
    )
    assert quick[0][1] == quick[1][1]  # as high at the end
    assert quick[0][1] - slow[0][1] == pytest.approx(slow[0][1] - slow[1][1], abs=0.1)  # tenfold
    assert [x for x, _ in quick] == [x for x, _ in slow]
    words = [part.text for part in root if part.tag.endswith("text")]
    assert words[0] == "A & B"
    assert words[-2:] == ["<quick>: 1", "slow: 100"]


def libraries() -> list[Asked]:
    facts = Facts(lists=2000, probes=16, rescored=200, recall=0.99, taught=1_000_000)
    made = []
    for passages, index in ((1_000_000, facts), (1000, Facts())):
        queries = {name: [passages / 1e6, 2 * passages / 1e6] for name in SHOWN}
        run = Run(OWN, (("open", 1.0),), memory_mb=700)
        own = Own(run, queries, {"passages": passages, "vectors": passages})
        if not index.lists:
            made.append(Asked((own,), (1.5, 2.5, 2.0), index, 403))
            continue
        kinds = {"questions": [0.985, 1.0], "made of words": [0.9, 0.95], "sentences": [1.0, 1.0]}
        recall = {"lists": [16.0, 1024.0], "ms": [1.0, 4.0], **kinds}
        counts = {"questions": 148, "made of words": 199, "sentences": 200, "different": 4250}
        made.append(Asked((own,), (1.5, 2.5, 2.0), index, 403, recall, counts))
    return made


def test_libraries_are_shown_by_size_with_what_their_index_finds() -> None:
    large, small = libraries()
    assert by_size([large, small]).rows == (
        ("1,000", "1", "2", "1", "1", "1", "2.00", "700"),
        ("1,000,000", "1000", "2000", "1000", "1000", "1000", "2.00", "700"),
    )
    assert small.facts == [
        ("library", "1,000 passages, 1,000 vectors"),
        ("index of vectors", "exact, 403 MB, in memory"),
    ]
    assert large.facts[1:] == [
        ("index of vectors", "2,000 lists, 16 read, 403 MB, mapped"),
        (
            "found of the ten nearest to the vectors of questions",
            "0.985; 4.2 of the ten are different passages, the others copies",
        ),
    ]
    found = large.tables()[-1]
    assert found.head == (
        *("lists read", "questions (148)", "made of words (199)", "sentences (200)", "ms, median"),
    )
    assert found.rows == (
        ("16", "0.985", "0.900", "1.000", "1.0"),
        ("1,024", "1.000", "0.950", "1.000", "4.0"),
    )
    assert "Found of the ten nearest" not in [table.title for table in small.tables()]


def test_the_smallest_files_are_taken_and_too_few_are_refused(tmp_path: Path) -> None:
    for name, size in (("a.pdf", 30), ("b.pdf", 10), ("c.pdf", 10), ("d.txt", 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    assert [path.name for path in bench.smallest(tmp_path, 2)] == ["b.pdf", "c.pdf"]
    with pytest.raises(BadSetting, match="holds 3 PDFs, not 4: name another, or --files"):
        bench.smallest(tmp_path, 4)


def test_every_peer_has_its_driver() -> None:
    assert all((DRIVERS / program).is_file() for program in PEERS.values())


def test_the_machine_is_described_and_a_process_holds_some_memory() -> None:
    import os

    assert " cores (" in machine.machine()
    assert machine.resident(os.getpid()) > 10
    with pytest.raises(BadSetting, match="process 999999999 has ended"):
        machine.resident(999_999_999)


@pytest.mark.model
def test_one_command_measures_an_ingest_and_draws_it(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    arguments = [str(sample_documents()), "--quick", "--runs", "1", "--out", str(out)]
    assert bench.main([*arguments, "--note", "a trial"]) == 0
    text = out.read_text("utf-8")
    assert "## Ingest of the same files\n" in text
    assert "- note: a trial\n- files: 2 PDFs, 0.0 MB\n- passages: " in text
    assert "| askretail ask, to the printed answer | " in text
    assert ">askretail</text>" in out.with_name("benchmarks.svg").read_text("utf-8")


@pytest.mark.model
def test_what_a_document_costs_that_is_added_is_measured_in_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = sample_library(load_embedder())
    before = {path.name: path.stat().st_mtime_ns for path in library.iterdir()}
    monkeypatch.setattr(bench_parts, "RUNS", 1)
    assert [(name, len(took)) for name, took in bench_parts.added(library)] == [
        ("in memory", 1),
        ("and in its file", 1),
        ("made anew", 1),
    ]
    assert {p.name: p.stat().st_mtime_ns for p in library.iterdir()} == before
    scored, passed_over = bench_parts.rows(library)
    assert scored[0].startswith("scored (") and len(passed_over[1]) == 1
