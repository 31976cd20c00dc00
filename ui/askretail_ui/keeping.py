"""What happens with kept conversations: written after each answer, opened, renamed, deleted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypedDict

import gradio as gr
from gradio.blocks import Block

from askretail import exporting
from askretail.nouns import Turn
from askretail_ingest.errors import AskRetailError
from askretail_ui import ask_tab, asking, conversation, talk
from askretail_ui.ask_tab import AskTab
from askretail_ui.conversation import MAX_TURNS, View
from askretail_ui.desk import Desk, Shelf
from askretail_ui.drawer import Drawer
from askretail_ui.escape import counted, shown
from askretail_ui.run import Run
from askretail_ui.talk import Talk

if TYPE_CHECKING:
    from askretail.conversations import Conversations


class Quiet(TypedDict):
    """How every event of the drawer runs: without a veil, and not for programs."""

    show_progress: Literal["hidden"]
    api_visibility: Literal["private"]


QUIET: Quiet = {"show_progress": "hidden", "api_visibility": "private"}
FOCUS_LIST = "() => window.askretailDrawer(true)"  # see drawer.js
FOCUS_KEEP = "() => window.askretailSure()"
FOCUS_OPENER = "() => window.askretailDrawer(false)"


def wire(desk: Desk, shelf: gr.State, tab: AskTab, drawer: Drawer) -> None:
    """Keep what is said in the Ask tab, and let the drawer show and change what was kept."""
    _wire_keeping(desk, shelf, tab, drawer)
    _wire_opening(desk, shelf, drawer)
    _wire_resuming(desk, shelf, tab, drawer)
    _wire_renaming(desk, shelf, drawer)
    _wire_deleting(desk, shelf, tab, drawer)
    for button, form in zip(drawer.saves, exporting.FORMS.values(), strict=True):
        _wire_save(desk, shelf, drawer, button, form)


def listing(store: "Conversations", picked: int | None = None, told: str = "") -> list[object]:
    """Return the values of ``Drawer.outputs``."""
    try:
        listed = store.listed()
    except AskRetailError as error:
        listed, told = (), str(error)
    picked = picked if any(one.id == picked for one in listed) else None
    title = next((one.title for one in listed if one.id == picked), "")
    empty = "" if listed else "No conversation has been kept yet. Each answer is kept as it comes."
    return [
        gr.Radio([(talk.label(one), one.id) for one in listed], value=picked, visible=bool(listed)),
        gr.Column(visible=picked is not None),
        gr.Textbox(value=title),
        gr.Button(visible=bool(listed)),
        gr.Column(visible=False),
        _told(told or empty),
    ]


def _told(words: str) -> str:
    return f'<p role="status">{shown(words)}</p>' if words else '<p role="status"></p>'


def _wire_keeping(desk: Desk, shelf: gr.State, tab: AskTab, drawer: Drawer) -> None:
    def keep(turns: tuple[Turn, ...], now: Talk, shelf: Shelf) -> list[object]:
        store = desk.engine(shelf).conversations
        try:
            now, told = talk.kept(store, now, shelf, turns), ""
        except AskRetailError as error:
            told = f"This conversation is not kept: {error}"
        return [now, *listing(store, now.id, told)]

    tab.turns.change(keep, [tab.turns, drawer.talk, shelf], [drawer.talk, *drawer.outputs], **QUIET)


def _wire_opening(desk: Desk, shelf: gr.State, drawer: Drawer) -> None:
    def opened(shelf: Shelf, now: Talk) -> list[object]:
        return [gr.Column(visible=True), *listing(desk.engine(shelf).conversations, now.id)]

    def picked(number: int | None, shelf: Shelf) -> list[object]:
        return listing(desk.engine(shelf).conversations, number)

    drawer.toggle.click(
        opened, [shelf, drawer.talk], [drawer.inside, *drawer.outputs], **QUIET
    ).then(None, None, None, js=FOCUS_LIST, api_visibility="private")
    drawer.pick.input(picked, [drawer.pick, shelf], drawer.outputs, **QUIET)
    drawer.close.click(lambda: gr.Column(visible=False), None, [drawer.inside], **QUIET).then(
        None, None, None, js=FOCUS_OPENER, api_visibility="private"
    )


def _wire_resuming(desk: Desk, shelf: gr.State, tab: AskTab, drawer: Drawer) -> None:
    outputs: list[Block] = [*tab.outputs, tab.box, drawer.talk, drawer.inside, *drawer.outputs]

    def resume(number: int | None, shelf: Shelf, run: Run) -> list[object]:
        engine = desk.engine(shelf)
        store = engine.conversations
        try:
            turns = store.turns(number or 0)
            since = talk.notice_html(store.verdict(turns))
        except AskRetailError as error:
            skipped = [gr.skip() for _ in (*tab.outputs, tab.box, drawer.talk, drawer.inside)]
            return [*skipped, *listing(store, number, str(error))]
        run.end()  # a question under way belongs to the conversation that is left
        first = max(0, len(turns) - MAX_TURNS)
        view = conversation.view(turns[first:], conversation.became(engine))
        view = View(view.messages, since + view.sources, view.turns)
        now = Talk(number, shelf, first, view.turns)
        return [*ask_tab.at_rest(view, ""), now, gr.Column(visible=False), *listing(store, number)]

    resumed = drawer.resume.click(resume, [drawer.pick, shelf, tab.run], outputs, **QUIET)
    resumed.then(None, None, None, js=FOCUS_OPENER, api_visibility="private")
    asking.offers(desk, shelf, tab, resumed)


def _wire_renaming(desk: Desk, shelf: gr.State, drawer: Drawer) -> None:
    def rename(number: int | None, name: str, shelf: Shelf) -> list[object]:
        store = desk.engine(shelf).conversations
        return listing(store, number, _done(lambda: store.rename(number or 0, name), "Renamed."))

    for trigger in (drawer.rename.click, drawer.name.submit):
        trigger(rename, [drawer.pick, drawer.name, shelf], drawer.outputs, **QUIET)


def _wire_deleting(desk: Desk, shelf: gr.State, tab: AskTab, drawer: Drawer) -> None:
    def doom(number: int | None, shelf: Shelf) -> list[object]:
        store = desk.engine(shelf).conversations
        listed = store.listed()
        title = next((f"“{one.title}”" for one in listed if one.id == number), "")
        what = title or f"all {counted(len(listed), 'conversation')}"
        words = f"<p>{shown(f'Delete {what} for good?')}</p>"
        return [number, words, gr.Column(visible=True)]

    def delete(number: int | None, now: Talk, shelf: Shelf, run: Run) -> list[object]:
        store = desk.engine(shelf).conversations
        act = store.delete_all if number is None else lambda: store.delete(number)
        told = _done(act, "Deleted.")
        fresh: list[object] = [gr.skip() for _ in (*tab.fresh_outputs, tab.box)]
        if told == "Deleted." and now.id is not None and number in (None, now.id):
            run.end()
            now = Talk()
            fresh = [*ask_tab.fresh(desk, shelf), ask_tab.question_box(asking=False)]
        return [*fresh, now, *listing(store, None, told)]

    asked: list[Block] = [drawer.doomed, drawer.question, drawer.sure]
    for begun in (
        drawer.delete.click(doom, [drawer.pick, shelf], asked, **QUIET),
        drawer.delete_all.click(lambda shelf: doom(None, shelf), [shelf], asked, **QUIET),
    ):
        begun.then(None, None, None, js=FOCUS_KEEP, api_visibility="private")
    drawer.no.click(lambda: gr.Column(visible=False), None, [drawer.sure], **QUIET)
    drawer.yes.click(
        delete,
        [drawer.doomed, drawer.talk, shelf, tab.run],
        [*tab.fresh_outputs, tab.box, drawer.talk, *drawer.outputs],
        **QUIET,
    )


def _done(act: Callable[[], object], words: str) -> str:
    """Return what to tell after a deed: the words, or why it could not be done."""
    try:
        act()
    except AskRetailError as error:
        return str(error)
    return words


def _wire_save(
    desk: Desk, shelf: gr.State, drawer: Drawer, button: gr.Button, form: exporting.Form
) -> None:
    def saved(number: int | None, shelf: Shelf) -> list[object]:
        store = desk.engine(shelf).conversations
        try:
            return [exporting.exported(store.turns(number or 0), form), gr.skip()]
        except AskRetailError as error:
            return ["", _told(str(error))]

    button.click(saved, [drawer.pick, shelf], [drawer.saved, drawer.told], **QUIET).success(
        None,
        [drawer.saved],
        None,
        js=f"(text) => text && window.askretailSave(text, '{form}')",
        api_visibility="private",
    )
