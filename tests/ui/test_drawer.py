"""Conversations as a person keeps them: asked, closed, served anew, opened, continued, deleted."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from askretail.conversations import FILE, Conversations
from askretail.exporting import FORMS
from askretail.feedback import FILE as FEEDBACK
from askretail.nouns import Turn

from .browsing import HOSTILE, ask, opened, overflow, serving
from .fake import served_engine

pytestmark = pytest.mark.browser

MEMBERS = "What does Oakmart say about members?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture
def place(server: str, folder: Path) -> str:
    """The address of a page that has kept nothing yet."""
    store(folder).delete_all()
    return server


def drawer(page: Page) -> Locator:
    """Open the drawer."""
    page.get_by_role("button", name="Conversations", exact=True).click()
    inside = page.locator("#ar-drawer")
    expect(inside.get_by_role("heading", name="Conversations")).to_be_visible()
    return inside


def judge(page: Page) -> None:
    """Say that the first answer is bad, with a reason, then that it is good."""
    answer = page.locator("#turn-1")
    answer.get_by_role("button", name="Not helpful").press("Enter")
    why = page.get_by_role("dialog", name="What was wrong?")
    expect(why.get_by_role("button").first).to_be_focused()
    why.get_by_label("In your words").fill("Not <b>this</b>")
    why.get_by_label("In your words").press("Enter")
    expect(why).to_have_count(0)
    expect(answer).to_contain_text("Noted on this machine")
    expect(answer).not_to_contain_text("Noted on this machine")
    answer.get_by_role("button", name="Helpful", exact=True).click()
    expect(answer).to_contain_text("Noted on this machine")


def entries(inside: Locator) -> Locator:
    return inside.locator("#ar-drawer-list label")


def pick(inside: Locator, title: str) -> None:
    inside.get_by_role("radio", name=title).check()
    expect(inside.get_by_label("Name")).to_have_value(re.compile(re.escape(title)))


def store(folder: Path) -> Conversations:
    return served_engine(folder / "sample").conversations


def test_a_conversation_outlives_the_page_and_the_server_and_goes_on(
    context_of: Callable[..., BrowserContext], place: str, folder: Path
) -> None:
    page = opened(context_of(), place)
    ask(page, MEMBERS, 1)
    first = page.locator("#turn-1").inner_html()
    cards = page.locator("#src-1-1").inner_html()
    judge(page)
    page.close()
    with serving(folder) as address:  # a server of its own, which knows nothing of the other
        page = opened(context_of(), address)
        inside = drawer(page)
        expect(entries(inside)).to_have_count(1)
        expect(entries(inside)).to_contain_text(
            re.compile(rf"{re.escape(MEMBERS)} · .* · 1 question")
        )
        pick(inside, MEMBERS)
        inside.get_by_role("button", name="Open").click()
        expect(inside).not_to_be_visible()
        expect(page.locator("#turn-1 .ar-lead")).to_be_visible()
        assert page.locator("#turn-1").inner_html() == first
        assert page.locator("#src-1-1").inner_html() == cards
        expect(page.locator("#ar-next").get_by_role("button", name="Elm Stores")).to_be_visible()
        ask(page, "and Elm Stores?", 2)
        expect(page.locator("#turn-2")).to_contain_text(f"{MEMBERS} and Elm Stores?")
        expect(entries(drawer(page))).to_contain_text("2 questions")
    (kept,) = store(folder).listed()
    asked = [turn.question for turn in store(folder).turns(kept.id)]
    assert asked == [MEMBERS, "and Elm Stores?"]
    noted = (folder / "sample" / FEEDBACK).read_text("utf-8").splitlines()
    thought = [(line["good"], line["reason"], line["question"]) for line in map(json.loads, noted)]
    assert thought == [(False, "Not <b>this</b>", MEMBERS), (True, "", MEMBERS)]


def test_a_new_conversation_leaves_the_old_one_as_it_was(
    context_of: Callable[..., BrowserContext], place: str, folder: Path
) -> None:
    page = opened(context_of(), place)
    ask(page, MEMBERS, 1)
    ask(page, "sales", 2)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#turn-1")).to_have_count(0)
    ask(page, MEMBERS, 1)
    inside = drawer(page)
    expect(entries(inside)).to_have_count(2)
    expect(entries(inside).first).to_contain_text("1 question")
    expect(entries(inside).last).to_contain_text("2 questions")
    assert [one.turns for one in store(folder).listed()] == [1, 2]


def test_a_conversation_is_renamed_by_keyboard(
    context_of: Callable[..., BrowserContext], place: str
) -> None:
    page = opened(context_of(), place)
    ask(page, MEMBERS, 1)
    page.get_by_role("button", name="Conversations", exact=True).press("Enter")
    inside = page.locator("#ar-drawer")
    expect(inside.get_by_role("radio")).to_be_focused()
    pick(inside, MEMBERS)  # it is picked already, unless the drawer was opened before it was kept
    inside.get_by_label("Name").fill("Loyalty")
    inside.get_by_label("Name").press("Enter")
    expect(entries(inside)).to_contain_text("Loyalty ·")
    expect(inside.get_by_role("status")).to_have_text("Renamed.")
    inside.get_by_label("Name").fill(" ")
    inside.get_by_role("button", name="Rename").click()
    expect(inside.get_by_role("status")).to_contain_text("a name has 1 to 200 characters")
    expect(entries(inside)).to_contain_text("Loyalty ·")
    inside.get_by_label("Name").press("Escape")
    expect(inside).not_to_be_visible()
    expect(page.get_by_role("button", name="Conversations", exact=True)).to_be_focused()


def test_deleting_is_asked_about_and_takes_the_conversation_off_the_page(
    context_of: Callable[..., BrowserContext], place: str, folder: Path
) -> None:
    page = opened(context_of(), place)
    ask(page, "sales", 1)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#turn-1")).to_have_count(0)
    ask(page, MEMBERS, 1)
    inside = drawer(page)
    pick(inside, MEMBERS)
    inside.get_by_role("button", name="Delete …").click()
    expect(inside).to_contain_text(f"Delete “{MEMBERS}” for good?")
    expect(inside.get_by_role("button", name="Keep")).to_be_focused()
    inside.get_by_role("button", name="Keep").press("Enter")
    expect(inside.get_by_role("button", name="Delete for good")).not_to_be_visible()
    expect(entries(inside)).to_have_count(2)
    inside.get_by_role("button", name="Delete …").click()
    inside.get_by_role("button", name="Delete for good").click()
    expect(entries(inside)).to_have_count(1)
    expect(page.locator("#turn-1")).to_have_count(0)
    inside.get_by_role("button", name="Delete all …").click()
    expect(inside).to_contain_text("Delete all 1 conversation for good?")
    inside.get_by_role("button", name="Delete for good").click()
    expect(inside.get_by_role("status")).to_contain_text("Deleted.")
    assert store(folder).listed() == ()
    assert b"members" not in (folder / "sample" / FILE).read_bytes()


def test_a_kept_conversation_is_exported(
    context_of: Callable[..., BrowserContext], place: str, folder: Path
) -> None:
    kept = store(folder)
    kept.save([Turn(MEMBERS, served_engine(folder / "sample").ask(MEMBERS))])
    page = opened(context_of(), place)
    inside = drawer(page)
    pick(inside, MEMBERS)
    for name, form in FORMS.items():
        with page.expect_download() as started:
            inside.get_by_role("button", name=f"Save as {name}").click()
        assert started.value.suggested_filename.endswith(f".{form}")
        assert MEMBERS in Path(started.value.path()).read_text(encoding="utf-8")


def test_a_quote_that_changed_since_is_said_when_its_conversation_is_opened(
    context_of: Callable[..., BrowserContext], place: str, folder: Path
) -> None:
    engine = served_engine(folder / "sample")
    said = engine.ask("members")
    oak, rest = engine.documents[0], engine.documents[1:]
    gone = replace(oak, id="f" * 64, source="left.txt")
    engine.documents = (gone, *rest)
    (point,) = said.points
    cited = tuple(replace(citation, document=gone) for citation in point.citations)
    made = replace(said, points=(replace(point, citations=cited),))
    engine.conversations.save([Turn("members", made)])
    page = opened(context_of(), place)
    inside = drawer(page)
    pick(inside, "members")
    inside.get_by_role("button", name="Open").click()
    since = page.get_by_role("region", name="Changed since")
    expect(since).to_contain_text("2 of 2 quotes are from documents that the library does not have")
    expect(page.locator("#src-1-1 .ar-context mark")).to_have_text(
        "Oakmart grew its membership scheme in every region."
    )


def test_the_drawer_can_be_used_on_a_phone(
    context_of: Callable[..., BrowserContext], place: str, folder: Path
) -> None:
    kept = store(folder)
    for question in (HOSTILE, "x" * 300, MEMBERS):
        kept.save([Turn(question, served_engine(folder / "sample").ask("members"))])
    page = opened(context_of(390, 844, color_scheme="dark"), place)
    inside = drawer(page)
    expect(entries(inside)).to_have_count(3)
    assert overflow(page) == 0
    assert inside.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    expect(inside.locator("img, form, script, iframe")).to_have_count(0)
    pick(inside, MEMBERS)
    for name in ("Open", "Rename", "Delete …", "Close"):
        button = inside.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()
    inside.get_by_role("button", name="Open").click()
    expect(page.locator("#turn-1 .ar-lead")).to_be_visible()
    assert page.title() == "askretail"
