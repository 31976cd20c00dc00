"""Passages found by a few words, as cards like those of quotes: the words marked in them."""

from collections.abc import Sequence

from askretail.cite import page_label
from askretail.nouns import Citation, Hit
from askretail.text import content_words, standing
from askretail_ui.escape import counted, shown
from askretail_ui.sources import card_html

HINT = (
    '<div class="ar-empty"><p><b>Read without asking.</b></p><p>Two or three words are enough: '
    "“private label”, “shrink”, “same-day delivery”. What comes is passages of the documents, "
    "each with its page.</p></div>"
)


def found_html(words: str, hits: Sequence[Hit]) -> str:
    """Return the passages that were found, in their order."""
    if not hits:
        return (
            '<div class="ar-empty" role="status"><p><b>No passage found.</b></p>'
            "<p>Try other words, or let in more documents with the filters.</p></div>"
        )
    wanted = content_words(words)
    cards = "".join(_card(hit, number, wanted) for number, hit in enumerate(hits, start=1))
    return (
        f'<div class="ar-sources ar-found"><p class="ar-note" role="status">{_count(words, hits)}'
        f'{_nearness(wanted, hits)}</p><div class="ar-cards">{cards}</div></div>'
    )


def marked(text: str, wanted: frozenset[str]) -> str:
    """Return a text with the words marked whose stems are wanted."""
    parts, at = [], 0
    for start, end in standing(wanted, text):
        parts.append(f"{shown(text[at:start])}<mark>{shown(text[start:end])}</mark>")
        at = end
    return "".join([*parts, shown(text[at:])])


def _count(words: str, hits: Sequence[Hit]) -> str:
    documents = len({hit.document.id for hit in hits})
    size = f"{counted(len(hits), 'passage')} of {counted(documents, 'document')}"
    return f"{size} for “{shown(words)}”, those with your words first."


def _nearness(wanted: frozenset[str], hits: Sequence[Hit]) -> str:
    """Return what to say where no word stands in any passage: they are near in meaning only."""
    there = any(standing(wanted, hit.text) for hit in hits)
    return "" if there else " None of them has your words: they come nearest in meaning."


def _card(hit: Hit, number: int, wanted: frozenset[str]) -> str:
    inside = f'<div class="ar-context"><p class="ar-lines">{marked(hit.text, wanted)}</p></div>'
    return card_html(
        _cited(hit), card=f"found-{number}", number=number, name=f"Passage {number}", inside=inside
    )


def _cited(hit: Hit) -> Citation:
    """Return the whole passage as a citation, which is what a card shows."""
    label = page_label(hit.document.page_at(hit.start))
    return Citation(hit.document, hit.page, label, hit.section, hit.text, hit.start, hit.end)
