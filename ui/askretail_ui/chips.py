"""The reading of a question as chips, each of which can be taken away or exchanged."""

from dataclasses import dataclass
from typing import Literal

from askretail.nouns import Reading
from askretail_ui.escape import shown

Kind = Literal["company", "unknown", "period", "type", "theme"]

# What a chip can be exchanged for: a list of ``choices_html``. A theme can only be taken away.
_LISTS: dict[Kind, str] = {
    "company": "companies",
    "unknown": "companies",
    "period": "periods",
    "type": "doc_types",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a reading."""

    text: str
    kind: Kind


def chips_of(reading: Reading) -> tuple[Chip, ...]:
    """Return the chips in the order in which they are shown and counted."""
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("company", reading.companies),
        ("period", tuple(map(str, reading.periods))),
        ("type", reading.doc_types),
        ("theme", (*reading.metrics, *reading.statements)),
        ("unknown", reading.unknown),
    )
    return tuple(Chip(text, kind) for kind, texts in kinds for text in texts)


def reading_html(reading: Reading, *, said: str = "", turn: int = 0) -> str:
    """Return how a question was read, and what was given up unless already ``said``.

    The chips of an answered ``turn`` can be clicked; while the answer is under way (0) they cannot.
    """
    parts = [chip_html(chip, turn, n) for n, chip in enumerate(chips_of(reading))]
    chips = "".join(parts) or '<span class="ar-chip">everything in the library</span>'
    only = "".join(_only(text) for text in reading.filters.chips)
    lines = [f'<div class="ar-reading"><b>Read as</b> {chips}{only}</div>']
    if reading.standalone.strip() != reading.question.strip():
        lines.append(f'<p class="ar-note">Understood as: {shown(reading.standalone)}</p>')
    lines += [
        f'<p class="ar-note">{shown(words)}</p>' for words in reading.relaxed if words not in said
    ]
    return "".join(lines)


def chip_html(chip: Chip, turn: int, number: int) -> str:
    """Return a chip; ``acts.js`` makes buttons of its links, whose places say what they do."""
    name, words = "ar-chip", shown(chip.text)
    if chip.kind == "unknown":
        name, words = "ar-chip ar-chip-missing", f"no document about {words}"
    if not turn:
        return f'<span class="{name}">{words}<span class="ar-drop"></span></span>'
    if chip.kind in _LISTS:
        place = f"#do-swap-{turn}-{number}-{_LISTS[chip.kind]}"
        words = f'<a class="ar-swap" href="{place}">{words}</a>'
    drop = f'<a class="ar-drop" href="#do-drop-{turn}-{number}"></a>'
    return f'<span class="{name}">{words}{drop}</span>'


def _only(text: str) -> str:
    return f'<span class="ar-chip ar-chip-only">only {shown(text)}</span>'
