"""Conversations on disk: listed, read back as they were, renamed, deleted, never half written."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from askretail import conversations as module
from askretail.assistant import Assistant
from askretail.conversations import Conversations
from askretail.exporting import exported
from askretail.nouns import Answer, Asked, Change, Figure, Filters, Input, Reading, Turn
from askretail.stored import answer_from_json, answer_to_json
from askretail_index.embed import Embedder
from askretail_index.versions import Versions
from askretail_ingest.errors import AskRetailError, BadSetting, BusyLibrary, StaleLibrary
from askretail_ingest.nouns import Document

from .conftest import write_notes
from .test_verify import PLANS, REPORT, STORES, document, library, quote, talk, talks, turn

OAK = document(REPORT)


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "folder" / "conversations.db", found(OAK))


def found(*documents: Document) -> Callable[[str, str], Versions]:
    held = library(*documents)
    return lambda sha, source: held.get(sha, Versions(None, None))


def test_what_was_said_is_read_back_equal(kept: Conversations) -> None:
    number = kept.save(talk(OAK))
    assert kept.turns(number) == tuple(talk(OAK))
    assert Conversations(kept.file, found(OAK)).turns(number) == tuple(talk(OAK))


@settings(max_examples=100, deadline=None)
@given(talks())
def test_any_answer_comes_back_equal(made: tuple[Document, list[Turn]]) -> None:
    oak, turns = made
    for one in turns:
        assert one.answer is not None
        assert answer_from_json(answer_to_json(one.answer), found(oak)) == one.answer


def test_every_field_of_an_answer_comes_back(kept: Conversations) -> None:
    reading = Reading(
        "q",
        "Walmart q",
        companies=("Walmart",),
        unknown=("Birch",),
        periods=(Asked(2022), Asked(2023, 2)),
        doc_types=("10-K",),
        metrics=("sales",),
        statements=("income statement",),
        intent="comparison",
        relaxed=("nothing on FY2030",),
        filters=Filters(companies=("Walmart",), sources=("w.pdf",)),
        changes=(Change("FY2021", "FY2022"),),
    )
    missing = Answer(
        "q",
        "not_found",
        "The documents do not say.",
        reading,
        nearest=(quote(OAK, PLANS),),
        searched=(3, 40),
        timings=(("read", 0.25), ("answer", 1.0)),
    )
    turns = (Turn("q", missing), Turn("without an answer"))
    assert kept.turns(kept.save(turns)) == turns


def test_figures_come_back_digit_by_digit(kept: Conversations) -> None:
    row = quote(OAK, "Net sales $ 12,400 $ 11,800")
    start = OAK.text.index("$ 12,400")
    cell = Input("sales", "FY2022", "$ 12,400", Decimal("12400e6"), row, start, start + 8)
    words = ("5.1%", "%", "growth of sales", "12,400 / 11,800 - 1", "askretail")
    value = Decimal("5.0847457627")
    made = Figure("sales growth", "FY2022", value, *words, (cell,), ("sales FY2020",))
    (said,) = [turn(row)]
    assert said.answer is not None
    point = replace(said.answer.points[0], figures=(made, replace(made, value=None)))
    said = replace(said, answer=replace(said.answer, points=(point,)))
    assert kept.turns(kept.save([said])) == (said,)


def test_the_one_changed_last_is_listed_first(kept: Conversations) -> None:
    assert kept.listed() == ()
    assert not kept.file.exists()
    one = kept.save(talk(OAK))
    two = kept.save([turn(quote(OAK, PLANS), question="  What\nnext? ")])
    assert [(c.id, c.title, c.turns) for c in kept.listed()] == [
        (two, "What next?", 1),
        (one, "What grew?", 2),
    ]
    kept.save(talk(OAK), one)
    assert [c.id for c in kept.listed()] == [one, two]
    assert kept.listed()[0].begun < kept.listed()[1].begun < kept.listed()[0].changed


def test_turns_are_added_or_replaced_from_a_number_on(kept: Conversations) -> None:
    a, b, c = (turn(quote(OAK, STORES), question=question) for question in "abc")
    number = kept.save([a])
    assert kept.save([a, b], number) == number
    assert kept.save([b, c], number, first=1) == number
    assert [t.question for t in kept.turns(number)] == ["a", "b", "c"]
    kept.save([replace(c, question="d")], number, first=2)
    assert [t.question for t in kept.turns(number)] == ["a", "b", "d"]


def test_two_who_go_on_with_one_conversation_lose_nothing(kept: Conversations) -> None:
    a, b, c = (turn(quote(OAK, STORES), question=question) for question in "abc")
    number = kept.save([a])
    assert kept.save([a, b], number, known=1) == number
    other = kept.save([a, c], number, known=1)
    assert [[t.question for t in kept.turns(n)] for n in (number, other)] == [
        ["a", "b"],
        ["a", "c"],
    ]


def test_a_conversation_is_renamed(kept: Conversations) -> None:
    number = kept.save(talk(OAK))
    kept.rename(number, " Growth \n2022 ")
    assert kept.title(number) == kept.listed()[0].title == "Growth 2022"
    for bad in ("", " \n", "x" * 201):
        with pytest.raises(BadSetting, match="a name has 1 to 200 characters"):
            kept.rename(number, bad)


def test_a_deleted_conversation_leaves_no_words_in_the_file(kept: Conversations) -> None:
    one, two = (kept.save([turn(quote(OAK, PLANS), question=q)]) for q in ("secret", "open"))
    kept.delete(one)
    assert [c.id for c in kept.listed()] == [two]
    assert b"secret" not in kept.file.read_bytes()
    assert b"open" in kept.file.read_bytes()
    assert kept.delete_all() == 1
    assert (kept.listed(), kept.delete_all()) == ((), 0)
    assert b"open" not in kept.file.read_bytes()


def test_a_number_is_never_given_twice_and_a_page_that_holds_one_begins_anew(
    kept: Conversations,
) -> None:
    number = kept.save(talk(OAK))
    kept.delete(number)
    for act in (kept.turns, kept.title, kept.delete, lambda n: kept.rename(n, "x")):
        with pytest.raises(BadSetting, match=f"no conversation {number}"):
            act(number)
    again = kept.save(talk(OAK), number, first=1)
    assert again > number
    assert kept.turns(again) == tuple(talk(OAK))


def test_a_document_that_is_gone_leaves_what_was_quoted(kept: Conversations) -> None:
    number = kept.save(talk(OAK))
    without = Conversations(kept.file, found())
    turns = without.turns(number)
    for before, after in zip(talk(OAK), turns, strict=True):
        assert before.answer and after.answer
        for old, new in zip(before.answer.citations, after.answer.citations, strict=True):
            assert new == replace(old, document=new.document)
            assert new.document.text[new.start : new.end] == old.quote
            assert new.document.page_at(new.start).number == old.page
            assert new.document.metadata == OAK.metadata
    was, now = (exported(said, "md").partition("<!--")[0] for said in (talk(OAK), turns))
    assert now == was
    assert [q.outcome for q in without.verdict(turns).quotes] == ["gone"] * 3


def test_a_file_that_was_read_anew_does_not_change_what_was_said(kept: Conversations) -> None:
    number = kept.save(talk(OAK))
    again = replace(document("A first line.\n" + REPORT), id=OAK.id)
    later = Conversations(kept.file, found(again))
    (first, _) = later.turns(number)
    assert first.answer is not None
    assert [c.quote for c in first.answer.citations] == [STORES, "Net sales $ 12,400 $ 11,800"]
    assert [q.outcome for q in later.verdict(later.turns(number)).quotes] == ["moved"] * 3


def test_a_save_that_fails_leaves_what_was_there(
    kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = kept.save(talk(OAK))
    monkeypatch.setattr(module, "answer_to_json", lambda answer: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kept.save(talk(OAK)[:1], number)
    assert kept.turns(number) == tuple(talk(OAK))


def test_a_file_in_use_or_of_another_program_or_version_says_what_to_do(
    kept: Conversations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.save(talk(OAK))
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(kept.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyLibrary, match="in use"):
        kept.save(talk(OAK))
    other.execute("ROLLBACK")
    other.execute("PRAGMA user_version = 2")
    other.close()
    with pytest.raises(StaleLibrary, match="form 2, this version reads 1"):
        kept.listed()
    (tmp_path / "prose.db").write_text("no database at all, but some words of prose" * 99)
    with pytest.raises(StaleLibrary, match="move it away"):
        Conversations(tmp_path / "prose.db", found()).listed()
    with pytest.raises(AskRetailError):
        Conversations(tmp_path / "prose.db" / "x.db", found()).save(talk(OAK))


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "{}", '{"answer": {}, "sources": []}', '{"answer": {"question": 1}, "sources": []}'],
)
def test_a_row_that_cannot_be_read_names_its_conversation(kept: Conversations, answer: str) -> None:
    number = kept.save(talk(OAK))
    with sqlite3.connect(kept.file) as db:
        db.execute("UPDATE turns SET answer = ?", (answer,))
    db.close()
    with pytest.raises(StaleLibrary, match=f"conversation {number} cannot be read"):
        kept.turns(number)
    kept.delete(number)


def test_conversations_of_a_stranger_reach_no_other_file_and_run_nothing(
    tmp_path: Path, kept: Conversations
) -> None:
    turn = Turn("Who sells groceries?")
    elsewhere = tmp_path / "elsewhere.db"
    elsewhere.write_bytes(b"")
    link = tmp_path / "linked.db"
    link.symlink_to(elsewhere)
    with pytest.raises(BadSetting, match=r"linked.db is a link"):
        Conversations(link, found()).save([turn])
    assert elsewhere.read_bytes() == b""
    number = kept.save([turn])
    with sqlite3.connect(kept.file) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON turns BEGIN DELETE FROM conversations; END")
    db.close()
    with pytest.raises(StaleLibrary, match="it holds t, which is none of ours"):
        kept.save([turn], number)


def test_a_superseded_version_stays_for_the_conversation_that_cites_it(
    tmp_path: Path, embedder: Embedder
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    write_notes(notes)
    folder = tmp_path / "library"
    with Assistant.open(folder, create=True, embedder=embedder) as assistant:
        assistant.ingest([notes])
        question = "What does Costco charge members?"
        said = Turn(question, assistant.ask(question))
        number = assistant.conversations.save([said])
        assert assistant.conversations.verdict([said]).holds
        fees = notes / "costco-fees.md"
        fees.write_text(fees.read_text().replace("$60 a year", "$65 a year"))
        assistant.ingest([notes])
    with Assistant.open(folder, embedder=embedder) as assistant:
        assert assistant.conversations.file == folder / "conversations.db"
        assert assistant.conversations.turns(number) == (said,)
        (fee,) = (q for q in assistant.conversations.verdict([said]).quotes if "$60" in q.quote)
        assert fee.outcome == "changed"
        again = assistant.ask("And Amazon?", assistant.conversations.turns(number))
        assert "Amazon" in again.standalone


def test_conversations_about_the_sample_lie_in_the_users_own_folder(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKRETAIL_LIBRARY", str(tmp_path / "own"))
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        monkeypatch.setattr("askretail.assistant.is_sample", lambda folder: True)
        assert assistant.conversations.file == tmp_path / "own" / "sample-conversations.db"
