"""Questions to begin with, and to go on with: all about what this library has words on."""

from collections.abc import Iterator
from dataclasses import dataclass

from askretail.catalogue import Catalogue
from askretail.change import reworded
from askretail.data_files import read_data, texts
from askretail.nouns import Answer, Asked, Change, Reading
from askretail.scope import fits_period
from askretail_index.lexical import WordQuery, search_passages, word_query
from askretail_index.library import Library

MIN_PASSAGES = 3  # a theme that fewer passages speak of is not offered
SAME = 4  # other companies to ask the same of
THEMES = 2  # other themes of the same company


@dataclass(frozen=True, slots=True)
class Next:
    """A question to go on with; ``same_of`` names whom it asks the same of, "" for another one."""

    question: str
    same_of: str = ""


def suggest(library: Library, catalogue: Catalogue, n: int) -> tuple[str, ...]:
    """Return up to n questions, each about another company as far as they reach."""
    themes = _all_themes()
    offers: list[tuple[float, str, str, str]] = []
    for company in catalogue.companies:
        own = [e.id for e in catalogue.entries if company in e.companies]
        for theme in themes:
            query = WordQuery(texts(theme["words"]))
            hits = search_passages(library.store, query, MIN_PASSAGES, documents=own)
            if len(hits) == MIN_PASSAGES:
                question = str(theme["question"])
                offers.append((sum(s for _, s in hits), company, question, question))
    chosen: list[str] = []
    companies: set[str] = set()
    used: set[str] = set()
    for fresh in (True, False):
        for _, company, template, _ in sorted(offers, key=lambda o: (-o[0], o[1], o[2])):
            question = template.format(company=company)
            if len(chosen) < n and question not in chosen:
                if fresh and (company in companies or template in used):
                    continue
                chosen.append(question)
                companies.add(company)
                used.add(template)
    return tuple(chosen)


def candidates(library: Library, catalogue: Catalogue, answer: Answer) -> Iterator[Next]:
    """Yield questions to go on with, likely ones only: whether they are answered is not checked.

    The same of other companies and of the year before, then other themes of the company.
    """
    reading = answer.reading
    if len(reading.companies) == 1 and not reading.unknown:
        yield from _same(library, catalogue, reading)
        yield from _year_before(catalogue, reading)
    named = reading.companies or tuple(
        c for q in answer.citations[:1] for c in q.document.companies
    )
    if len(named) == 1:
        yield from _themes(library, catalogue, named[0], reading.standalone)


def _same(library: Library, catalogue: Catalogue, reading: Reading) -> Iterator[Next]:
    """Yield the question about those companies whose documents say most of its words."""
    named = reading.companies[0]
    general = reworded(reading.standalone, (Change(named),), catalogue)
    query = word_query(general)
    ranked = []
    for company in catalogue.companies:
        own = [
            e.id
            for e in catalogue.entries
            if company in e.companies and fits_period(e, reading.periods)
        ]
        hits = search_passages(library.store, query, MIN_PASSAGES, documents=own) if own else []
        if company != named and len(hits) == MIN_PASSAGES:
            ranked.append((sum(score for _, score in hits), company))
    for _, company in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))[:SAME]:
        question = reworded(reading.standalone, (Change(named, company),), catalogue)
        yield Next(question, company)


def _year_before(catalogue: Catalogue, reading: Reading) -> Iterator[Next]:
    """Yield the question about the year before, where a document reports on it."""
    if len(reading.periods) != 1:
        return
    period = reading.periods[0]
    before = Asked(period.year - 1, period.quarter)
    about = [e for e in catalogue.entries if reading.companies[0] in e.companies]
    question = reworded(reading.standalone, (Change(str(period), str(before)),), catalogue)
    if any(e.year and fits_period(e, (before,)) for e in about) and question != reading.standalone:
        yield Next(question)


def _themes(library: Library, catalogue: Catalogue, company: str, asked: str) -> Iterator[Next]:
    """Yield questions on other themes that the documents of a company speak of most."""
    own = [e.id for e in catalogue.entries if company in e.companies]
    words = set(word_query(asked).terms)
    ranked = []
    for theme in _all_themes():
        query = WordQuery(texts(theme["words"]))
        question = str(theme["question"]).format(company=company)
        hits = search_passages(library.store, query, MIN_PASSAGES, documents=own)
        if len(hits) == MIN_PASSAGES and words.isdisjoint(query.terms) and question != asked:
            ranked.append((sum(score for _, score in hits), question))
    for _, question in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))[:THEMES]:
        yield Next(question)


def _all_themes() -> list[dict[str, object]]:
    themes = read_data("themes.toml")["themes"]
    if not isinstance(themes, list):
        raise ValueError("themes.toml: expected [[themes]]")
    return themes
