"""How far words say what a question says, in its own words or in near ones.

Each word of the question is looked for among the words of a text: the same word counts 1, others
by how near their vectors are, so that "shops" finds "stores" and "headcount" "employees". Rare
words of the question count more, as in BM25. (Soft matching of words in the manner of BERTScore,
Zhang et al., ICLR 2020, over vectors of single words.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from askretail.lexicon import topic
from askretail.nouns import Reading
from askretail.text import content_words, stem
from askretail.thesaurus import printed_for
from askretail_index.embed import Embedder
from askretail_index.library import Library
from askretail_index.vocabulary import Rows, Vocabulary, words_of
from askretail_index.word_vectors import meaningful

Matrix = npt.NDArray[np.float64]

UNLIKE = 0.4  # cosine of words that have nothing to do with each other; .3-.45 measured alike
PRINTED = 0.85  # a word that is printed for one of the question; more than near, less than the same
IN_PHRASE = 0.5  # a word of a phrase that is: "primary" of "primary care" alone says little
REMEMBERED = 1 << 13  # sentences: many come up again in the next question
CONTEXT = 0.6  # what a word of the context line counts, which is the same for a whole section


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near each word of a library is to each word of a question, from 0 to 1."""

    rows: Mapping[str, int]  # the words of the library
    table: Matrix  # shape (words of the library, words of the question)
    weights: Matrix  # of the words of the question, summing to 1

    def of(self, rows: Rows) -> Matrix:
        """Return how near a text with these words comes to each word of the question."""
        if not len(rows) or not len(self.weights):
            return np.zeros(len(self.weights))
        return np.asarray(self.table[rows].max(axis=0))

    def of_text(self, text: str) -> Matrix:
        """Return the same for a text by itself."""
        words = (self.rows[w] for w in _meaningful(text) if w in self.rows)
        return self.of(np.fromiter(words, dtype=np.intp))

    def share(self, near: Matrix) -> float:
        """Return the share of what the question says, from 0 to 1."""
        return float(near @ self.weights)


@lru_cache(maxsize=REMEMBERED)
def _meaningful(text: str) -> tuple[str, ...]:
    return tuple(meaningful(text))


def nearness(library: Library, reading: Reading) -> Nearness:
    """Return the nearness of a library's words to those of a question, names and years apart."""
    words = tuple(question_words(reading))
    return _nearness(library.vocabulary, library.embedder, words, reading.standalone)


def bare_nearness(library: Library, words: tuple[str, ...]) -> Nearness:
    """Return the nearness to some words by their vectors alone, whatever is printed for them."""
    return _nearness(library.vocabulary, library.embedder, words, "")


@lru_cache(maxsize=8)  # pages, quotes and sides of one question ask for the same
def _nearness(
    vocabulary: Vocabulary, embedder: Embedder, words: tuple[str, ...], question: str
) -> Nearness:
    if not words or not vocabulary.rows:
        return Nearness(vocabulary.rows, np.zeros((len(vocabulary.rows), 0)), np.zeros(0))
    strange = [word for word in words if word not in vocabulary.rows]
    read = embedder.embed_passages(strange) if strange else ()
    apart = dict(zip(strange, read, strict=True))
    vectors = np.stack(
        [apart[w] if w in apart else vocabulary.vectors[vocabulary.rows[w]] for w in words]
    )
    cosines = vocabulary.vectors @ vectors.T
    rarity = np.array([vocabulary.rarity(word) for word in words])
    table = np.clip((cosines - UNLIKE) / (1 - UNLIKE), 0, 1).astype(np.float64)
    _add_printed(table, words, question, vocabulary.rows)
    return Nearness(vocabulary.rows, table, rarity / rarity.sum())


def question_words(reading: Reading) -> list[str]:
    """Return what a question asks about, word by word; companies show in the place."""
    names = content_words(" ".join((*reading.companies, *reading.unknown)))
    return [word for word in meaningful(topic(reading)) if stem(word) not in names]


def _add_printed(
    table: Matrix, words: Sequence[str], question: str, rows: Mapping[str, int]
) -> None:
    """Raise the nearness of what is printed for the wordings of a question, in place."""
    for say, prints in printed_for(question).items():
        said = {*meaningful(say), say}
        columns = [column for column, word in enumerate(words) if word in said]
        for phrase in prints:
            whole = meaningful(phrase)
            least = PRINTED if len(whole) == 1 else IN_PHRASE
            for row in (rows[word] for word in whole if word in rows):
                table[row, columns] = np.maximum(table[row, columns], least)


def near_passages(library: Library, near: Nearness, ids: Sequence[int]) -> Mapping[int, Matrix]:
    """Return, for each passage whose words are known, how near it comes to each word."""
    known, texts, contexts = words_of(library.store, library.vocabulary, ids)
    both = np.maximum(texts.best(near.table), CONTEXT * contexts.best(near.table))
    return dict(zip(known, both, strict=True))
