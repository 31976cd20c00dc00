"""What can be done with answers: taken back to be edited, copied, saved."""

from collections.abc import Callable, Sequence

import gradio as gr
from gradio.blocks import Block

from askretail import exporting
from askretail.nouns import Turn
from askretail_ui import acts, ask_tab, conversation
from askretail_ui.ask_tab import AskTab

SENT = "(_, ...rest) => [window.askretailSent(), ...rest]"  # see acts.js

Turns = tuple[Turn, ...]


def wire(tab: AskTab) -> None:
    """Let questions be edited, answers be copied and conversations be saved."""
    _wire_edit(tab)
    on_click(
        tab.acts.copy,
        lambda sent, turns: exporting.exported([acts.turn_of(turns, acts.read_act(sent))], "md"),
        [tab.acts.sent, tab.turns],
        [tab.saved],
        then="(text) => window.askretailCopy(text)",
    )
    for button, form in zip(tab.saves, exporting.FORMS.values(), strict=True):
        _wire_save(button, form, tab)


def on_click(
    button: gr.Button,
    do: Callable[..., object],
    given: Sequence[Block],
    outputs: Sequence[Block],
    *,
    then: str,
    js: str | None = SENT,
) -> None:
    """Do something on a click; what it gave first goes to ``then``, in the page's own script."""
    button.click(
        do,
        list(given),
        list(outputs),
        js=js,
        show_progress="hidden",
        api_visibility="private",
    ).success(None, list(outputs[:1]), None, js=then, api_visibility="private")


def _wire_edit(tab: AskTab) -> None:
    """Let a question be taken back into the box; what was asked after it stays above."""

    def edit(sent: str, turns: Turns) -> list[object]:
        act = acts.read_act(sent)
        question = acts.turn_of(turns, act).question
        left = (*turns[: act.turn - 1], *turns[act.turn :])
        return ask_tab.at_rest(conversation.view(left), question, question)

    on_click(
        tab.acts.edit,
        edit,
        [tab.acts.sent, tab.turns],
        [*tab.outputs, tab.box],
        then="() => window.askretailEdit()",
    )


def _wire_save(button: gr.Button, form: exporting.Form, tab: AskTab) -> None:
    """Let the browser keep the conversation as a file; nothing is written on this side."""
    on_click(
        button,
        lambda turns: exporting.exported(turns, form),
        [tab.turns],
        [tab.saved],
        then=f"(text) => window.askretailSave(text, '{form}')",
        js=None,
    )
