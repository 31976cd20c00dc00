"""Questions to begin with: themes of retail strategy that this library has words about."""

from askretail.catalogue import Catalogue
from askretail.data_files import read_data, texts
from askretail_index.lexical import WordQuery, search_passages
from askretail_index.library import Library

MIN_PASSAGES = 3  # a theme that fewer passages speak of is not offered


def suggest(library: Library, catalogue: Catalogue, n: int) -> tuple[str, ...]:
    """Return up to n questions, each about another company as far as they reach."""
    themes = read_data("themes.toml")["themes"]
    if not isinstance(themes, list):
        raise ValueError("themes.toml: expected [[themes]]")
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
