"""The page: a header and three tabs, and the endpoint ``/ask`` for programs."""

from collections.abc import Iterator

import gradio as gr
from gradio.blocks import Block
from gradio.events import api

from askretail.nouns import Filters, Turn
from askretail_ui import (
    ask_tab,
    asking,
    browse_tab,
    browsing,
    drawer,
    keeping,
    library_tab,
    shelving,
)
from askretail_ui.conversation import MAX_QUESTION, MAX_TURNS
from askretail_ui.desk import Desk, Shelf

QUEUE = 32  # questions that may wait; the next one is told to come back
TOGETHER = 2  # questions answered at the same time: more than the cores only slows each one
KEEP_FILES = 3600  # seconds that an uploaded file may lie in the temporary folder


def build(desk: Desk) -> gr.Blocks:
    """Return the page, not yet served."""
    page = gr.Blocks(
        title="askretail",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(KEEP_FILES, KEEP_FILES),
    )
    with page:
        shelf = gr.State("served")
        header = gr.HTML(library_tab.header_html(desk, "served"), apply_default_css=False)
        with gr.Tabs(elem_id="ar-tabs"):
            with gr.Tab("Ask"):
                kept = drawer.build()
                ask = ask_tab.build()
            with gr.Tab("Browse") as leaf:
                browse = browse_tab.build()
            with gr.Tab("Library"):
                library = library_tab.build(desk)
        asking.wire(desk, shelf, ask)
        keeping.wire(desk, shelf, ask, kept)
        browsing.wire(desk, shelf, leaf, browse)
        shelving.wire(desk, library, ask, shelf, header)
        _load(desk, page, ask, library, header, shelf)
        _endpoint(desk)
    page.queue(max_size=QUEUE, default_concurrency_limit=TOGETHER, api_open=False)
    return page


def _load(
    desk: Desk,
    page: gr.Blocks,
    ask: ask_tab.AskTab,
    library: library_tab.LibraryTab,
    header: gr.HTML,
    state: gr.State,
) -> None:
    """Fill a new page with what the library holds now, not at the start of the server."""

    def filled() -> list[object]:
        which: Shelf = "served"
        lists = library_tab.drawn(desk, which)
        head = library_tab.header_html(desk, which)
        return [head, *lists, library_tab.choice(desk, which), *ask_tab.fresh(desk, which)]

    def following(which: Shelf, wanted: str) -> Iterator[list[object]]:
        if desk.work.busy:  # begun on another page, or before this one was loaded anew
            yield from shelving.watch(desk, which, wanted)
        else:  # a generator that yields nothing would empty its outputs
            yield [gr.skip() for _ in shelving.watched(library, header)]

    outputs: list[Block] = [header, *library.lists, library.choice, *ask.fresh_outputs]
    page.load(filled, None, outputs, **shelving.QUIET).then(
        following,
        [state, library.wanted],
        shelving.watched(library, header),
        concurrency_limit=None,
        **shelving.QUIET,
    )


def _endpoint(desk: Desk) -> None:
    def ask(
        question: str,
        history: list[str] | None = None,
        companies: list[str] | None = None,
        periods: list[str] | None = None,
        types: list[str] | None = None,
        documents: list[str] | None = None,
    ) -> dict[str, object]:
        """Answer a question with quotes; ``history`` holds earlier questions, oldest first.

        The lists after it say which documents may answer.
        """
        if not 0 < len(question.strip()) <= MAX_QUESTION:
            raise gr.Error(f"question must have 1 to {MAX_QUESTION} characters")
        turns = [Turn(earlier[:MAX_QUESTION]) for earlier in (history or [])[-MAX_TURNS:]]
        lists = (companies, periods, types, documents)
        filters = Filters(*(tuple(values or ())[:MAX_TURNS] for values in lists))
        answer: dict[str, object] = desk.served.ask(question, turns, filters=filters).to_dict()
        return answer

    api(ask, api_name="ask")
