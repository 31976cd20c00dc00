"""What a reader can do with an answer: the row below it, and questions to go on with."""

from collections.abc import Sequence
from html import escape

from askretail.suggest import Next
from askretail_ui.escape import shown

# ``acts.js`` makes buttons of these links; the place of each says what it does, to which turn.
_DEEDS = (
    ("retry", "Ask again"),
    ("edit", "Edit question"),
    ("copy", "Copy"),
    ("good", "Helpful"),
    ("bad", "Not helpful"),
)


def after_html(turn: int) -> str:
    """Return the row of what can be done with the answer of ``turn``."""
    links = "".join(
        f'<a class="ar-do" href="#do-{deed}-{turn}">{name}</a>' for deed, name in _DEEDS
    )
    return f'<div class="ar-after">{links}</div>'


def again_html() -> str:
    """Return the link that asks the last question once more, after an error or a stop."""
    return '<div class="ar-after"><a class="ar-do" href="#do-redo-0">Ask again</a></div>'


def next_html(offered: Sequence[Next]) -> str:
    """Return the questions to go on with, the same of other companies first; "" for none."""
    same = "".join(_button(one, shown(one.same_of)) for one in offered if one.same_of)
    more = "".join(_button(one, shown(one.question)) for one in offered if not one.same_of)
    groups = (("Ask the same of", same), ("Ask next", more))
    lines = [f"<p><b>{name}</b> {buttons}</p>" for name, buttons in groups if buttons]
    return f'<div class="ar-next">{"".join(lines)}</div>' if lines else ""


def _button(offer: Next, words: str) -> str:
    return (
        f'<button type="button" class="ar-offer" data-ask="{escape(offer.question)}" '
        f'title="{escape(offer.question)}">{words}</button>'
    )
