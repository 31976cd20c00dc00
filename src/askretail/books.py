"""A company's statements, and the cell in them for a line and a period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from weakref import WeakKeyDictionary

from askretail.catalogue import Catalogue, Entry
from askretail.figure_data import Line, lines
from askretail.nouns import Asked
from askretail.statement import Row, Statement, statements_of
from askretail_index.library import Library
from askretail_index.store import Store
from askretail_ingest.cells import Cell
from askretail_ingest.columns import Column
from askretail_ingest.nouns import Document

KINDS = ("balance sheet", "income statement", "cash flow statement")
_ORDER = {"10-K": 0, "10-Q": 1, "earnings release": 2}
_PER_SHARE = re.compile(
    r"(?:earnings|income|loss|dividends?|data)\b.* per (?:common )?share\b|^per share"
)
Read = dict[int, tuple[Statement, ...]]  # statements by the document's row in the library
_READ: WeakKeyDictionary[Store, tuple[int, Read]] = WeakKeyDictionary()  # of a generation


@dataclass(frozen=True, slots=True)
class Entered:
    """The cell of a line for a period: its amount in single dollars, and where it stands."""

    line: str
    period: Asked
    amount: Decimal
    document: Document
    document_id: int
    statement: Statement
    row: Row
    cell: Cell
    column: Column


class Books:
    """The statements of a company's own documents, each read when it is first looked into."""

    def __init__(
        self,
        library: Library,
        catalogue: Catalogue,
        company: str,
        latest: Asked,
        types: Sequence[str] = (),
    ) -> None:
        """Put first the documents that report on ``latest``, then the next ones that show it."""
        self._library = library
        self._read = _read_before(library.store)
        own = [e for e in catalogue.entries if e.companies == (company,) and e.year is not None]
        own = [e for e in own if e.doc_type in types] or own
        self._entries = sorted(own, key=lambda e: _rank(e, latest))

    def find(self, line: Line, period: Asked) -> Entered | None:
        """Return the cell of a line for a period, None where there is none or a doubt."""
        for entry, document, statement in self._statements(line.statement):
            places = _columns(statement, period)
            row = choose(line, statement.rows, places) if places else None
            if row is not None:
                return _entered(entry, document, line, period, statement, row, places[0])
        return None

    def others(self, line: Line, found: Entered) -> tuple[Entered, ...]:
        """Return the cells of other documents that print another amount for the same."""
        differing: dict[int, Entered] = {}
        for entry, document, statement in self._statements(line.statement):
            places = _columns(statement, found.period)
            row = choose(line, statement.rows, places) if places else None
            if row is None or entry.id == found.document_id or entry.id in differing:
                continue
            one = _entered(entry, document, line, found.period, statement, row, places[0])
            if one is not None and _differ(one, found):
                differing[entry.id] = one
        return tuple(differing.values())

    def period_ended(self, day: str) -> Asked | None:
        """Return the year or the quarter that ended on a day, as the documents number it."""
        for kind in KINDS:
            for *_, statement in self._statements(kind):
                for column in statement.columns:
                    if column.end == day:
                        return Asked(column.year, column.quarter)
        return None

    def has(self, kind: str, period: Asked) -> bool:
        """Return whether a statement of this kind covers the period."""
        return any(_columns(statement, period) for *_, statement in self._statements(kind))

    def _statements(self, kind: str) -> Iterator[tuple[Entry, Document, Statement]]:
        for entry in self._entries:
            document = self._library.store.document(entry.id)
            if entry.id not in self._read:
                self._read[entry.id] = statements_of(document)
            for statement in self._read[entry.id]:
                if statement.kind == kind:
                    yield entry, document, statement


def _differ(one: Entered, other: Entered) -> bool:
    """Return whether two amounts differ by more than the coarser of their units."""
    unit = max(one.statement.scale, other.statement.scale)
    least = Decimal("0.005") if lines()[one.line].each else unit
    return abs(one.amount - other.amount) >= least


def _read_before(store: Store) -> Read:
    """Return what was read of a library, empty as soon as it changes."""
    generation = store.generation()
    if store not in _READ or _READ[store][0] != generation:
        _READ[store] = (generation, {})
    return _READ[store][1]


def _rank(entry: Entry, latest: Asked) -> tuple[bool, int, bool, int, int, int]:
    years = (entry.year or 0) - latest.year
    same_length = (entry.quarter is None) == (latest.quarter is None)
    kind = _ORDER.get(entry.doc_type, 3)
    return years < 0, abs(years), not same_length, kind, entry.quarter or 0, entry.id


def choose(line: Line, rows: Sequence[Row], places: Sequence[int]) -> Row | None:
    """Return the row that prints a line; None when two rows of like captions differ."""
    for pattern in line.rows:
        named = [
            row
            for row in rows
            if line.each == _per_share(row)
            and (pattern.fullmatch(row.caption) or pattern.fullmatch(f"{row.part} / {row.caption}"))
        ]
        amounts = {tuple(row.cells[place].value for place in places) for row in named}
        if named:
            return named[0] if len(amounts) == 1 else None
    return None


def _per_share(row: Row) -> bool:
    return _PER_SHARE.search(f"{row.part} / {row.caption}") is not None


def _columns(statement: Statement, period: Asked) -> tuple[int, ...]:
    """Return the columns of a statement that cover a period."""
    return tuple(n for n, c in enumerate(statement.columns) if covers(c, statement.kind, period))


def covers(column: Column, kind: str, period: Asked) -> bool:
    """Return whether a column of a kind of statement is that of a period."""
    if kind == "balance sheet":
        quarter = period.quarter if period.quarter != 4 else None
        return (column.year, column.quarter) == (period.year, quarter)
    if period.quarter is None:
        return (column.year, column.quarter, column.span) == (period.year, None, "year")
    quarter = period.quarter if period.quarter != 4 else None
    return (column.year, column.quarter, column.span) == (period.year, quarter, "quarter")


def _entered(
    entry: Entry,
    document: Document,
    line: Line,
    period: Asked,
    statement: Statement,
    row: Row,
    place: int,
) -> Entered | None:
    cell = row.cells[place]
    value = cell.value
    if value is None or cell.is_share:
        return None
    amount = value if line.each else value * statement.scale
    return Entered(
        line.name,
        period,
        abs(amount) if line.paid else amount,
        document,
        entry.id,
        statement,
        row,
        cell,
        statement.columns[place],
    )
