"""Whether words are about the company and the period asked for, not merely near them."""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.nouns import Asked, Hit

LOOK_BACK = 600  # characters before the words, on their page: a paragraph names its subject once
AIM_AHEAD = 2  # years; of the next one a report gives guidance, which is about that year
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def about_company(
    hit: Hit, start: int, end: int, companies: Sequence[str], catalogue: Catalogue
) -> bool:
    """Return whether the words of a hit at ``[start, end)`` are about one of the companies.

    A document about one company is about it throughout. In one about several, the words name
    whom they are about, else the nearest name before them does, else the heading.
    """
    if not companies:
        return True
    if len(hit.document.companies) == 1:
        return hit.document.companies[0] in companies
    text = hit.document.text
    named = [n.company for n in find_companies(text[start:end], catalogue)]
    if not named:
        before = text[max(hit.document.pages[hit.page - 1].start, start - LOOK_BACK) : start]
        named = [n.company for n in find_companies(before, catalogue)][-1:]
    if not named:
        named = [n.company for n in find_companies(" ".join(hit.section[-1:]), catalogue)]
    if not named:
        return bool(set(hit.document.companies) & set(companies))
    return bool(set(named) & set(companies))


def about_period(text: str, head: str, hit: Hit, periods: Sequence[Asked]) -> bool:
    """Return whether words are about one of the periods: they name its year, or no other year.

    ``head`` is what stands above a table row: its title and the heads of its columns. A year
    well after a report's own is that of an aim or a due date, which the report itself sets.
    """
    if not periods:
        return True
    years = {str(period.year) for period in periods}
    period = hit.document.period
    own = period is None or str(period.year) in years
    for place in (text, head):
        named = set(_YEAR.findall(place))
        if named:
            far = period is not None and int(max(named)) - period.year >= AIM_AHEAD
            return bool(named & years) or (far and own)
    return own
