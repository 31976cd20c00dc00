"""What a run notes of each question, kept as JSONL so that every figure can be traced."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from askretail_eval.questions import read, rows
from askretail_eval.ranking import Measures


@dataclass(frozen=True, slots=True)
class Record:
    """One question put to one system: the measures, and what they were read from."""

    id: str
    type: str
    system: str
    question: str
    measures: Measures
    pages: tuple[str, ...] = ()  # "DOC p. 5", best first
    status: str = ""  # of the answer, "" where only a ranking was asked for
    citations: tuple[str, ...] = ()  # "DOC p. 5: quote"
    standalone: str = ""  # how a follow-up was read


def write_records(records: Iterable[Record], path: Path) -> None:
    """Write one JSON object a line; the file is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(record), ensure_ascii=False) for record in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_records(path: Path) -> list[Record]:
    """Return the records of a run; raises BadSetting naming the file and the line."""
    records = []
    for row in rows(read(path), str(path)):
        measures = row.fields.get("measures")
        if not isinstance(measures, dict):
            raise row.wrong(f"'measures' must be an object, not {measures!r}")
        records.append(
            Record(
                id=row.text("id"),
                type=row.text("type"),
                system=row.text("system"),
                question=row.text("question"),
                measures={str(name): float(value) for name, value in measures.items()},
                pages=row.texts("pages"),
                status=row.text("status", ""),
                citations=row.texts("citations"),
                standalone=row.text("standalone", ""),
            )
        )
    return records


def values(records: Sequence[Record], measure: str) -> list[float]:
    """Return a measure of every record that has it, in order."""
    return [record.measures[measure] for record in records if measure in record.measures]
