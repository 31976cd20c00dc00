"""A small library that every test of questions may ask: five invented notes on known retailers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from askretail.assistant import Assistant
from askretail.catalogue import Catalogue, make_catalogue
from askretail_index.embed import Embedder, load_embedder
from askretail_ingest.nouns import Document, Metadata, Page, Period

NOTES = {
    "walmart-care.md": """---
title: Walmart care note
companies: [Walmart]
type: brief
period: FY2023
---

# Walmart care note

## Clinics

Walmart opened walk-in clinics beside its pharmacies to bring care closer to shoppers.
The clinics offer dental checks, eye tests and counselling at posted prices.

## Pharmacies

Pharmacies in nearly every supercenter fill prescriptions and give vaccinations.
""",
    "amazon-care.md": """---
title: Amazon care note
companies: [Amazon]
type: brief
period: FY2023
---

# Amazon care note

## Medicines

Amazon delivers prescriptions to the door on the day they are ordered in many cities.
It agreed to buy a chain of primary care offices for $3.9 billion.
""",
    "costco-fees.md": """---
title: Costco fees note
companies: [Costco]
type: brief
period: FY2022
---

# Costco fees note

## Membership

Costco charged members $60 a year, and 93 percent of them renewed.

Table 1. Membership fees (in millions)

| | 2022 | 2021 |
|---|---|---|
| Membership fees | $4,224 | $3,877 |
| Paid members | 65 | 61 |
""",
    "rivals.txt": """Rivals note

Walmart and Amazon both sell groceries online.

Walmart counts on stores as depots for groceries. Amazon counts on warehouses for groceries.
""",
}


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The model that comes with askretail: what is answered hangs on its cosines."""
    return load_embedder()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    """An assistant over the notes."""
    folder = tmp_path_factory.mktemp("notes")
    write_notes(folder)
    with Assistant.open(folder / "library", create=True, embedder=embedder) as opened:
        opened.ingest([folder])
        yield opened


def write_notes(folder: Path) -> None:
    """Write the notes as files."""
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "rivals.txt.meta.toml").write_text(
        'title = "Rivals note"\ncompanies = ["Walmart", "Amazon"]\ntype = "news"\n'
    )


# What a library of filings holds: company, fiscal year, quarter, type.
FILINGS = (
    ("Walmart", 2023, None, "10-K"),
    ("Walmart", 2024, 1, "10-Q"),
    ("Amazon", 2022, None, "10-K"),
    ("Costco", 2022, None, "10-K"),
    ("CVS Health", 2022, None, "10-K"),
    ("Best Buy", 2023, None, "10-K"),
    ("Best Buy", 2024, 2, "10-Q"),
    ("Nike", 2023, None, "10-K"),
    ("PepsiCo", 2022, None, "10-K"),
    ("Coca-Cola", 2017, None, "10-K"),
    ("Ulta Beauty", 2023, 2, "earnings release"),
    ("Kraft Heinz", 2019, None, "10-K"),
    ("General Mills", 2022, None, "10-K"),
    ("Foot Locker", 2022, None, "10-K"),
)


@pytest.fixture(scope="session")
def filings() -> Catalogue:
    """The catalogue of a library of filings; no text, only what each is about."""
    documents = [
        Document(
            id=str(number),
            source=f"{number}.pdf",
            text="x",
            pages=(Page(1, "", 0, 1),),
            metadata=Metadata("", (company,), period=Period(year, quarter), doc_type=kind),
        )
        for number, (company, year, quarter, kind) in enumerate(FILINGS)
    ]
    return make_catalogue(enumerate(documents))
