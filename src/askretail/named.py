"""What a question names, and whether a figure of it stands in one quote with its name."""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.lexicon import find_metrics
from askretail.quotes import Quote
from askretail.subjects import subjects
from askretail.text import content_words

HOW_MANY = re.compile(r"\bhow many ((?:[^\s,?]+ ?){1,6})", re.I)
_TERM = re.compile(
    r"(?:FY|CY|Q|H|fy|q)\d+(?:Q\d)?|[A-Z]{1,5}|YoY|bn|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber"
)
WANTS_SHARE = re.compile(
    r"\b(?:what|which) (?:%|share\b|portion\b|percent|part\b|proportion\b|fraction\b|rate\b|"
    r"commission\b)|"
    r"\bshare of\b|\bhow (?:much|large|big) (?:a )?(?:part|share) of\b",
    re.I,
)
SHARE = re.compile(
    r"\d\s?%|\bpercent|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|all|nearly all)\b",
    re.I,
)
_WANTS_MONEY = re.compile(
    r"\bhow much (?:did|does|do|was|were|is|are|will|has|have|money|cash)\b"
    r"|\bwhat (?:unit )?price\b"
    r"|\bwhat (?:did|does|do) (?:[^\s,]+ ){1,7}(?:cost|pay|charge|sell|spend|earn)\b",
    re.I,
)
_MONEY = re.compile(r"[$€£]|\b(?:million|billion|dollars?)\b")
_COUNT = re.compile(r"(?<![$€£\d.,])\b\d[\d,.]*\b(?!\s*(?:%|percent))")
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w&+'’-]*")


def figure_apart(question: str, catalogue: Catalogue, quotes: Sequence[Quote]) -> bool:
    """Return whether a figure of something named is asked for, and no quote has both."""
    kinds = ((WANTS_SHARE, SHARE), (HOW_MANY, _COUNT), (_WANTS_MONEY, _MONEY))
    figure = next((figure for wants, figure in kinds if wants.search(question)), None)
    names = [bare(name) for name in _things_named(question, catalogue)]
    if figure is None or not names:
        return False
    return not any(
        (figure.search(quote.text) or (quote.hit.kind == "table" and _COUNT.search(quote.text)))
        and all(name in _around(quote) for name in names)
        for quote in quotes
    )


def _things_named(question: str, catalogue: Catalogue) -> set[str]:
    """Return the names that a quote has to say, since its document does not.

    They are what is no company, a company that no document is about, and one that is no subject.
    """
    named = find_companies(question, catalogue)
    beside = {n.company for n in named if n.known} & set(subjects(named, question))
    objects = {question[n.start : n.end] for n in named if n.company not in beside}
    return objects | names_of(question, catalogue)


def names_of(question: str, catalogue: Catalogue) -> set[str]:
    """Return the names that a question has beside those of companies."""
    named = find_companies(question, catalogue)
    companies = content_words(" ".join(question[n.start : n.end] for n in named))
    names = _NAME.findall(question)
    return {n for n in names if not _is_company(n, companies) and not _is_term(n)}


def _is_company(name: str, companies: frozenset[str]) -> bool:
    """Return whether a name is that of a company itself, not of what it sells ("Walmart+")."""
    return content_words(name) <= companies and "+" not in name


def _around(quote: Quote) -> str:
    """Return the words of a quote with what stands above it, folded."""
    above = f"{quote.hit.document.title} {' '.join(quote.hit.section)} {quote.head}"
    return f"{above} {quote.text}".lower().replace("’", "'")


def _is_term(name: str) -> bool:
    """Return whether a word in capitals is a period, a metric or a market, not a name."""
    return _TERM.fullmatch(name) is not None or bool(find_metrics(name))


def bare(name: str) -> str:
    return name.lower().replace("’", "'").removesuffix("'s")
