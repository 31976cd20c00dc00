"""Whether words are about the company and the period asked for, not merely near them."""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.nouns import Asked, Hit

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def about_company(text: str, hit: Hit, companies: Sequence[str], catalogue: Catalogue) -> bool:
    """Return whether words of a hit are about one of the companies.

    A document about one company is about it throughout. In one about several, the words, else
    the heading or the rest of the passage above them, must name it, and name no other nearer.
    """
    if not companies:
        return True
    if len(hit.document.companies) == 1:
        return hit.document.companies[0] in companies
    for place in (text, " ".join(hit.section[-2:]), hit.text):
        named = {n.company for n in find_companies(place, catalogue)}
        if named:
            return bool(named & set(companies))
    return bool(set(hit.document.companies) & set(companies))


def about_period(text: str, head: str, hit: Hit, periods: Sequence[Asked]) -> bool:
    """Return whether words are about one of the periods: they name its year, or no other year.

    ``head`` is what stands above a table row: its title and the heads of its columns.
    """
    if not periods:
        return True
    years = {str(period.year) for period in periods}
    for place in (text, head):
        named = set(_YEAR.findall(place))
        if named:
            return bool(named & years)
    period = hit.document.period
    return period is None or str(period.year) in years
