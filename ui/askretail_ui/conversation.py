"""A conversation as the page shows it while it grows: what to draw after each stage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from askretail.nouns import EVERYTHING, Answer, Filters, Reading, Turn
from askretail_ingest.errors import AskRetailError
from askretail_ingest.nouns import Document
from askretail_ui import render, sources
from askretail_ui.acts import Again
from askretail_ui.after import again_html
from askretail_ui.chips import reading_html
from askretail_ui.sources import Note, nothing

if TYPE_CHECKING:
    from askretail.assistant import Assistant

Role = Literal["user", "assistant"]

MAX_QUESTION = 2000  # characters; a page of prose, far more than any question
MAX_TURNS = 40  # kept a session: each holds its documents in memory


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the chat, as safe HTML."""

    role: Role
    html: str


@dataclass(frozen=True, slots=True)
class View:
    """What the Ask tab shows, and the turns behind it."""

    messages: tuple[Message, ...]
    sources: str
    turns: tuple[Turn, ...]


def view(turns: Sequence[Turn], note: Note = nothing) -> View:
    """Return a finished conversation; ``note`` says what became of a document since."""
    return View(_messages(turns), sources.sources_html(turns, note), tuple(turns))


def became(engine: "Assistant") -> Note:
    """Return what says that a quoted document has changed since, or is gone."""

    def note(document: Document) -> str:
        now = engine.versions(document).current
        if now is None:
            return "This document has left the library since it was quoted."
        changed = "This document has changed since: the quote is from an older version."
        return "" if now.id == document.id else changed

    return note


def steps(engine: "Assistant", asked: Again, *, filters: Filters = EVERYTHING) -> Iterator[View]:
    """Yield the page after each stage of answering what is asked; the last one has its turn."""
    kept = asked.turns[-(MAX_TURNS - 1) :]
    question = asked.question.encode(errors="ignore").decode().replace("\x00", " ").strip()
    if not question:
        yield view(kept)
        return
    if len(question) > MAX_QUESTION:
        limit = f"The question has {len(question):,} characters: shorten it to {MAX_QUESTION:,}."
        yield _failed(kept, question[:MAX_QUESTION] + " …", limit)
        return
    yield _pending(kept, question, render.waiting_html("Reading the question"))
    try:
        yield from _stages(engine, Again(kept, question, asked.changes), filters)
    except AskRetailError as error:
        yield _failed(kept, question, str(error))


def broken(turns: Sequence[Turn], question: str) -> View:
    """Return the page after an error that nobody foresaw."""
    words = "Something broke inside. The terminal that runs askretail shows what; you can ask on."
    return _failed(turns, question, words)


def stopped(turns: Sequence[Turn], question: str) -> View:
    """Return the page after the reader stopped the answer to ``question``."""
    return _ended(turns, question, f'<p class="ar-note">Stopped.</p>{again_html()}')


def _stages(engine: "Assistant", asked: Again, filters: Filters) -> Iterator[View]:
    shown, turns, question = "", asked.turns, asked.question
    for stage in engine.stages(question, turns, filters=filters, changes=asked.changes):
        if isinstance(stage, Answer):
            yield view((*turns, Turn(question, stage)), became(engine))
        elif isinstance(stage, Reading):
            shown = reading_html(stage)
            yield _pending(turns, question, shown + render.waiting_html("Searching"))
        else:
            shown += render.found_html(stage)
            yield _pending(turns, question, shown + render.waiting_html("Choosing quotes"))


def _messages(turns: Sequence[Turn]) -> tuple[Message, ...]:
    messages: list[Message] = []
    for number, turn in enumerate(turns, start=1):
        messages.append(Message("user", render.question_html(turn.question)))
        if turn.answer is not None:
            messages.append(Message("assistant", render.answer_html(turn.answer, number)))
    return tuple(messages)


def _pending(turns: tuple[Turn, ...], question: str, html: str) -> View:
    asked = Message("user", render.question_html(question))
    reply = Message("assistant", render.message_html(html))
    return View((*_messages(turns), asked, reply), sources.loading_html(), turns)


def _failed(turns: Sequence[Turn], question: str, words: str) -> View:
    return _ended(turns, question, render.error_line(words) + again_html())


def _ended(turns: Sequence[Turn], question: str, html: str) -> View:
    asked = Message("user", render.question_html(question))
    reply = Message("assistant", render.message_html(html))
    return View((*_messages(turns), asked, reply), sources.sources_html(turns), tuple(turns))
