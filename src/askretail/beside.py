"""Sides of a comparison to points: under each company or period what is said of it alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from askretail.belongs import about_company, about_period
from askretail.catalogue import Catalogue
from askretail.choose import chosen, sure
from askretail.cite import cite
from askretail.companies import companies_in
from askretail.nouns import Citation, Hit, Point, Reading
from askretail.quotes import Quote, weigh
from askretail.retrieve import Retrieved
from askretail.sides import named_periods
from askretail_index.library import Library

YEARS_APART = 2.5  # of score: a quote on one year this far below that on another is off the point


@dataclass(frozen=True, slots=True)
class Beside:
    """What the sides of one question share."""

    library: Library
    catalogue: Catalogue
    found: Retrieved

    def point(self, name: str, reading: Reading) -> Point:
        """Return the part of the answer on one side; it must carry its own evidence."""
        if reading.unknown:
            return Point(name, f"no {name} document {self.catalogue.where}")
        cited = self._each_period(name, reading) or self._cited(name, reading)
        return Point(name, "" if cited else f"no evidence for {name}", cited)

    def _cited(self, name: str, reading: Reading) -> tuple[Citation, ...]:
        quotes = self._quotes(name, reading)
        return chosen(self.library, reading, quotes) if quotes else ()

    def _each_period(self, name: str, reading: Reading) -> tuple[Citation, ...]:
        """Return a quote on each of the periods asked of a company; none unless two have one.

        A sentence of one year often is that of the year before but for its figures, so that of
        both together only one would be left.
        """
        periods = named_periods(reading)
        if len(periods) < 2 or reading.companies != (name,):
            return ()
        firsts: dict[tuple[int, int], Quote] = {}
        for period in periods:
            for quote in self._quotes(name, replace(reading, periods=(period,)))[:1]:
                firsts.setdefault((quote.hit.passage_id, quote.start), quote)
        floor = max((quote.score for quote in firsts.values()), default=0.0) - YEARS_APART
        good = [quote for quote in firsts.values() if quote.score >= floor]
        return tuple(cite(self.library, quote) for quote in good) if len(good) > 1 else ()

    def _quotes(self, name: str, reading: Reading) -> list[Quote]:
        """Return what carries an answer on a side, best first.

        That is out of its own documents, else out of those of the others, by its name.
        """
        hits = next((side.hits for side in self.found.sides if side.name == name), self.found.hits)
        own = [q for q in self._weighed(reading, hits) if self._belongs(reading, q)]
        if self._sure(reading, own):
            return own
        if reading.companies != (name,):
            return []
        anybody = replace(reading, companies=())
        said = self._weighed(anybody, self.found.hits)
        named = [q for q in said if self._names(q, name) and _timely(q, reading)]
        return named if self._sure(anybody, named) else []

    def _weighed(self, reading: Reading, hits: Sequence[Hit]) -> list[Quote]:
        return weigh(self.library, self.catalogue, reading, self.found.vector, hits)

    def _sure(self, reading: Reading, quotes: Sequence[Quote]) -> bool:
        return bool(quotes) and sure(self.library, self.catalogue, reading, quotes)

    def _names(self, quote: Quote, name: str) -> bool:
        return any(named.company == name for named in companies_in(quote.text, self.catalogue))

    def _belongs(self, reading: Reading, quote: Quote) -> bool:
        """Return whether a quote may stand under the company and the period of its side."""
        about = about_company(quote.hit, quote.start, quote.end, reading.companies, self.catalogue)
        return about and _timely(quote, reading)


def _timely(quote: Quote, reading: Reading) -> bool:
    return about_period(quote.text, quote.head, quote.hit, reading.periods)
