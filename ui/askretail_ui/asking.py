"""What happens in the Ask tab: questions asked, stopped, edited and asked again."""

from collections.abc import Callable, Iterator

import gradio as gr
from gradio.blocks import Block
from gradio.events import Dependency

from askretail_ui import acts, ask_tab, conversation, deeds
from askretail_ui.acts import Again
from askretail_ui.ask_tab import AskTab
from askretail_ui.deeds import Turns
from askretail_ui.desk import Desk, Shelf
from askretail_ui.filter_bar import Values, filters_of

Trigger = Callable[..., Dependency]


def wire(desk: Desk, shelf: gr.State, tab: AskTab) -> None:
    """Let questions be asked, stopped, edited and asked again, and a conversation be begun anew."""
    asking: list[dict[str, object]] = [
        *(_asks(desk, shelf, tab, trigger, source) for trigger, source in _triggers(tab)),
        _asks_again(desk, shelf, tab, tab.acts.again.click),
        _asks(desk, shelf, tab, tab.acts.redo.click, tab.asked),
    ]
    tab.box.stop(
        lambda question, turns: ask_tab.at_rest(
            conversation.stopped(turns, question), question, question
        ),
        [tab.asked, tab.turns],
        [*tab.outputs, tab.box],
        cancels=asking,
        show_progress="hidden",
        api_visibility="private",
    )
    tab.clear.click(
        lambda shelf: [*ask_tab.fresh(desk, shelf), ask_tab.question_box(asking=False)],
        [shelf],
        [*tab.fresh_outputs, tab.box],
        cancels=asking,
        show_progress="hidden",
        api_visibility="private",
    )
    deeds.wire(tab)


def _triggers(tab: AskTab) -> list[tuple[Trigger, Block]]:
    """Return what asks a new question, and where its words are."""
    return [(tab.box.submit, tab.box), *((one.click, one) for one in tab.suggestions)]


def _asks(desk: Desk, shelf: gr.State, tab: AskTab, trigger: Trigger, source: Block) -> Dependency:
    def answer(
        question: str, turns: Turns, shelf: Shelf, *filters: Values
    ) -> Iterator[list[object]]:
        yield from _answering(desk, shelf, Again(turns, question), filters)

    return _mended(tab, trigger(answer, [source, *_asked_of(tab, shelf)], **_quietly(tab)))


def _asks_again(desk: Desk, shelf: gr.State, tab: AskTab, trigger: Trigger) -> Dependency:
    def answer(sent: str, turns: Turns, shelf: Shelf, *filters: Values) -> Iterator[list[object]]:
        yield from _answering(desk, shelf, acts.again(turns, acts.read_act(sent)), filters)

    inputs = [tab.acts.sent, *_asked_of(tab, shelf)]
    return _mended(tab, trigger(answer, inputs, js=deeds.SENT, **_quietly(tab)))


def _asked_of(tab: AskTab, shelf: gr.State) -> list[Block]:
    return [tab.turns, shelf, *tab.filters.fields]


def _quietly(tab: AskTab) -> dict[str, object]:
    return {
        "outputs": [*tab.outputs, tab.box],
        "show_progress": "hidden",
        "api_visibility": "private",
    }


def _answering(
    desk: Desk, shelf: Shelf, asked: Again, filters: tuple[Values, ...]
) -> Iterator[list[object]]:
    """Yield the page while it answers; the box is emptied once, so that one can type on."""
    value: str | None = ""
    drawn: list[object] = []
    for view in conversation.steps(desk.engine(shelf), asked, filters=filters_of(filters)):
        drawn = ask_tab.drawn(view, asked.question)
        yield [*drawn, ask_tab.question_box(asking=True, value=value)]
        value = None
    yield [*(gr.skip() for _ in drawn), ask_tab.question_box(asking=False)]


def _mended(tab: AskTab, asking: Dependency) -> Dependency:
    """Say so when something broke that nobody foresaw."""
    asking.failure(
        lambda question, turns: ask_tab.at_rest(conversation.broken(turns, question), question),
        [tab.asked, tab.turns],
        [*tab.outputs, tab.box],
        show_progress="hidden",
        api_visibility="private",
    )
    return asking
