"""The one object that users hold: a library opened for questions."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Self

from askretail import feedback
from askretail.answering import Stage, stages
from askretail.catalogue import Catalogue, make_catalogue
from askretail.change import changed, reworded
from askretail.conversations import FILE, SAMPLE_FILE, Conversations
from askretail.filters import checked, choices, limited, noting
from askretail.followup import answered, resolve
from askretail.nouns import EVERYTHING, Answer, Change, Filters, Hit, Reading, Turn
from askretail.reading import read_question
from askretail.retrieve import retrieve
from askretail.sample import is_sample, sample_library
from askretail.settings import allowed_model, allowed_reranker, choose_library, user_library
from askretail.suggest import Next, candidates, suggest
from askretail_index.edit import describe
from askretail_index.embed import Embedder, load_embedder
from askretail_index.holdings import Holding, holdings
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.report import IngestReport, Progress
from askretail_index.reranker import load_reranker
from askretail_index.versions import Versions, versions
from askretail_ingest.edit import Edit
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document

MAX_QUESTION = 2000  # characters; a longer text is not a question

History = Sequence[Turn | str]
OnProgress = Callable[[Progress], None]


class Assistant:
    """Answers questions from one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen: tuple[int, Catalogue] | None = None

    @classmethod
    def open(
        cls,
        library: Path | str | None = None,
        *,
        create: bool = False,
        embedder: Embedder | None = None,
        on_progress: OnProgress | None = None,
    ) -> Self:
        """Open the library named, else the user's own, else the sample (built on first use).

        Raises NoLibrary (unless ``create``), StaleLibrary, BadSetting, ModelUnavailable.
        """
        if create:
            folder: Path | None = Path(library).expanduser() if library else user_library()
        else:
            folder = choose_library(library)
        if embedder is None:
            embedder = load_embedder(allowed_model(folder) if folder is not None else "")
        reranker = load_reranker(allowed_reranker(folder) if folder is not None else "")
        if folder is None:
            folder = sample_library(embedder, on_progress)
        return cls(Library(folder, embedder, create=create, reranker=reranker))

    @classmethod
    def open_sample(cls, on_progress: OnProgress | None = None) -> Self:
        """Open the sample library, whatever else is there."""
        embedder = load_embedder()
        return cls(Library(sample_library(embedder, on_progress), embedder))

    def close(self) -> None:
        self._library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def library(self) -> Path:
        """The folder of the library."""
        return self._library.folder

    @cached_property
    def is_sample(self) -> bool:
        """Whether this is the shipped sample, which takes no documents."""
        return is_sample(self.library)

    @cached_property
    def conversations(self) -> Conversations:
        """The conversations kept with this library; the sample's are in the user's own folder."""
        file = user_library() / SAMPLE_FILE if self.is_sample else self.library / FILE
        return Conversations(file, partial(versions, self._library.store))

    @cached_property
    def feedback(self) -> feedback.Feedback:
        """What readers thought of answers from this library; kept where conversations are."""
        place = user_library() / feedback.SAMPLE_FILE if self.is_sample else None
        return feedback.Feedback(place or self.library / feedback.FILE)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents in the order of their ingest."""
        store = self._library.store
        return tuple(store.document(number) for number in store.document_ids())

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return self._library.store.count("passages")

    def passages_of(self, document: Document) -> int:
        """Return how many passages a document has."""
        row = self._library.store.db.execute(
            "SELECT count(*) FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE d.sha = ? AND d.current = 1",
            (document.id,),
        ).fetchone()
        return int(row[0])

    def original(self, document: Document) -> Path:
        """Return where the library keeps the bytes that a document was read from."""
        return self._library.original(document.id, document.source)

    def versions(self, document: Document) -> Versions:
        """Return the version with a document's bytes, and what stands in its place today."""
        return versions(self._library.store, document.id, document.source)

    def version(self, sha: str) -> Document | None:
        """Return the document with these bytes, be it superseded; None when it is gone."""
        return versions(self._library.store, sha, "").quoted

    def stages(
        self,
        question: str,
        history: History = (),
        *,
        filters: Filters = EVERYTHING,
        changes: Sequence[Change] = (),
    ) -> Iterator[Stage]:
        """Yield the reading, the hits and the answer, each as soon as it is ready."""
        began = time.perf_counter()
        reading, catalogue = self._reading(question, history, filters, changes)
        yield from stages(self._library, catalogue, reading, began=began)

    def ask(
        self,
        question: str,
        history: History = (),
        *,
        filters: Filters = EVERYTHING,
        changes: Sequence[Change] = (),
    ) -> Answer:
        """Return the answer to a question, or to a follow-up on ``history`` (oldest first).

        ``filters`` says which documents may answer, ``changes`` puts chips of the reading right.
        Raises BadSetting for a filter that no document of the library meets.
        """
        *_, last = self.stages(question, history, filters=filters, changes=changes)
        if not isinstance(last, Answer):
            raise ValueError("stages must end with an Answer")
        return last

    def search(
        self,
        question: str,
        k: int = 10,
        history: History = (),
        *,
        filters: Filters = EVERYTHING,
        changes: Sequence[Change] = (),
    ) -> tuple[Hit, ...]:
        """Return the k best passages, best first; ``filters`` and ``changes`` as for ``ask``."""
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        reading, catalogue = self._reading(question, history, filters, changes)
        vector = self._library.embedder.embed_query(reading.standalone)
        return retrieve(self._library, catalogue, reading, k=k, vector=vector).hits

    @property
    def choices(self) -> Filters:
        """Everything that filters can choose from in this library."""
        return choices(self._catalogue)

    def ingest(
        self, paths: Sequence[Path | str], *, progress: OnProgress | None = None
    ) -> IngestReport:
        """Take files, folders and globs into the library."""
        self._refuse_sample("takes no documents")
        report = ingest(self._library, paths, on_progress=progress)
        self._library.save_vectors()  # made now, not at the first question
        return report

    def remove(self, names: Sequence[str]) -> list[str]:
        """Remove the documents of these file names or paths; return the names removed."""
        self._refuse_sample("keeps its documents")
        return self._library.remove(names)

    def describe(
        self,
        source: str,
        *,
        companies: Sequence[str] | None = None,
        period: str | None = None,
        doc_type: str | None = None,
        progress: OnProgress | None = None,
    ) -> Document:
        """Say what a document is, named by its file name, path or id; it is embedded anew.

        None leaves a field as it is, an empty value clears it. What you say goes before a sidecar,
        the catalogue and the document itself, and survives a new version and a rebuild.
        """
        self._refuse_sample("keeps its descriptions")
        named = None if companies is None else tuple(companies)
        return describe(self._library, source, Edit(named, period, doc_type), on_progress=progress)

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """Every document with its place and state, superseded versions last."""
        return holdings(self._library)

    def gone(self, folder: Path) -> list[str]:
        """Return the paths of documents that came from a folder and are no longer in it."""
        return self._library.gone(folder)

    def suggestions(self, n: int = 4) -> tuple[str, ...]:
        """Return questions that this library can answer."""
        return suggest(self._library, self._catalogue, n)

    def next_questions(
        self, answer: Answer, *, filters: Filters = EVERYTHING
    ) -> Iterator[Next | None]:
        """Yield questions to go on with that this library answers, None for one that it does not.

        Each is tried when its turn comes, which takes as long as an answer.
        """
        catalogue = limited(self._catalogue, checked(filters, self._catalogue))
        for one in candidates(self._library, catalogue, answer):
            answered = self.ask(one.question, filters=filters).status == "answered"
            yield one if answered else None

    def _refuse_sample(self, why: str) -> None:
        if self.is_sample:
            raise BadSetting(
                f"the sample library {why}: name your own with --library DIR, "
                f"or leave it out to use {user_library()}"
            )

    def _reading(
        self,
        question: str,
        history: History,
        filters: Filters = EVERYTHING,
        changes: Sequence[Change] = (),
    ) -> tuple[Reading, Catalogue]:
        """Return how a question is read, and the catalogue of the documents that may answer."""
        question, everything = _clean(question), self._catalogue
        chosen = checked(filters, everything)
        catalogue = limited(everything, chosen)
        resolved = self._resolve(question, history)
        standalone = reworded(resolved, changes, everything)
        reading = changed(read_question(question, standalone, catalogue), changes)
        return noting(reading, chosen, catalogue), catalogue

    def _resolve(self, question: str, history: History) -> str:
        turns = [Turn(turn) if isinstance(turn, str) else turn for turn in history]
        known = answered(question, turns, self._catalogue, self.ask)
        return resolve(question, known, self._catalogue)

    @property
    def _catalogue(self) -> Catalogue:
        generation = self._library.store.generation()
        if self._seen is None or self._seen[0] != generation:
            self._library.store.forget_documents()
            filed = ((one.id, one) for one in self._library.store.filed())
            self._seen = (generation, make_catalogue(filed))
        return self._seen[1]


def _clean(question: str) -> str:
    """Return a question without odd characters; raises ``ValueError`` when nothing is left."""
    kept = question.encode("utf-8", "ignore").decode("utf-8").replace("\x00", " ")
    kept = " ".join(kept.split())
    if not kept:
        raise ValueError("the question is empty: type what you want to know")
    if len(kept) > MAX_QUESTION:
        raise ValueError(f"the question has {len(kept)} characters, at most {MAX_QUESTION} fit")
    return kept
