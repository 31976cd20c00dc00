"""An engine in memory with the methods of ``askretail.assistant.Assistant``, for fast tests."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from askretail.catalogue import make_catalogue
from askretail.change import changed
from askretail.conversations import FILE, Conversations
from askretail.feedback import FILE as FEEDBACK
from askretail.feedback import Feedback
from askretail.filters import choices
from askretail.nouns import (
    EVERYTHING,
    Answer,
    Asked,
    Change,
    Citation,
    Filters,
    Hit,
    Point,
    Reading,
    Span,
    Turn,
)
from askretail.sample import sample_documents
from askretail.suggest import Next
from askretail_index.holdings import Holding
from askretail_index.report import IngestReport, Outcome, Progress, Skip
from askretail_index.versions import Versions
from askretail_ingest.edit import Edit, edited
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document, Metadata, Page, Period
from askretail_ingest.pdf import draft_pdf

HELD = "held-"  # the names of files whose vectors have to wait
RELEASE = "release"

OAK = """Oakmart grew its membership scheme in every region. Members visit twice as often as others.
Oakmart plans 40 automated distribution centres by 2026.
(in millions)
Fiscal years ended January 31, 2022 2021
Net sales $ 12,400 $ 11,800
Purchases of property and equipment (610) (540)
"""
ELM = """Elm Stores names theft as its largest cost risk. Shrink rose for the third year running.
Elm Stores opened 12 pick-up points beside its shops.
"""


def document(source: str, text: str, **fields: object) -> Document:
    """Make a document of two pages, cut after the first line."""
    cut = text.index("\n") + 1
    pages = (Page(1, "i", 0, cut), Page(2, "3", cut, len(text)))
    metadata = Metadata(**{"title": source, **fields})  # type: ignore[arg-type]
    return Document(hashlib.sha256(text.encode()).hexdigest(), source, text, pages, metadata)


def cite(doc: Document, quote: str, *context: tuple[str, str], **fields: object) -> Citation:
    """Make a citation of the first place where ``quote`` stands; context is (role, text)."""
    start = doc.text.index(quote)
    number = doc.page_at(start).number
    spans = tuple(
        Span(role, number, at, at + len(text), text)  # type: ignore[arg-type]
        for role, text in context
        for at in [doc.text.index(text)]
    )
    made = {"label": f"printed {doc.page_at(start).label}", "section": ("Strategy", "Members")}
    made |= fields
    return Citation(
        document=doc,
        page=number,
        quote=quote,
        start=start,
        end=start + len(quote),
        context=spans,
        **made,
    )  # type: ignore[arg-type]


OAKMART = document(
    "OAKMART_2022_10K.txt",
    OAK,
    title="Oakmart Inc. 10-K 2022",
    companies=("Oakmart",),
    period=Period(2022, None, "2022-01-31"),
    doc_type="10-K",
    published="2022-03-18",
)
ELMSTORES = document(
    "elm-brief.txt",
    ELM,
    title="Elm Stores: the shrink problem",
    companies=("Elm Stores",),
    doc_type="brief",
)


SLOW = 10.0  # seconds that a question with SLOW takes the first time; enough to press Stop
BRIEF_PDF = sample_documents() / "walmart-healthcare-brief.pdf"
BROKERAGE = "It asks for far less concrete, and far fewer doctors on the payroll"
HEADS = "Segment FY2020 FY2021 FY2022 FY2023"
CLUB = "Sam's Club $3,372 $3,792 $3,956 $4,248"


def sample_pdf() -> Document:
    """Read a PDF of the sample."""
    draft = draft_pdf(BRIEF_PDF)
    sha = hashlib.sha256(BRIEF_PDF.read_bytes()).hexdigest()
    title = "Walmart in healthcare: counters first, clinics second"
    metadata = Metadata(title=title, companies=("Walmart",), doc_type="brief")
    return Document(sha, BRIEF_PDF.name, draft.text, draft.pages, metadata)


def served_engine(library: Path) -> FakeEngine:
    """Make the engine that the tests' server answers from: two texts and a PDF of the sample."""
    brief = sample_pdf()
    engine = FakeEngine((OAKMART, ELMSTORES, brief), sample=True, library=library)
    engine.originals[brief.id] = BRIEF_PDF
    return engine


class FakeEngine:
    """Answers by fixed rules: comparison, number, missing company, or what it finds by word."""

    def __init__(
        self,
        documents: Sequence[Document] = (OAKMART, ELMSTORES),
        *,
        sample: bool = False,
        library: Path = Path("library"),
    ) -> None:
        self.documents = tuple(documents)
        self.is_sample = sample
        self.library = library
        self.histories: list[tuple[Turn | str, ...]] = []
        self.originals: dict[str, Path] = {}
        self.fault: Exception | None = None
        self.closed = False
        self.slept: set[str] = set()
        self.released = Event()
        self.older: tuple[Document, ...] = ()  # versions that were replaced

    @property
    def conversations(self) -> Conversations:
        return Conversations(self.library / FILE, self._versions)

    @property
    def feedback(self) -> Feedback:
        return Feedback(self.library / FEEDBACK)

    def _versions(self, sha: str, source: str) -> Versions:
        quoted = next((doc for doc in self.documents if doc.id == sha), None)
        return Versions(quoted, quoted)

    @property
    def passages(self) -> int:
        return sum(self.passages_of(doc) for doc in self.documents)

    def passages_of(self, doc: Document) -> int:
        return doc.text.count("\n")

    def original(self, doc: Document) -> Path:
        return self.originals.get(doc.id, self.library / doc.source)

    def version(self, sha: str) -> Document | None:
        return next((doc for doc in (*self.documents, *self.older) if doc.id == sha), None)

    def versions(self, doc: Document) -> Versions:
        now = next((one for one in self.documents if one.source == doc.source), None)
        return Versions(self.version(doc.id), now)

    @property
    def choices(self) -> Filters:
        return choices(make_catalogue(enumerate(self.documents)))

    def next_questions(
        self, answer: Answer, *, filters: Filters = EVERYTHING
    ) -> Iterator[Next | None]:
        if answer.reading.companies == ("Oakmart",):
            yield Next("What does Elm Stores say about members?", "Elm Stores")
            yield None
            yield Next("What are the sales of <b>Oakmart</b>?")

    def suggestions(self, n: int = 4) -> tuple[str, ...]:
        if not self.documents:
            return ()
        return ("What does Oakmart say about members?", "Compare Oakmart and Elm Stores")[:n]

    def stages(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        *,
        filters: Filters = EVERYTHING,
        changes: Sequence[Change] = (),
    ) -> Iterator[Reading | tuple[Hit, ...] | Answer]:
        self.histories.append(tuple(history))
        if RELEASE in question:
            self.released.set()
        typed = self._reading(question, history)
        reading = replace(changed(typed, changes), filters=filters)
        yield reading
        if "SLOW" in question and question not in self.slept:
            self.slept.add(question)
            time.sleep(SLOW)
        if self.fault or "BREAK" in question:
            raise self.fault or ZeroDivisionError("4711")
        yield tuple(Hit(doc, 1, 0, 10, doc.text[:10], 1.0) for doc in self.documents)
        yield self._answer(question, reading)

    def ask(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        *,
        filters: Filters = EVERYTHING,
        changes: Sequence[Change] = (),
    ) -> Answer:
        answer = [*self.stages(question, history, filters=filters, changes=changes)][-1]
        assert isinstance(answer, Answer)
        return answer

    def search(self, words: str, k: int = 10, *, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        """Return the lines that hold a word, of the companies let in."""
        if "BREAK" in words:
            raise BadSetting("the index is not there: run `askretail rebuild`")
        hits = [
            Hit(doc, doc.page_at(at).number, at, at + len(line), line, 1.0, ("Strategy",))
            for doc in self.documents
            if not filters.companies or set(filters.companies) & set(doc.companies)
            for line in doc.text.splitlines()
            for at in [doc.text.index(line)]
            if any(word in line.lower() for word in words.lower().split())
        ]
        return tuple(hits[:k])

    def ingest(
        self, paths: Sequence[Path], *, progress: Callable[[Progress], None] | None = None
    ) -> IngestReport:
        loaded, skipped = [], []
        if any(path.name.startswith(HELD) for path in paths):
            self.released.clear()
        for n, path in enumerate(paths):
            text = path.read_text(encoding="utf-8")
            if text.strip():
                self.documents += (document(path.name, text.strip() + "\n"),)
                loaded.append(path.name)
            else:
                skipped.append(Skip(path.name, "no text in it"))
            if progress:
                fate: Outcome = "loaded" if text.strip() else "skipped"
                reason = "" if text.strip() else f"{path.name}: no text in it"
                progress(Progress("parse", n + 1, len(paths), path.name, fate, reason))
        self._embed(progress)
        return IngestReport(loaded=tuple(loaded), skipped=tuple(skipped), passages=self.passages)

    @property
    def holdings(self) -> tuple[Holding, ...]:
        return tuple(
            Holding(doc, Path(doc.source), self.passages_of(doc), self.passages_of(doc))
            for doc in self.documents
        )

    def describe(
        self,
        source: str,
        *,
        companies: Sequence[str] | None = None,
        period: str | None = None,
        doc_type: str | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Document:
        found = next(doc for doc in self.documents if doc.source == source)
        named = None if companies is None else tuple(companies)
        metadata = edited(found.metadata, Edit(named, period, doc_type))
        now = replace(found, metadata=metadata)
        self.documents = (*(doc for doc in self.documents if doc is not found), now)
        self._embed(progress)
        return now

    def remove(self, names: Sequence[str]) -> list[str]:
        gone = [doc.source for doc in self.documents if doc.source in names]
        self.documents = tuple(doc for doc in self.documents if doc.source not in names)
        return gone

    def _embed(self, progress: Callable[[Progress], None] | None) -> None:
        """Give every passage its vector; HELD files hold this up until somebody asks RELEASE."""
        if progress:
            progress(Progress("embed", 1, self.passages))
        held = any(doc.source.startswith(HELD) for doc in self.documents)
        if held and not self.released.wait(timeout=120):
            raise TimeoutError("nobody asked RELEASE")
        if progress:
            progress(Progress("embed", self.passages, self.passages))

    def close(self) -> None:
        self.closed = True

    def _reading(self, question: str, history: Sequence[Turn | str]) -> Reading:
        earlier = history[-1].question if history and isinstance(history[-1], Turn) else ""
        standalone = f"{earlier} {question}" if question.startswith("and ") else question
        low = standalone.lower()
        return Reading(
            question,
            standalone,
            companies=tuple(n for n in ("Oakmart", "Elm Stores") if n.lower() in low),
            unknown=("Birch",) if "birch" in low else (),
            periods=(Asked(2022),) if "2022" in low else (),
            doc_types=("10-K",) if "2022" in low else (),
            intent="comparison" if "compare" in low else "fact",
            relaxed=("No filing for FY2030: the newest is used.",) if "2030" in low else (),
        )

    def _answer(self, question: str, reading: Reading) -> Answer:
        members = cite(OAKMART, "Oakmart grew its membership scheme in every region.")
        low = question.lower()
        if "compare" in low:
            points = (
                Point("Oakmart", "On growth", (members,)),
                Point("Elm Stores", "No passage about members", ()),
            )
            return self._made(question, reading, "partial", "Members, side by side", points)
        if reading.unknown:
            return Answer(
                question,
                "not_found",
                "No document about Birch.",
                reading,
                nearest=(members,),
                searched=(len(self.documents), self.passages),
            )
        if "sales" in low:
            row = cite(
                OAKMART,
                "Net sales $ 12,400 $ 11,800",
                ("unit", "(in millions)"),
                ("header", "Fiscal years ended January 31, 2022 2021"),
            )
            return self._made(
                question, reading, "answered", "Oakmart reports", (Point("", "", (row,)),)
            )
        if "clinics" in low:
            brief = next(doc for doc in self.documents if doc.id in self.originals)
            quotes = (cite(brief, BROKERAGE), cite(brief, CLUB, ("header", HEADS)))
            return self._made(question, reading, "answered", "On clinics", (Point("", "", quotes),))
        points = (
            Point(
                "",
                "",
                (
                    members,
                    cite(OAKMART, "Oakmart plans 40 automated distribution centres by 2026."),
                ),
            ),
        )
        return self._made(question, reading, "answered", "Oakmart on members", points)

    def _made(
        self, question: str, reading: Reading, status: str, lead: str, points: tuple[Point, ...]
    ) -> Answer:
        return Answer(
            question,
            status,  # type: ignore[arg-type]
            lead,
            reading,
            points,
            searched=(len(self.documents), self.passages),
            timings=(("search", 0.2), ("select", 0.1)),
        )
