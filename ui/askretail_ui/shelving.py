"""What happens in the Library tab: files added, documents found, changed and removed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

import gradio as gr
from gradio.blocks import Block

from askretail.nouns import Turn
from askretail_ingest.errors import AskRetailError
from askretail_ui import ask_tab, edit_panel, library_tab, progress, upload
from askretail_ui.ask_tab import AskTab
from askretail_ui.desk import Desk, Shelf
from askretail_ui.library_tab import LibraryTab

if TYPE_CHECKING:
    from askretail_ui.work import Job


class Quiet(TypedDict):
    """How events are wired that show their own progress, and are no endpoint."""

    show_progress: Literal["hidden"]
    api_visibility: Literal["private"]


QUIET: Quiet = {"show_progress": "hidden", "api_visibility": "private"}
_PICKED = "(sent, ...rest) => [window.askretailPicked(), ...rest]"
_FOCUS = "() => window.askretailFocus('ar-edit-head')"


def wire(desk: Desk, tab: LibraryTab, ask: AskTab, state: gr.State, header: gr.HTML) -> None:
    """Bring the tab to life."""
    _wire_adding(desk, tab, ask, state, header)
    _wire_finding(desk, tab, state)
    _wire_editing(desk, tab, state, header)

    def chosen(which: Shelf, wanted: str) -> list[object]:
        head = library_tab.header_html(desk, which)
        lists = library_tab.drawn(desk, which, wanted)
        return [which, head, *lists, *edit_panel.closed(), *ask_tab.fresh(desk, which)]

    changed: list[Block] = [state, header, *tab.lists, *tab.edit.outputs, *ask.fresh_outputs]
    tab.choice.input(chosen, [tab.choice, tab.wanted], changed, **QUIET)


def watch(desk: Desk, which: Shelf, wanted: str) -> Iterator[list[object]]:
    """Yield the jobs, the header and the lists; these only when a document has come or gone."""
    seen: object = None
    for jobs in desk.work.watch():
        now = _documents_seen(jobs)
        if now == seen:
            yield [gr.skip(), gr.skip(), gr.skip(), progress.jobs_html(jobs)]
            continue
        seen = now
        head = library_tab.header_html(desk, which)
        yield [head, *library_tab.drawn(desk, which, wanted), progress.jobs_html(jobs)]


def watched(tab: LibraryTab, header: gr.HTML) -> list[Block]:
    """Return what ``watch`` sets."""
    return [header, *tab.lists, tab.work]


def _documents_seen(jobs: "tuple[Job, ...]") -> object:
    """Return what differs whenever the documents of the library may differ."""
    return [(job.stage, [file.fate for file in job.files]) for job in jobs]


def _wire_adding(
    desk: Desk, tab: LibraryTab, ask: AskTab, state: gr.State, header: gr.HTML
) -> None:
    def begin(paths: list[str] | None, which: Shelf) -> list[object]:
        files = [Path(path) for path in paths or ()]
        own = desk.upload_shelf()
        try:
            desk.work.start(*upload.adding(desk.engine(own), files))
        except AskRetailError as error:
            desk.work.refuse("Adding files", str(error))
            own = which
        same = [gr.skip()] * len(ask.fresh_outputs)
        start = same if own == which else ask_tab.fresh(desk, own)
        return [None, own, library_tab.choice(desk, own), *start]

    def start_anew(turns: tuple[Turn, ...], asked: str, which: Shelf) -> list[object]:
        """Suggest questions about what is there now, unless a conversation is under way."""
        if turns or asked:
            return [gr.skip()] * len(ask.fresh_outputs)
        return ask_tab.fresh(desk, which)

    begun = tab.files.upload(
        begin,
        [tab.files, state],
        [tab.files, state, tab.choice, *ask.fresh_outputs],
        **QUIET,
    )
    _then_watch(desk, begun, tab, state, header).then(
        start_anew, [ask.turns, ask.asked, state], ask.fresh_outputs, **QUIET
    )


def _then_watch(
    desk: Desk, begun: gr.events.Dependency, tab: LibraryTab, state: gr.State, header: gr.HTML
) -> gr.events.Dependency:
    def following(which: Shelf, wanted: str) -> Iterator[list[object]]:
        yield from watch(desk, which, wanted)

    watching: gr.events.Dependency = begun.then(
        following, [state, tab.wanted], watched(tab, header), concurrency_limit=None, **QUIET
    )
    return watching


def _wire_finding(desk: Desk, tab: LibraryTab, state: gr.State) -> None:
    def filtered(wanted: str, which: Shelf) -> str:
        return library_tab.table_html(desk, which, wanted)

    tab.wanted.change(
        filtered, [tab.wanted, state], [tab.table], trigger_mode="always_last", **QUIET
    )
    tab.find.click(
        lambda picked: picked,
        [tab.picked],
        [tab.wanted],
        js=_PICKED,
        **QUIET,
    )


def _wire_editing(desk: Desk, tab: LibraryTab, state: gr.State, header: gr.HTML) -> None:
    edit = tab.edit
    outputs: list[Block] = [edit.chosen, *edit.outputs]

    def opened(document: str, which: Shelf) -> list[object]:
        holding = library_tab.holding_of(desk, which, document)
        if holding is None:
            return ["", *edit_panel.closed()]
        return [document, *edit_panel.opened(holding)]

    def save(
        document: str, companies: str, period: str, doc_type: str, which: Shelf
    ) -> list[object]:
        holding = library_tab.holding_of(desk, which, document)
        if holding is None:
            return ["", *edit_panel.closed()]
        wish = edit_panel.edit_of(holding, companies, period, doc_type)
        fault = edit_panel.fault_html(holding, wish)
        if fault:
            kept = [gr.skip()] * len(outputs)
            kept[outputs.index(edit.fault)] = fault
            return kept
        if wish:
            desk.work.start(*edit_panel.describing(desk.engine(which), holding, wish))
        return ["", *edit_panel.closed()]

    def remove(document: str, which: Shelf) -> list[object]:
        holding = library_tab.holding_of(desk, which, document)
        if holding is not None:
            desk.work.start(*edit_panel.removing(desk.engine(which), holding))
        return ["", *edit_panel.closed()]

    tab.open.click(opened, [tab.picked, state], outputs, js=_PICKED, **QUIET).then(
        None, js=_FOCUS, **QUIET
    )
    saved = edit.save.click(save, [edit.chosen, *edit.fields, state], outputs, **QUIET)
    removed = edit.yes.click(remove, [edit.chosen, state], outputs, **QUIET)
    for begun in (saved, removed):
        _then_watch(desk, begun, tab, state, header)
    edit.close.click(lambda: ["", *edit_panel.closed()], None, outputs, **QUIET)
    edit.remove.click(lambda: gr.Column(visible=True), None, [edit.sure], **QUIET).then(
        None, js="() => window.askretailFocus('ar-yes')", **QUIET
    )
    edit.no.click(lambda: gr.Column(visible=False), None, [edit.sure], **QUIET)
