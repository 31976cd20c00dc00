"""Who holds an office: the lines that say it, of the newest report; silence where none does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.nouns import Asked, Reading
from askretail.officer import MOST, names_of, office_asked, officer_lines
from askretail.person import PERSON
from askretail.quotes import Quote, weigh
from askretail.retrieve import HITS, retrieve
from askretail_index.library import Library

_TITLES = re.compile(
    r"\b(?:Chief|Executive|Financial|Operating|Officers?|President|Vice|Senior|Chair(?:man)?|Directors?|"
    r"Board|Corporation|Company|Committee|The)\b"
)
_BEFORE = re.compile(r"\bpreviously served\b", re.I)
_APPOINTS = re.compile(
    r"\b(?:picked|chose|chosen|named|appointed|hired|promoted)\b.*"
    r"\b(?:to (?:lead|run|head) (?:it|the company)|(?:its|the company['’]s) (?:new )?chief)\b",
    re.I,
)


def office_of(reading: Reading, catalogue: Catalogue) -> str:
    """Return the office of one company whose holder a question asks for, "" for any other."""
    return office_asked(reading, catalogue) if len(reading.companies) == 1 else ""


def unheld(reading: Reading, catalogue: Catalogue) -> tuple[str, ...]:
    """Say that nobody is named for the office asked for, as a reason for silence."""
    if reading.relaxed or not office_of(reading, catalogue):
        return ()
    return ("no passage names who holds that office",)


def holder_lines(
    office: str,
    library: Library,
    catalogue: Catalogue,
    reading: Reading,
    quotes: Sequence[Quote],
) -> list[Quote]:
    """Return the lines that answer who holds an office, those of the newest report if any has.

    "Who runs it" is also asked in full, and of that report alone: of lines that are repeated from
    year to year only one was left.
    """
    lines = officer_lines(office, reading, quotes, catalogue)
    annual = (e for e in catalogue.entries if reading.companies == e.companies and e.year)
    newest = max((e.year or 0 for e in annual if e.doc_type == "10-K"), default=0)
    if reading.periods and lines:
        return lines
    if any(newest in (0, period.year) for q in lines if (period := q.hit.document.period)):
        return lines
    full = f"{office} officer of {reading.companies[0]}, executive officers of the registrant"
    periods = reading.periods or ((Asked(newest),) if newest else ())
    asked = replace(reading, standalone=full, intent="fact", periods=periods)
    vector = library.embedder.embed_query(full)
    hits = retrieve(library, catalogue, asked, k=HITS, vector=vector).hits
    again = weigh(library, catalogue, asked, vector, hits)
    lines = officer_lines(office, asked, again, catalogue) or lines
    return lines or near_lines(office, reading, quotes, catalogue)


def near_lines(
    office: str, reading: Reading, quotes: Sequence[Quote], catalogue: Catalogue
) -> list[Quote]:
    """Return the best of the lines that tell of an office less plainly.

    They have it with somebody's name, or tell whom the company has picked to lead it.
    """
    told = re.compile(rf"(?i:{'|'.join(names_of(office))})")
    return [
        q
        for q in quotes
        if (told.search(q.text) and _somebody(q.text))
        or (_APPOINTS.search(q.text) and _begins_with(reading, q, catalogue))
    ][:MOST]


def _somebody(text: str) -> bool:
    """Return whether a text names a person beside the titles, and not for what came before."""
    return not _BEFORE.search(text) and re.search(PERSON, _TITLES.sub("", text)) is not None


def _begins_with(reading: Reading, quote: Quote, catalogue: Catalogue) -> bool:
    """Return whether the first company that a quote names is the one asked about."""
    named = find_companies(quote.text, catalogue)
    return not named or named[0].company in reading.companies
