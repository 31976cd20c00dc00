"""The Library tab: what is in the library, and adding files to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from gradio.blocks import Block

from askretail_index.report import Progress
from askretail_ingest.errors import AskRetailError
from askretail_ingest.find import ENDINGS
from askretail_ui import ask_tab, render, shelf, upload
from askretail_ui.ask_tab import AskTab
from askretail_ui.desk import Desk, Shelf

_CHOICES = (("Sample library", "served"), ("Your library", "own"))


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """The parts of the tab that events read and change."""

    choice: gr.Radio
    files: gr.File
    outcome: gr.HTML
    wanted: gr.Textbox
    table: gr.HTML


def build(desk: Desk) -> LibraryTab:
    """Draw the tab inside the current Blocks."""
    with gr.Row(elem_id="ar-shelf"):
        with gr.Column(scale=3, min_width=320):
            wanted = gr.Textbox(
                label="Find a document",
                placeholder="Title, company, period or type",
                elem_id="ar-wanted",
                max_length=200,
            )
            table = gr.HTML("", elem_id="ar-documents", apply_default_css=False)
        with gr.Column(scale=2, min_width=300, elem_id="ar-adding"):
            choice = gr.Radio(
                list(_CHOICES),
                value="served",
                label="Answer from",
                visible=False,
                elem_id="ar-choice",
            )
            files = gr.File(
                label="Add files to your library",
                file_count="multiple",
                file_types=sorted(ENDINGS),
                elem_id="ar-files",
                height=140,
            )
            gr.HTML(_about_uploads(desk.served.is_sample), apply_default_css=False)
            outcome = gr.HTML("", elem_id="ar-outcome", apply_default_css=False)
    return LibraryTab(choice, files, outcome, wanted, table)


def wire(desk: Desk, tab: LibraryTab, ask: AskTab, state: gr.State, header: gr.HTML) -> None:
    """Wire uploads, the filter, and the choice between the sample and the user's own library."""

    def add(paths: list[str] | None) -> Iterator[list[object]]:
        for html in _adding(desk, [Path(path) for path in paths or ()]):
            yield [html, None]

    def filtered(wanted: str, shelf: Shelf) -> str:
        return table_html(desk, shelf, wanted)

    def chosen(shelf: Shelf, wanted: str) -> list[object]:
        fresh = ask_tab.fresh(desk, shelf)
        return [shelf, header_html(desk, shelf), table_html(desk, shelf, wanted), *fresh]

    changed: list[Block] = [state, header, tab.table, *ask.fresh_outputs]
    adding = tab.files.upload(
        add,
        [tab.files],
        [tab.outcome, tab.files],
        show_progress="hidden",
        api_visibility="private",
        concurrency_limit=1,
    )
    adding.then(
        lambda: choice(desk, desk.upload_shelf()),
        None,
        [tab.choice],
        show_progress="hidden",
        api_visibility="private",
    )
    adding.then(
        lambda wanted: chosen(desk.upload_shelf(), wanted),
        [tab.wanted],
        changed,
        show_progress="hidden",
        api_visibility="private",
    )
    tab.choice.input(
        chosen,
        [tab.choice, tab.wanted],
        changed,
        show_progress="hidden",
        api_visibility="private",
    )
    tab.wanted.change(
        filtered,
        [tab.wanted, state],
        [tab.table],
        show_progress="hidden",
        api_visibility="private",
        trigger_mode="always_last",
    )


def choice(desk: Desk, which: Shelf) -> gr.Radio:
    """Return the choice of library, shown only where there is one."""
    return gr.Radio(value=which, visible=desk.has_choice())


def table_html(desk: Desk, which: Shelf, wanted: str = "") -> str:
    """Return the table of a library's documents."""
    engine = desk.engine(which)
    return shelf.documents_html(engine.documents, engine.passages_of, wanted=wanted)


def header_html(desk: Desk, which: Shelf) -> str:
    """Return the line at the top that says which library answers."""
    engine = desk.engine(which)
    return shelf.header_html(engine.documents, engine.passages, sample=engine.is_sample)


def _adding(desk: Desk, paths: list[Path]) -> Iterator[str]:
    try:
        engine = desk.engine(desk.upload_shelf())
        for event in upload.ingesting(engine, paths):
            if isinstance(event, Progress):
                yield shelf.progress_html(event)
            else:
                yield shelf.report_html(event)
    except AskRetailError as error:
        yield render.error_html(str(error))


def _about_uploads(sample: bool) -> str:
    where = (
        "The sample is read only: what you add goes into your own library, and the page then "
        "answers from that one."
        if sample
        else "What you add goes into this library."
    )
    return f'<p class="ar-note">{where} Files stay on this machine.</p>'
