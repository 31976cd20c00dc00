"""The Browse tab: a few words, filters, and the passages that they find."""

from dataclasses import dataclass

import gradio as gr

from askretail_ui import filter_bar, passages
from askretail_ui.filter_bar import FilterBar

MAX_WORDS = 200  # characters; whoever writes more has a question


@dataclass(frozen=True, slots=True)
class BrowseTab:
    """The parts of the tab that events read and change."""

    words: gr.Textbox
    filters: FilterBar
    found: gr.HTML


def build() -> BrowseTab:
    """Draw the tab inside the current Blocks; ``browsing.wire`` brings it to life."""
    with gr.Column(elem_id="ar-browse"):
        words = gr.Textbox(
            label="Words to look for",
            placeholder="Two or three words",
            elem_id="ar-words",
            lines=1,
            max_lines=1,
            max_length=MAX_WORDS,
            submit_btn="Find",
        )
        filters = filter_bar.build()
        found = gr.HTML(passages.HINT, elem_id="ar-passages", apply_default_css=False)
    return BrowseTab(words, filters, found)
