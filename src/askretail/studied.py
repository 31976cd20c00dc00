"""An assistant that also tells what its choices rest on: for fits and for the error browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from askretail.absent import absent_topic
from askretail.assistant import Assistant
from askretail.best_passages import best_passages
from askretail.evidence import evidence
from askretail.features import Matrix
from askretail.nouns import Reading, Turn
from askretail.quote_features import Candidate
from askretail.quotes import weigh, weighable
from askretail.rank import weights
from askretail.repeats import Repeats, repeats
from askretail.retrieve import HITS, Retrieved, asked_vectors, candidate_pages, retrieve
from askretail.scope import on_no_company
from askretail.silence import out_of_reach
from askretail_index.embed import Vectors

History = Sequence[Turn | str]


@dataclass(frozen=True, slots=True)
class PageFeatures:
    """The candidate pages of a question and what their order rests on; one entry or row a page."""

    places: tuple[tuple[str, int], ...]  # file name, page
    features: Matrix  # in the order of features.NAMES
    alike: Repeats
    weights: Matrix  # those that rank this question's pages


class Studied(Assistant):
    """An assistant whose features can be looked at."""

    def page_features(self, question: str, history: History = ()) -> PageFeatures:
        """Return the candidate pages of a question, with their features and repeats."""
        reading, vector = self._read(question, history)
        catalogue, store = self._catalogue, self._library.store
        asked = asked_vectors(self._library, catalogue, reading, vector)
        candidates, features = candidate_pages(self._library, catalogue, reading, asked)
        passages = [best_passages(store, candidate) for candidate in candidates]
        return PageFeatures(
            tuple((store.document(c.document).source, c.page) for c in candidates),
            features,
            repeats(store, catalogue, reading, candidates, passages),
            weights(general=on_no_company(reading, catalogue)),
        )

    def quote_features(
        self, question: str, history: History = ()
    ) -> tuple[list[Candidate], Matrix]:
        """Return what may be quoted for a question, and its features, one row each."""
        reading, found = self._retrieve(question, history)
        return weighable(self._library, self._catalogue, reading, found.vector, found.hits)

    def evidence(self, question: str, history: History = ()) -> tuple[bool, Matrix]:
        """Return whether a question is out of reach, and its evidence."""
        reading, found = self._retrieve(question, history)
        quotes = weigh(self._library, self._catalogue, reading, found.vector, found.hits)
        gathered = evidence(self._library, self._catalogue, reading, quotes)
        absent = absent_topic(self._library, self._catalogue, reading, quotes)
        return bool(absent) or out_of_reach(reading, quotes), gathered

    def _read(self, question: str, history: History) -> tuple[Reading, Vectors]:
        reading, _ = self._reading(question, history)
        return reading, self._library.embedder.embed_query(reading.standalone)

    def _retrieve(self, question: str, history: History) -> tuple[Reading, Retrieved]:
        reading, vector = self._read(question, history)
        return reading, retrieve(self._library, self._catalogue, reading, k=HITS, vector=vector)
