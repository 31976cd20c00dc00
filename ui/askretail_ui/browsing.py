"""What happens in the Browse tab: words and filters to passages."""

from collections.abc import Iterator

import gradio as gr

from askretail.browse import POOL, by_words
from askretail_ingest.errors import AskRetailError
from askretail_ui import filter_bar, passages, render, sources
from askretail_ui.browse_tab import BrowseTab
from askretail_ui.desk import Desk, Shelf
from askretail_ui.filter_bar import Values, filters_of

SHOWN = 20  # passages: two screens of cards, and what comes after them is seldom near


def wire(desk: Desk, shelf: gr.State, leaf: gr.Tab, tab: BrowseTab) -> None:
    """Find passages when words are sent or a filter is set; offer what the library holds now."""

    def find(words: str, which: Shelf, *filters: Values) -> Iterator[str]:
        words = words.strip()
        if not words:
            yield passages.HINT
            return
        yield sources.loading_html()
        try:
            hits = desk.engine(which).search(words, POOL, filters=filters_of(filters))
        except AskRetailError as error:
            yield render.error_html(str(error))
            return
        yield passages.found_html(words, by_words(hits, words)[:SHOWN])

    for trigger in (tab.words.submit, *(field.change for field in tab.filters.fields)):
        trigger(
            find,
            [tab.words, shelf, *tab.filters.fields],
            [tab.found],
            show_progress="hidden",
            api_visibility="private",
            trigger_mode="always_last",
        )
    leaf.select(
        lambda which: filter_bar.renewed(desk.engine(which).choices),
        [shelf],
        list(tab.filters.fields),
        show_progress="hidden",
        api_visibility="private",
    )
