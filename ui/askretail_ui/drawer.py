"""The drawer of kept conversations, above the Ask tab: a list, and what can be done with one."""

from dataclasses import dataclass

import gradio as gr
from gradio.blocks import Block

from askretail import exporting
from askretail.conversations import MAX_TITLE
from askretail_ui.talk import Talk

SESSION_SECONDS = 12 * 3600  # as long as the turns of the page are kept


@dataclass(frozen=True, slots=True)
class Drawer:
    """The parts of the drawer that events read and change."""

    toggle: gr.Button
    inside: gr.Column
    close: gr.Button
    pick: gr.Radio
    acts: gr.Column  # what can be done with the one picked
    resume: gr.Button
    saves: tuple[gr.Button, ...]  # one a form of ``exporting.FORMS``
    saved: gr.Textbox  # the file on its way to the browser
    name: gr.Textbox
    rename: gr.Button
    delete: gr.Button
    delete_all: gr.Button
    sure: gr.Column
    question: gr.HTML  # what would be deleted
    yes: gr.Button
    no: gr.Button
    told: gr.HTML  # what was done, or why not
    talk: gr.State
    doomed: gr.State  # the number of the conversation to delete, None for all

    @property
    def outputs(self) -> list[Block]:
        """What every change of the list sets, in the order of ``keeping.listing``."""
        return [self.pick, self.acts, self.name, self.delete_all, self.sure, self.told]


def build() -> Drawer:
    """Draw the closed drawer inside the current Blocks; ``keeping.wire`` brings it to life."""
    toggle = gr.Button("Conversations", size="sm", elem_id="ar-drawer-open")
    with gr.Column(visible=False, elem_id="ar-drawer") as inside:
        with gr.Row(elem_id="ar-drawer-head"):
            gr.HTML("<h2>Conversations</h2>", apply_default_css=False)
            close = gr.Button("Close", size="sm", elem_id="ar-drawer-close")
        told = gr.HTML("", elem_id="ar-drawer-told", apply_default_css=False)
        with gr.Column(visible=False, elem_id="ar-drawer-sure") as sure:
            question = gr.HTML("", apply_default_css=False)
            with gr.Row():
                yes = gr.Button("Delete for good", size="sm", variant="stop")
                no = gr.Button("Keep", size="sm", elem_id="ar-drawer-keep")
        pick = gr.Radio([], label="Kept conversations", elem_id="ar-drawer-list")
        with gr.Column(visible=False, elem_id="ar-drawer-acts") as acts:
            with gr.Row():
                resume = gr.Button("Open", size="sm", variant="primary")
                delete = gr.Button("Delete …", size="sm")
            with gr.Row():
                saves = tuple(
                    gr.Button(f"Save as {name}", size="sm", min_width=90)
                    for name in exporting.FORMS
                )
            with gr.Row(elem_id="ar-drawer-name"):
                name = gr.Textbox(label="Name", max_length=MAX_TITLE, lines=1, max_lines=1)
                rename = gr.Button("Rename", size="sm")
        delete_all = gr.Button("Delete all …", size="sm", visible=False, elem_id="ar-drawer-all")
    saved = gr.Textbox(visible=False)
    talk = gr.State(Talk(), time_to_live=SESSION_SECONDS)
    return Drawer(
        toggle=toggle,
        inside=inside,
        close=close,
        pick=pick,
        acts=acts,
        resume=resume,
        saves=saves,
        saved=saved,
        name=name,
        rename=rename,
        delete=delete,
        delete_all=delete_all,
        sure=sure,
        question=question,
        yes=yes,
        no=no,
        told=told,
        talk=talk,
        doomed=gr.State(None),
    )
