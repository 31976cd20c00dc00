"""What other people read on a page, against our text of that page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from askretail_eval.fidelity_score import Item
from askretail_eval.match import fold
from askretail_eval.questions import Gold, Question, read, rows, to_gold
from askretail_ingest.nouns import Draft

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # kana and Han
_NOTE_SIGN = re.compile(r"(?<=[^\W\d_]) ?\(\d\)(?= )")  # raised behind a word, so never a figure
Drafts = Mapping[str, Draft]  # by the stem of the file's name


@dataclass(frozen=True, slots=True)
class Copied:
    """A page, or a part of one, as somebody else took its text."""

    place: Gold
    text: str


def squeeze(text: str) -> str:
    r"""Return the letters and digits of a text with $ and %, everything else folded away.

    >>> squeeze("Net  sales: $3.9 bil-\nlion")
    'netsales$39billion'
    """
    return "".join(fold(text))


def share_of_words(wanted: str, given: str) -> float:
    """Return the share of the wanted words that are given, each as often as it is wanted.

    >>> share_of_words("Sales rose, costs rose", "Costs and sales rose")
    0.75
    """
    words = words_of(wanted)
    return 1 - (words - words_of(given)).total() / words.total() if words else 1.0


def words_of(text: str) -> Counter[str]:
    """Return how often each word stands in a text, letter by letter where no spaces part words.

    >>> sorted(words_of("Sales 売上 rose").elements())
    ['rose', 'sales', '上', '売']
    """
    return Counter(fold(_UNSPACED.sub(r" \g<0> ", text)))


def page_text(draft: Draft, number: int) -> str:
    """Return the text of a page, counted from 1, without its running heads."""
    page = draft.pages[number - 1]
    return draft.text[page.start : page.end]


def holds(page: str, quote: str) -> bool:
    """Say whether a page holds a quote, whose copyist may have left out the signs of notes.

    >>> holds("Ad expense (1) $ 3,114 $ 3,592", "Ad expense $3,114")
    True
    >>> holds("Ad expense (1) $ 3,114 $ 3,592", "Ad expense $3,592")
    False
    """
    wanted = squeeze(quote)
    return wanted in squeeze(page) or wanted in squeeze(_NOTE_SIGN.sub("", page))


def quotes_found(questions: Iterable[Question], drafts: Drafts) -> Iterator[Item]:
    """Yield for every gold quote whether our text of its page holds it."""
    for question in questions:
        for gold in (gold for group in question.evidence for gold in group if gold.quote):
            held = holds(page_text(drafts[gold.doc], gold.page), gold.quote)
            yield Item(f"{gold.doc} p. {gold.page}", float(held), question.id)


def words_found(copied: Iterable[Copied], drafts: Drafts) -> Iterator[Item]:
    """Yield for every copied text the share of its words that our text of the page holds."""
    for copy in copied:
        doc, page = copy.place.doc, copy.place.page
        share = share_of_words(copy.text, page_text(drafts[doc], page))
        yield Item(f"{doc} p. {page}", share, f"{len(fold(copy.text))} words")


def load_copied(path: Path) -> Iterator[Copied]:
    """Yield the evidence of a FinanceBench file: pages with their text as its makers took it."""
    for row in rows(read(path), str(path)):
        for place in row.objects("evidence"):
            yield Copied(to_gold(place), place.text("text"))
