"""What a reader thinks of an answer: kept on this machine, told back in a word."""

import gradio as gr

from askretail_ingest.errors import AskRetailError
from askretail_ui import acts
from askretail_ui.ask_tab import AskTab
from askretail_ui.deeds import Turns, on_click
from askretail_ui.desk import Desk, Shelf

KEPT = "Noted on this machine"


def wire(desk: Desk, shelf: gr.State, tab: AskTab) -> None:
    """Let answers be judged; ``acts.js`` asks for the reason."""

    def judge(sent: str, turns: Turns, shelf: Shelf) -> str:
        act = acts.read_act(sent)
        turn = acts.turn_of(turns, act)
        try:
            before = turns[: act.turn - 1]
            desk.engine(shelf).feedback.keep(before, turn, good=act.good, reason=act.to)
        except AskRetailError as error:
            return str(error)
        return KEPT

    on_click(
        tab.acts.judge,
        judge,
        [tab.acts.sent, tab.turns, shelf],
        [tab.saved],
        then="(words) => window.askretailTell(words)",
    )
