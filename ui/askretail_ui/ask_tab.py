"""The Ask tab: chat, suggested questions, the question box, and the sources beside them."""

from dataclasses import dataclass

import gradio as gr
from gradio.blocks import Block

from askretail import exporting
from askretail_ui import conversation, filter_bar, sources
from askretail_ui.conversation import View
from askretail_ui.desk import Desk, Shelf
from askretail_ui.filter_bar import FilterBar
from askretail_ui.run import Run

SUGGESTIONS = 4
SESSION_SECONDS = 12 * 3600  # how long an idle conversation stays in memory: a working day

WELCOME = (
    '<div class="ar-welcome"><h2>What do the filings say?</h2>'
    "<p>Ask about strategy, results or risks. Every answer is quoted word for word, "
    "with its document and page.</p></div>"
)


@dataclass(frozen=True, slots=True)
class Acts:
    """Buttons that the page's script presses for what is clicked inside the chat."""

    sent: gr.Textbox  # the act as JSON, on its way to the server
    again: gr.Button
    redo: gr.Button
    edit: gr.Button
    copy: gr.Button
    offer: gr.Button
    judge: gr.Button


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts of the tab that events read and change."""

    chat: gr.Chatbot
    panel: gr.HTML
    turns: gr.State
    asked: gr.State  # the question under way, for the message when something breaks
    box: gr.Textbox
    clear: gr.Button
    foot: gr.Row  # what can be done with a conversation that has begun
    saves: tuple[gr.Button, ...]  # one a form of ``exporting.FORMS``
    saved: gr.Textbox  # the file on its way to the browser
    row: gr.Row
    suggestions: tuple[gr.Button, ...]
    filters: FilterBar
    acts: Acts
    run: gr.State  # a ``Run``
    offers: gr.HTML  # questions to go on with

    @property
    def outputs(self) -> list[Block]:
        """What every view of the conversation sets, in the order of ``drawn``."""
        parts = [self.chat, self.panel, self.turns, self.asked, self.foot, self.row]
        return [*parts, self.offers]

    @property
    def fresh_outputs(self) -> list[Block]:
        """What a new conversation sets, in the order of ``fresh``."""
        return [*self.outputs, *self.suggestions, *self.filters.outputs]


def build() -> AskTab:
    """Draw the tab inside the current Blocks; ``asking.wire`` brings it to life."""
    with gr.Row(elem_id="ar-desk"):
        with gr.Column(scale=6, min_width=320, elem_id="ar-talk"):
            filters = filter_bar.build()
            chat = _chat()
            offers = gr.HTML("", elem_id="ar-next", apply_default_css=False)
            with gr.Row(elem_id="ar-suggestions") as row:
                suggestions = tuple(
                    gr.Button("", size="sm", visible=False, elem_classes="ar-suggestion")
                    for _ in range(SUGGESTIONS)
                )
            box = _box()
            with gr.Row(elem_id="ar-foot", visible=False) as foot:
                clear = gr.Button("New conversation", size="sm", elem_id="ar-clear")
                saves = tuple(
                    gr.Button(f"Save as {name}", size="sm", elem_classes="ar-save")
                    for name in exporting.FORMS
                )
            saved = gr.Textbox(visible=False)
            acts = _acts()
        with gr.Column(scale=5, min_width=300, elem_id="ar-beside"):
            empty = conversation.view(()).sources
            panel = gr.HTML(empty, elem_id="ar-panel", apply_default_css=False)
    turns = gr.State((), time_to_live=SESSION_SECONDS)
    asked = gr.State("")
    return AskTab(
        chat,
        panel,
        turns,
        asked,
        box,
        clear,
        foot,
        saves,
        saved,
        row,
        suggestions,
        filters,
        acts,
        gr.State(Run()),
        offers,
    )


def fresh(desk: Desk, shelf: Shelf) -> list[object]:
    """Return the values of ``fresh_outputs``: an empty conversation with a library."""
    engine = desk.engine(shelf)
    questions = engine.suggestions(SUGGESTIONS)[:SUGGESTIONS]
    shown = [gr.Button(value=question, visible=True) for question in questions]
    hidden = [gr.Button(visible=False) for _ in range(SUGGESTIONS - len(shown))]
    start = View((), sources.start_html(engine.documents), ())
    offered = filter_bar.offered(engine.choices)
    return [*drawn(start, ""), *shown, *hidden, *offered]


def drawn(view: View, question: str) -> list[object]:
    """Return the values of ``AskTab.outputs`` for a view of the conversation."""
    messages = [gr.ChatMessage(role=m.role, content=m.html) for m in view.messages]
    begun = bool(messages)
    return [
        messages,
        view.sources,
        view.turns,
        question,
        gr.Row(visible=begun),
        gr.Row(visible=not begun),
        "",
    ]


def at_rest(view: View, question: str, value: str | None = None) -> list[object]:
    """Return the page when nothing is under way."""
    return [*drawn(view, question), question_box(asking=False, value=value)]


def question_box(*, asking: bool, value: str | None = None) -> gr.Textbox:
    """Return the question box with the button that fits; without a value its words stay."""
    submit: str | bool = False if asking else "Ask"
    stop: str | bool = "Stop" if asking else False
    if value is None:
        return gr.Textbox(submit_btn=submit, stop_btn=stop)
    return gr.Textbox(value=value, submit_btn=submit, stop_btn=stop)


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label="Conversation",
        show_label=False,
        elem_id="ar-chat",
        height="auto",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        allow_file_downloads=False,
        autoscroll=False,  # page.js brings the new question to the top: the answer starts there
        placeholder=WELCOME,
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        label="Your question",
        placeholder="Ask about strategy, results or risks",
        elem_id="ar-question",
        lines=1,
        max_lines=5,
        max_length=conversation.MAX_QUESTION,
        submit_btn="Ask",
        autofocus=True,
    )


def _acts() -> Acts:
    sent = gr.Textbox(visible=False)
    names = ("again", "redo", "edit", "copy", "offer", "judge")
    return Acts(sent, *(gr.Button(n, elem_id=f"ar-do-{n}", visible="hidden") for n in names))
