"""What happens in the Ask tab: questions asked, conversations begun anew and saved."""

from collections.abc import Iterator

import gradio as gr
from gradio.blocks import Block

from askretail import exporting
from askretail.nouns import Turn
from askretail_ui import ask_tab, conversation
from askretail_ui.ask_tab import AskTab
from askretail_ui.desk import Desk, Shelf


def wire(desk: Desk, shelf: gr.State, tab: AskTab) -> None:
    """Let questions be asked, a conversation be begun anew and saved."""

    def answer(question: str, turns: tuple[Turn, ...], shelf: Shelf) -> Iterator[list[object]]:
        for view in conversation.steps(desk.engine(shelf), turns, question):
            yield [*ask_tab.drawn(view, question), ""]

    def mend(question: str, turns: tuple[Turn, ...]) -> list[object]:
        return ask_tab.drawn(conversation.broken(turns, question), question)

    outputs: list[Block] = [*tab.outputs, tab.box]
    for trigger, source in (
        (tab.box.submit, tab.box),
        *((button.click, button) for button in tab.suggestions),
    ):
        asking = trigger(
            answer,
            [source, tab.turns, shelf],
            outputs,
            show_progress="hidden",
            api_visibility="private",
        )
        asking.failure(
            mend,
            [tab.asked, tab.turns],
            tab.outputs,
            show_progress="hidden",
            api_visibility="private",
        )
    tab.clear.click(
        lambda shelf: ask_tab.fresh(desk, shelf),
        [shelf],
        tab.fresh_outputs,
        show_progress="hidden",
        api_visibility="private",
    )
    for button, form in zip(tab.saves, exporting.FORMS.values(), strict=True):
        _wire_save(button, form, tab)


def _wire_save(button: gr.Button, form: exporting.Form, tab: AskTab) -> None:
    """Let the browser keep the conversation as a file; nothing is written on this side."""
    button.click(
        lambda turns: exporting.exported(turns, form),
        [tab.turns],
        [tab.saved],
        show_progress="hidden",
        api_visibility="private",
    ).success(
        None,
        [tab.saved],
        None,
        js=f"(text) => window.askretailSave(text, '{form}')",
        api_visibility="private",
    )
