"""What happens in the Ask tab: questions asked, stopped, edited and asked again."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import gradio as gr
from gradio.blocks import Block
from gradio.events import Dependency

from askretail.suggest import Next
from askretail_ui import acts, ask_tab, conversation, deeds, judging
from askretail_ui.acts import Act, Again
from askretail_ui.after import next_html
from askretail_ui.ask_tab import AskTab
from askretail_ui.deeds import Turns
from askretail_ui.desk import Desk, Shelf
from askretail_ui.filter_bar import Values, filters_of
from askretail_ui.run import Run

if TYPE_CHECKING:
    from askretail.assistant import Assistant

Trigger = Callable[..., Dependency]


def wire(desk: Desk, shelf: gr.State, tab: AskTab) -> None:
    """Let questions be asked, stopped, edited and asked again, and a conversation be begun anew."""
    for trigger, source in _triggers(tab):
        _asks(desk, shelf, tab, trigger, source)
    _asks_by_act(desk, shelf, tab, tab.acts.again.click, acts.again)
    _asks_by_act(desk, shelf, tab, tab.acts.offer.click, acts.offered)

    def stop(question: str, turns: Turns, run: Run) -> list[object]:
        run.end()
        return ask_tab.at_rest(conversation.stopped(turns, question), question, question)

    def begin_anew(shelf: Shelf, run: Run) -> list[object]:
        run.end()
        return [*ask_tab.fresh(desk, shelf), ask_tab.question_box(asking=False)]

    tab.box.stop(
        stop,
        [tab.asked, tab.turns, tab.run],
        [*tab.outputs, tab.box],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    tab.clear.click(
        begin_anew,
        [shelf, tab.run],
        [*tab.fresh_outputs, tab.box],
        show_progress="hidden",
        api_visibility="private",
    )
    deeds.wire(tab)
    judging.wire(desk, shelf, tab)


def _triggers(tab: AskTab) -> list[tuple[Trigger, Block]]:
    """Return what asks a question, and where its words are."""
    return [
        (tab.box.submit, tab.box),
        *((one.click, one) for one in tab.suggestions),
        (tab.acts.redo.click, tab.asked),
    ]


def _asks(desk: Desk, shelf: gr.State, tab: AskTab, trigger: Trigger, source: Block) -> None:
    def answer(
        question: str, turns: Turns, run: Run, shelf: Shelf, *filters: Values
    ) -> Iterator[list[object]]:
        yield from _answering(desk.engine(shelf), run, Again(turns, question), filters)

    inputs = [source, *_asked_of(tab, shelf)]
    _ended(desk, shelf, tab, trigger(answer, inputs, **_quietly(tab)))


def _asks_by_act(
    desk: Desk,
    shelf: gr.State,
    tab: AskTab,
    trigger: Trigger,
    meant: Callable[[Turns, Act], Again],
) -> None:
    def answer(
        sent: str, turns: Turns, run: Run, shelf: Shelf, *filters: Values
    ) -> Iterator[list[object]]:
        asked = meant(turns, acts.read_act(sent))
        yield from _answering(desk.engine(shelf), run, asked, filters)

    inputs = [tab.acts.sent, *_asked_of(tab, shelf)]
    _ended(desk, shelf, tab, trigger(answer, inputs, js=deeds.SENT, **_quietly(tab)))


def _asked_of(tab: AskTab, shelf: gr.State) -> list[Block]:
    return [tab.turns, tab.run, shelf, *tab.filters.fields]


def _quietly(tab: AskTab) -> dict[str, object]:
    return {
        "outputs": [*tab.outputs, tab.box],
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",  # the newest question wins, see ``Run``
    }


def _answering(
    engine: "Assistant", run: Run, asked: Again, filters: tuple[Values, ...]
) -> Iterator[list[object]]:
    """Yield the page while it answers; the box is emptied once, so that one can type on.

    A question that is no longer wanted ends with what changes nothing, since Gradio sends the
    last word of a generator once more.
    """
    if not asked.question.strip():
        return
    token = run.begin()
    value: str | None = ""
    still: list[object] = []
    for view in conversation.steps(engine, asked, filters=filters_of(filters)):
        drawn = ask_tab.drawn(view, asked.question)
        still = [gr.skip() for _ in drawn]
        if not run.goes_on(token):
            yield [*still, gr.skip()]
            return
        yield [*drawn, ask_tab.question_box(asking=True, value=value)]
        value = None
    run.end()
    yield [*still, ask_tab.question_box(asking=False)]


def offers(desk: Desk, shelf: gr.State, tab: AskTab, shown: Dependency) -> None:
    """Offer questions to go on with once an answer is shown.

    Each has to be tried; when another question is asked meanwhile, the rest is not.
    """

    def offer(turns: Turns, run: Run, shelf: Shelf, *filters: Values) -> object:
        last = turns[-1].answer if turns and run.idle else None
        if last is None:
            return gr.skip()
        found: list[Next] = []
        for one in desk.engine(shelf).next_questions(last, filters=filters_of(filters)):
            if not run.idle:
                return gr.skip()
            found += [one] if one is not None else []
        return next_html(found)

    shown.success(
        offer,
        _asked_of(tab, shelf),
        [tab.offers],
        show_progress="hidden",
        api_visibility="private",
    )


def _ended(desk: Desk, shelf: gr.State, tab: AskTab, asking: Dependency) -> None:
    """Offer questions to go on with; say so when something broke that nobody foresaw."""
    offers(desk, shelf, tab, asking)
    asking.failure(
        lambda question, turns: ask_tab.at_rest(conversation.broken(turns, question), question),
        [tab.asked, tab.turns],
        [*tab.outputs, tab.box],
        show_progress="hidden",
        api_visibility="private",
    )
