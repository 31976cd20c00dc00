"""The filters above the conversation: company, period, type and document."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from html import escape

import gradio as gr
from gradio.blocks import Block

from askretail.nouns import EVERYTHING, Filters

_LABELS = ("Company", "Period", "Type", "Document")
ALL = "Filters: all documents may answer"

Values = Sequence[str] | None  # what a field holds; none of its values lets in everything


@dataclass(frozen=True, slots=True)
class FilterBar:
    """The parts of the bar, the fields in the order of ``Filters``."""

    panel: gr.Accordion
    fields: tuple[gr.Dropdown, ...]
    clear: gr.Button
    choices: gr.HTML  # what chips can be exchanged for, for the page's script

    @property
    def outputs(self) -> list[Block]:
        """What a library sets, in the order of ``offered``."""
        return [self.panel, self.clear, *self.fields, self.choices]


def build() -> FilterBar:
    """Draw the bar inside the current Blocks and wire its head."""
    with gr.Row(elem_classes="ar-filter-row"):
        with gr.Accordion(ALL, open=False, elem_classes="ar-filters") as panel, gr.Row():
            made = tuple(_field(label) for label in _LABELS)
        clear = gr.Button("Clear filters", size="sm", visible=False, elem_classes="ar-clear")
    choices = gr.HTML("", visible="hidden", elem_classes="ar-choices", apply_default_css=False)
    for field in made:
        field.change(
            lambda *values: _head(filters_of(values)),
            list(made),
            [panel, clear],
            show_progress="hidden",
            api_visibility="private",
            trigger_mode="always_last",
        )
    clear.click(
        lambda: [[] for _ in made],
        None,
        list(made),
        show_progress="hidden",
        api_visibility="private",
    )
    return FilterBar(panel, made, clear, choices)


def _field(label: str) -> gr.Dropdown:
    return gr.Dropdown(
        [], value=[], multiselect=True, label=label, min_width=120, elem_classes="ar-filter"
    )


def _head(filters: Filters) -> list[object]:
    return [gr.Accordion(label=summary(filters)), gr.Button(visible=filters != EVERYTHING)]


def offered(choices: Filters) -> list[object]:
    """Return the values of ``FilterBar.outputs`` for a library: its choices, none of them made."""
    lists = astuple(choices)
    drawn = [gr.Dropdown(choices=list(values), value=[]) for values in lists]
    return [*_head(EVERYTHING), *drawn, choices_html(choices)]


def renewed(choices: Filters) -> list[object]:
    """Return the values of ``FilterBar.fields`` for other choices; what was chosen stays."""
    return [gr.Dropdown(choices=list(values)) for values in astuple(choices)]


def filters_of(values: Sequence[Values]) -> Filters:
    """Return the filters that the four fields hold."""
    return Filters(*(tuple(value or ()) for value in values))


def summary(filters: Filters) -> str:
    """Return the head of the bar, which names every filter that is on."""
    return ALL if filters == EVERYTHING else f"Filters: only {' · '.join(filters.chips)}"


def choices_html(choices: Filters) -> str:
    """Return the choices as data for ``acts.js``."""
    made = {field.name: list(getattr(choices, field.name)) for field in fields(choices)}
    return f'<div data-choices="{escape(json.dumps(made))}"></div>'
