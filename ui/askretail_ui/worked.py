"""A figure as the chat shows it: the value, how it was worked out, and its inputs with links."""

from collections.abc import Callable

from askretail.figure_answer import missing_words
from askretail.nouns import Citation, Figure
from askretail.render import input_words, other_words
from askretail_ui.escape import shown

Link = Callable[[Citation], str]  # the link to the card of a quote


def figure_html(figure: Figure, link: Link) -> str:
    """Return a figure; one without a value says what is missing."""
    name = f'<span class="ar-worked-name">{shown(figure.label)}, {shown(figure.period)}</span>'
    if figure.value is None:
        head = f"<p>{name} not worked out, {shown(missing_words(figure))}</p>"
    else:
        head = f"<p>{name} <b>{shown(figure.shown)}</b></p>"
    notes = []
    if figure.worked and figure.value is not None:
        notes.append(f"= {shown(figure.worked)}")
    if figure.formula:
        notes.append(f"{shown(figure.formula)} ({shown(figure.source)})")
    notes.append(
        " · ".join(f"{shown(input_words(one))} {link(one.citation)}" for one in figure.inputs)
    )
    notes += [f"but {shown(other_words(one))} {link(one.citation)}" for one in figure.others]
    lines = "".join(f'<p class="ar-note">{note}</p>' for note in notes if note)
    return f'<div class="ar-worked">{head}{lines}</div>'
