"""What a reader can do with an answer, below it."""

# ``acts.js`` makes buttons of these links; the place of each says what it does, to which turn.
_DEEDS = (
    ("retry", "Ask again"),
    ("edit", "Edit question"),
    ("copy", "Copy"),
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
