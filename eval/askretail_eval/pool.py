"""Question sets in BEIR's form: a corpus of short texts, queries and relevance judgements.

A folder holds ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``. Each text becomes a file of
its own, named by its id, so that gold is (id, page 1). A query's ``metadata`` may hold a history
and a person's rewrite of a follow-up; a query without judgements cannot be answered.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from askretail_eval.questions import Gold, Question, Row, read, rows, unique
from askretail_ingest.errors import BadSetting


def load_pool(folder: Path) -> tuple[Question, ...]:
    """Return the questions of a folder in BEIR's form; every relevant text is a group.

    Texts of the same words are one document in a library, so any one of them will do.
    """
    path = folder / "queries.jsonl"
    relevant, same = _judged(folder / "qrels.tsv"), _same(folder)
    made = [_question(row, relevant, same) for row in rows(read(path), str(path))]
    return unique(made, str(path))


def _same(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return for each id of the corpus the ids of all texts of the same words."""
    alike: dict[str, list[str]] = defaultdict(list)
    for key, text in texts(folder):
        alike[text].append(key)
    return {key: tuple(keys) for keys in alike.values() for key in keys}


def _question(
    row: Row, relevant: Mapping[str, list[str]], same: Mapping[str, tuple[str, ...]]
) -> Question:
    key = row.text("_id")
    extra = row.fields.get("metadata", {})
    if not isinstance(extra, dict):
        raise row.wrong(f"'metadata' must be an object, not {extra!r}")
    more = Row(extra, row.place)
    history = more.texts("history")
    evidence = tuple(
        tuple(Gold(file_stem(one), 1) for one in same.get(text, (text,)))
        for text in relevant.get(key, [])
    )
    kind = "followup" if history else "first question"
    return Question(
        id=key,
        type=kind if evidence else "unanswerable",
        question=row.text("text"),
        history=history,
        standalone=more.text("rewrite", "") if history else "",
        evidence=evidence,
    )


def _judged(path: Path) -> dict[str, list[str]]:
    """Return the ids of the relevant texts of each query."""
    relevant: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(csv.reader(read(path).splitlines(), delimiter="\t"), start=1):
        if number == 1 and line[:1] == ["query-id"]:
            continue
        if len(line) != 3 or not line[2].lstrip("-").isdigit():
            raise BadSetting(
                f"{path} line {number}: expected query, text and whole number between tabs, "
                f"not {line!r}; mend or remove that line"
            )
        if int(line[2]) > 0:
            relevant[line[0]].append(line[1])
    return relevant


def write_texts(folder: Path, target: Path) -> list[Path]:
    """Write every text of the corpus to a file in ``target``; return the files in order."""
    files = []
    for key, text in texts(folder):
        path = target / f"{file_stem(key)}.txt"
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return files


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the words of every text of the corpus, its title in front."""
    path = folder / "corpus.jsonl"
    for row in rows(read(path), str(path)):
        parts = (row.text("title", ""), row.text("text", ""))
        yield row.text("_id"), "\n\n".join(part for part in parts if part.strip())


def file_stem(key: str) -> str:
    """Return an id as the name of a file without its ending.

    >>> file_stem("9dd4<::>1/a"), file_stem("31715818")
    ('9dd4%3C%3A%3A%3E1%2Fa', '31715818')
    """
    return quote(key, safe="")
