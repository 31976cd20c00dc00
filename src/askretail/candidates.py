"""The pages worth ranking: whatever meaning or words bring up, with the signals of each."""

from collections.abc import Sequence
from itertools import chain

from askretail.lexicon import metrics, statements
from askretail.near import nearness
from askretail.nouns import Reading
from askretail.signals import Candidate, Wordings, Words, come_near, complete
from askretail.thesaurus import printed_for
from askretail_index.embed import Vectors
from askretail_index.lexical import word_query
from askretail_index.library import Library
from askretail_index.page_places import Place, page_places, passage_places

DEPTH = 60  # of each ranking; deeper ones add pages that never reach the top twenty
FIRST = 24  # passages that a question embeds itself while an ingest goes on: about a second


def find_candidates(
    library: Library, reading: Reading, asked: Vectors, about: Sequence[int], timely: Sequence[int]
) -> list[Candidate]:
    """Return the candidate pages in order of place, every passage of each with its cosine.

    The first row of ``asked`` is the vector of the question, the others are those of its clauses.
    """
    store = library.store
    pages: dict[Place, Candidate] = {}
    words = Words(store, wordings(reading), about)
    for scope in [timely] if list(timely) == list(about) else [timely, about]:
        worded = words.passages.best(DEPTH, scope)
        library.embed_first([i for i, _ in worded[:FIRST]])
        nearest = library.vectors.search(asked[0], DEPTH, within=store.passage_ranges(scope))
        best = words.pages.best(DEPTH, scope)
        passages = passage_places(store, [i for i, _ in (*nearest, *worded)])
        for place in (*passages.values(), *page_places(store, [i for i, _ in best]).values()):
            pages.setdefault(place, Candidate(*place))
    if pages:
        complete(library, pages, asked, words)
        come_near(library, nearness(library, reading), pages.values())
    return [pages[place] for place in sorted(pages)]


def wordings(reading: Reading) -> Wordings:
    """Return the words of a question, alone and with what is printed for them."""
    asked = reading.standalone
    return Wordings(
        word_query(asked),
        word_query(asked, printed_words(reading)),
        word_query(asked, wide_words(reading)),
    )


def printed_words(reading: Reading) -> tuple[str, ...]:
    """Return what filings print for the metrics asked for, and the titles of their statements."""
    known, parts = metrics(), statements()
    prints = [phrase for name in reading.metrics for phrase in known[name].prints]
    names = (*reading.statements, *(known[name].statement for name in reading.metrics))
    heads = [head for name in dict.fromkeys(names) if name in parts for head in parts[name].heads]
    return tuple(dict.fromkeys((*prints, *heads)))


def wide_words(reading: Reading) -> tuple[str, ...]:
    """Return what is printed for the metrics and for any other wording of the question."""
    printed = printed_for(reading.standalone).values()
    return tuple(dict.fromkeys((*printed_words(reading), *chain.from_iterable(printed))))
