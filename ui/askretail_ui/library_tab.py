"""The Library tab: what is in the library, what it covers, adding to it and changing it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr
from gradio.blocks import Block

from askretail_ui import coverage, documents, edit_panel, shelf
from askretail_ui.desk import Desk, Shelf
from askretail_ui.edit_panel import EditPanel

if TYPE_CHECKING:
    from askretail_index.holdings import Holding

PRESSED = ("open", "find")
_CHOICES = (("Sample library", "served"), ("Your library", "own"))


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """The parts of the tab that events read and change."""

    choice: gr.Radio
    files: gr.File
    work: gr.HTML
    wanted: gr.Textbox
    grid: gr.HTML
    table: gr.HTML
    edit: EditPanel
    picked: gr.Textbox  # what was clicked in the lists, on its way to the server
    open: gr.Button  # pressed by library.js for a document
    find: gr.Button  # and for a cell of the grid

    @property
    def lists(self) -> list[Block]:
        """What every change of the documents draws anew, in the order of ``drawn``."""
        return [self.grid, self.table]


def build(desk: Desk) -> LibraryTab:
    """Draw the tab inside the current Blocks; ``shelving.wire`` brings it to life."""
    with gr.Row(elem_id="ar-shelf"):
        with gr.Column(scale=7, min_width=320, elem_id="ar-holdings"):
            grid = gr.HTML("", elem_id="ar-coverage", apply_default_css=False)
            wanted = gr.Textbox(
                "",  # a new page would send None
                label="Find a document",
                placeholder="Title, company, period or type",
                elem_id="ar-wanted",
                max_length=200,
            )
            table = gr.HTML("", elem_id="ar-documents", apply_default_css=False)
        with gr.Column(scale=3, min_width=300, elem_id="ar-adding"):
            edit = edit_panel.build()
            choice = gr.Radio(
                list(_CHOICES),
                value="served",
                label="Answer from",
                visible=False,
                elem_id="ar-choice",
            )
            # Any ending is taken: the report says what to do with a file that cannot be read.
            files = gr.File(
                label="Add files to your library",
                file_count="multiple",
                elem_id="ar-files",
                height=140,
            )
            gr.HTML(_about_uploads(desk.served.is_sample), apply_default_css=False)
            work = gr.HTML("", elem_id="ar-outcome", apply_default_css=False)
        picked = gr.Textbox("", visible=False)
        press = [gr.Button(name, elem_id=f"ar-{name}", visible="hidden") for name in PRESSED]
    return LibraryTab(choice, files, work, wanted, grid, table, edit, picked, *press)


def choice(desk: Desk, which: Shelf) -> gr.Radio:
    """Return the choice of library, shown only where there is one."""
    return gr.Radio(value=which, visible=desk.has_choice())


def drawn(desk: Desk, which: Shelf, wanted: str = "") -> list[object]:
    """Return the values of ``LibraryTab.lists``."""
    grid = coverage.grid_html(desk.engine(which).documents)
    return [grid, table_html(desk, which, wanted)]


def table_html(desk: Desk, which: Shelf, wanted: str = "") -> str:
    """Return the table of a library's documents."""
    engine = desk.engine(which)
    return documents.documents_html(engine.holdings, wanted=wanted, editable=not engine.is_sample)


def header_html(desk: Desk, which: Shelf) -> str:
    """Return the line at the top that says which library answers."""
    engine = desk.engine(which)
    return shelf.header_html(engine.documents, engine.passages, sample=engine.is_sample)


def holding_of(desk: Desk, which: Shelf, document: str) -> "Holding | None":
    """Return the current document of this id, None when it is gone."""
    engine = desk.engine(which)
    current = (holding for holding in engine.holdings if holding.current)
    return next((holding for holding in current if holding.document.id == document), None)


def _about_uploads(sample: bool) -> str:
    where = (
        "The sample is read only: what you add goes into your own library, and the page then "
        "answers from that one."
        if sample
        else "What you add goes into this library."
    )
    kinds = "PDF, Word, PowerPoint, Excel, CSV, e-mail, HTML, Markdown and text."
    return f'<p class="ar-note">{kinds} {where} Files stay on this machine.</p>'
