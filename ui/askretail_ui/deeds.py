"""What can be done with answers: taken back to be edited, copied, saved."""

import gradio as gr

from askretail import exporting
from askretail.nouns import Turn
from askretail_ui import acts, ask_tab, conversation
from askretail_ui.ask_tab import AskTab

SENT = "(_, ...rest) => [window.askretailSent(), ...rest]"  # see acts.js

Turns = tuple[Turn, ...]


def wire(tab: AskTab) -> None:
    """Let questions be edited, answers be copied and conversations be saved."""
    _wire_edit(tab)
    _wire_copy(tab)
    for button, form in zip(tab.saves, exporting.FORMS.values(), strict=True):
        _wire_save(button, form, tab)


def _wire_edit(tab: AskTab) -> None:
    """Let a question be taken back into the box; what was asked after it stays above."""

    def edit(sent: str, turns: Turns) -> list[object]:
        act = acts.read_act(sent)
        question = acts.turn_of(turns, act).question
        left = (*turns[: act.turn - 1], *turns[act.turn :])
        return ask_tab.at_rest(conversation.view(left), question, question)

    tab.acts.edit.click(
        edit,
        [tab.acts.sent, tab.turns],
        [*tab.outputs, tab.box],
        js=SENT,
        show_progress="hidden",
        api_visibility="private",
    ).success(None, None, None, js="() => window.askretailEdit()", api_visibility="private")


def _wire_copy(tab: AskTab) -> None:
    """Let an answer be copied as Markdown, its quotes with footnotes."""
    tab.acts.copy.click(
        lambda sent, turns: exporting.exported([acts.turn_of(turns, acts.read_act(sent))], "md"),
        [tab.acts.sent, tab.turns],
        [tab.saved],
        js=SENT,
        show_progress="hidden",
        api_visibility="private",
    ).success(
        None,
        [tab.saved],
        None,
        js="(text) => window.askretailCopy(text)",
        api_visibility="private",
    )


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
