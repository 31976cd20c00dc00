"""The panel that changes what a document is said to be about, or removes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr
from gradio.blocks import Block

from askretail_index.holdings import Holding
from askretail_index.report import Progress
from askretail_ingest.doctypes import DOC_TYPES
from askretail_ingest.edit import Edit, edited
from askretail_ingest.errors import BadSetting
from askretail_ui import render
from askretail_ui.escape import shown
from askretail_ui.work import Act, Job

if TYPE_CHECKING:
    from askretail.assistant import Assistant

SEPARATOR = ";"  # between companies: names have commas


@dataclass(frozen=True, slots=True)
class EditPanel:
    """The parts of the panel that events read and change."""

    panel: gr.Column
    about: gr.HTML
    companies: gr.Textbox
    period: gr.Textbox
    doc_type: gr.Dropdown
    fault: gr.HTML
    save: gr.Button
    remove: gr.Button
    close: gr.Button
    sure: gr.Column
    question: gr.HTML
    yes: gr.Button
    no: gr.Button
    chosen: gr.State  # the id of the document

    @property
    def fields(self) -> list[Block]:
        return [self.companies, self.period, self.doc_type]

    @property
    def outputs(self) -> list[Block]:
        """What ``opened`` and ``closed`` set."""
        return [self.panel, self.about, *self.fields, self.fault, self.sure, self.question]


def build() -> EditPanel:
    """Draw the panel inside the current Blocks, closed."""
    with gr.Column(visible=False, elem_id="ar-edit") as panel:
        about = gr.HTML("", apply_default_css=False)
        companies = gr.Textbox(
            label="Companies, separated by ;", elem_id="ar-edit-companies", max_length=1000
        )
        period = gr.Textbox(
            label="Period: FY2022, Q2 FY2024, or nothing", elem_id="ar-edit-period", max_length=40
        )
        doc_type = gr.Dropdown(list(DOC_TYPES), label="Type", elem_id="ar-edit-type")
        fault = gr.HTML("", apply_default_css=False)
        with gr.Row(elem_classes="ar-buttons"):
            save = gr.Button("Save", variant="primary", size="sm")
            remove = gr.Button("Remove …", size="sm")
            close = gr.Button("Close", size="sm")
        with gr.Column(visible=False, elem_id="ar-sure") as sure:
            question = gr.HTML("", apply_default_css=False)
            with gr.Row(elem_classes="ar-buttons"):
                yes = gr.Button("Remove it", variant="stop", size="sm", elem_id="ar-yes")
                no = gr.Button("Keep it", size="sm")
    chosen = gr.State("")
    return EditPanel(
        *(panel, about, companies, period, doc_type, fault, save, remove, close),
        *(sure, question, yes, no, chosen),
    )


def opened(holding: Holding) -> list[object]:
    """Return the values of ``EditPanel.outputs`` for a document."""
    document = holding.document
    return [
        gr.Column(visible=True),
        about_html(holding),
        f"{SEPARATOR} ".join(document.companies),
        str(document.period or ""),
        document.doc_type,
        "",
        gr.Column(visible=False),
        question_html(holding),
    ]


def closed() -> list[object]:
    """Return the values of ``EditPanel.outputs`` for no document."""
    return [gr.Column(visible=False), "", "", "", None, "", gr.Column(visible=False), ""]


def about_html(holding: Holding) -> str:
    """Return whose panel this is, and where each field was read."""
    reasons = dict(holding.document.metadata.reasons)
    read = "".join(
        f"<li>{name}: {shown(reasons[field])}</li>"
        for field, name in (("companies", "Companies"), ("period", "Period"), ("doc_type", "Type"))
        if reasons.get(field)
    )
    note = f'<ul class="ar-reasons" aria-label="Where this was read">{read}</ul>' if read else ""
    return (
        f'<h2 tabindex="-1" id="ar-edit-head">{shown(holding.document.title)}</h2>'
        f'<p class="ar-file">{shown(holding.document.source)}</p>{note}'
    )


def question_html(holding: Holding) -> str:
    """Return what a reader is asked before a document goes."""
    return (
        f"<p><b>Remove {shown(holding.document.source)} from the library?</b> "
        "Its text, its older versions and the copy that the library keeps go; quotes of it can no "
        "longer be shown on their page. The file you added stays where it is.</p>"
    )


def edit_of(holding: Holding, companies: str, period: str, doc_type: str) -> Edit:
    """Return what was changed in the fields; what was left alone is no edit."""
    document = holding.document
    names = tuple(name for part in companies.split(SEPARATOR) if (name := part.strip()))
    return Edit(
        None if names == document.companies else names,
        None if period.strip() == str(document.period or "") else period,
        None if doc_type == document.doc_type else doc_type,
    )


def fault_html(holding: Holding, edit: Edit) -> str:
    """Return why an edit cannot be made, "" when it can."""
    try:
        edited(holding.document.metadata, edit)
    except BadSetting as error:
        return render.error_html(str(error))
    return ""


def describing(engine: "Assistant", holding: Holding, edit: Edit) -> tuple[Job, Act]:
    """Return the job that describes a document anew."""

    def act(on_progress: Callable[[Progress], None]) -> None:
        engine.describe(
            str(holding.path),
            companies=edit.companies,
            period=edit.period,
            doc_type=edit.doc_type,
            progress=on_progress,
        )

    return Job(f"Changing {holding.document.source}"), act


def removing(engine: "Assistant", holding: Holding) -> tuple[Job, Act]:
    """Return the job that removes a document."""

    def act(_: Callable[[Progress], None]) -> None:
        engine.remove([str(holding.path)])

    return Job(f"Removing {holding.document.source}"), act
