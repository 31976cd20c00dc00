"""Which kept conversation a page is in, and what of it has to be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from askretail.conversations import Listed
from askretail.nouns import Turn
from askretail.verifying import Checked, Verdict
from askretail_ui.desk import Shelf
from askretail_ui.escape import counted, day, shown

if TYPE_CHECKING:
    from askretail.conversations import Conversations


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation of a page as it was last written."""

    id: int | None = None
    shelf: Shelf = "served"
    first: int = 0  # number in the conversation of the first turn in memory
    turns: tuple[Turn, ...] = ()


def kept(store: "Conversations", talk: Talk, shelf: Shelf, turns: tuple[Turn, ...]) -> Talk:
    """Write what is new of a page's turns; return where it is now. No turns change nothing."""
    if not turns or (shelf == talk.shelf and _same(turns, talk.turns)):
        return talk
    number, first = _place(talk, shelf, turns)
    known = None if number is None else talk.first + len(talk.turns)
    saved = store.save(turns, number, first=first, known=known)
    return Talk(saved, shelf, first if saved == number else 0, turns)


def _place(talk: Talk, shelf: Shelf, turns: tuple[Turn, ...]) -> tuple[int | None, int]:
    """Return the conversation that turns go on with, and the number of the first of them.

    A page forgets its oldest turns, and its only question may be asked again in another way.
    Anything else that does not begin with a turn known is another conversation.
    """
    if shelf != talk.shelf:
        return None, 0
    at = next((n for n, turn in enumerate(talk.turns) if turn is turns[0]), None)
    if at is not None:
        return talk.id, talk.first + at
    alone = len(turns) == len(talk.turns) == 1
    again = alone and turns[0].question == talk.turns[0].question
    return (talk.id, talk.first) if again else (None, 0)


def _same(one: Sequence[Turn], other: Sequence[Turn]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def label(listed: Listed) -> str:
    """Return a conversation as its line in the list."""
    at = datetime.fromisoformat(listed.changed).astimezone()
    when = f"{day(at.date().isoformat())}, {at:%H:%M}"
    return f"{listed.title} · {when} · {counted(listed.turns, 'question')}"


def notice_html(verdict: Verdict) -> str:
    """Return what became of the quotes of a conversation since; nothing when none changed."""
    changed = [quote for quote in verdict.quotes if quote.outcome != "unchanged"]
    if not changed:
        return ""
    lines = "".join(f"<li>{_line(quote)}</li>" for quote in changed)
    return (
        '<section class="ar-since" aria-label="Changed since"><p><b>Since these answers were '
        f"given:</b> {shown(str(verdict))}.</p><ul>{lines}</ul></section>"
    )


def _line(quote: Checked) -> str:
    return f"“{shown(quote.quote)}” {shown(quote.source)}: {shown(quote.detail)}"
