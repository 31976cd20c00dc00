"""Whether the first citations hold what an answer rests on, where a set names pages and no quotes.

FinanceBench gives an answer in its own words and whole pages. Each figure of that answer must stand
in the citations to its rounding, or come out of two figures there: their sum, their difference or
the change from one to the other in percent. An answer without figures must find half of its words,
one with figures at least one of those that the question does not have, if these are three or more.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from askretail.nouns import Answer, Citation
from askretail.text import content_words
from askretail_eval.chunk import stem
from askretail_eval.gold_figures import PRINTED, gold_figures
from askretail_eval.questions import Question

FIRST = 5  # citations that a reader looks through
HALF = 0.5  # of the words of an answer without figures
NEW_WORDS = 3  # so many words that the question does not have say enough by themselves


def holds_needed(question: Question, answer: Answer) -> bool:
    """Return whether the first citations hold what the gold answer rests on, in its filing."""
    cited = answer.citations[:FIRST]
    if _worked_out(question, answer, cited):
        return True
    figures = gold_figures(question.answer)
    printed = [float(f.replace(",", "")) for c in cited for f in _placed(question, c)]
    held = all(any(map(figure.is_given, _follows(printed))) for figure in figures)
    return held and _says(question, cited, 0.0 if figures else HALF)


def _worked_out(question: Question, answer: Answer, cited: Sequence[Citation]) -> bool:
    """Return whether a value shown is the gold and each of its inputs is cited, in its place."""
    gold = gold_figures(question.answer)[:1]
    shown = [f for point in answer.points for f in point.figures if f.value is not None][:1]
    if not gold or not shown or not gold[0].is_given(float(shown[0].value or 0)):
        return False
    places = {citation.place for citation in cited}
    return bool(shown[0].inputs) and all(
        one.citation.place in places
        and set(PRINTED.findall(one.shown)) <= set(_placed(question, one.citation))
        for one in shown[0].inputs
    )


def _placed(question: Question, citation: Citation) -> list[str]:
    """Return the figures of a quote as printed that stand on a gold page of its filing too."""
    document = citation.document
    golds = [g for group in question.evidence for g in group if g.doc == stem(document.source)]
    printed = PRINTED.findall(citation.quote)
    if citation.page in [gold.page for gold in golds]:
        return printed
    pages = [document.pages[g.page - 1] for g in golds if g.page <= len(document.pages)]
    there = {f for page in pages for f in PRINTED.findall(document.text[page.start : page.end])}
    return [figure for figure in printed if figure in there]


def _follows(printed: Sequence[float]) -> Iterator[float]:
    """Yield the values that are printed, and what comes out of two of them."""
    yield from printed
    for one, other in permutations(printed, 2):
        yield one + other
        yield one - other
        if other:
            yield 100 * (one - other) / other


def _says(question: Question, cited: Sequence[Citation], share: float) -> bool:
    """Return whether citations of gold pages have more than a share of the gold answer's words.

    An answer with figures needs one of its words, if it has enough of its own.
    """
    pages = {(gold.doc, gold.page) for group in question.evidence for gold in group}
    said = content_words(
        "\n".join(
            text
            for c in cited
            if (stem(c.document.source), c.page) in pages
            for text in (*(span.text for span in c.context), c.quote)
        )
    )
    wanted = {word for word in content_words(question.answer) if word.isalpha()}
    new = wanted - content_words(question.full)
    if len(new) < NEW_WORDS:
        new = set() if share == 0 else wanted
    return len(new & said) >= max(share * len(new), min(len(new), 1))
