from pathlib import Path

import pytest

from askretail_ingest.catalog import CatalogRow
from askretail_ingest.doctypes import DOC_TYPES
from askretail_ingest.marked import draft_marks
from askretail_ingest.metadata import describe, parse_type
from askretail_ingest.nouns import Metadata, Period
from askretail_ingest.plain import draft_text

FILING = """FORM 10-K
SECURITIES AND EXCHANGE COMMISSION
For the fiscal year ended January 28, 2023
Quill Stores, Inc.
(Exact name of registrant as specified in its charter)
Fiscal year 2022 represented the 52 weeks ended January 28, 2023.
"""


def of(text: str, name: str = "x.txt", **sources: CatalogRow) -> Metadata:
    row, sidecar = sources.get("row"), sources.get("sidecar")
    return describe(Path(name), draft_text(text), row, sidecar)


def test_sidecar_beats_catalog_beats_document_beats_file_name() -> None:
    row = CatalogRow(("Ink",), type="brief", title="From the catalog")
    found = of(FILING, "2019_10q.txt", row=row, sidecar=CatalogRow(title="From the sidecar"))
    assert found.title == "From the sidecar"
    assert found.companies == ("Ink",)
    assert found.doc_type == "brief"
    assert found.publisher == "Quill Stores"
    reasons = dict(found.reasons)
    assert reasons["title"] == "sidecar"
    assert reasons["companies"] == reasons["doc_type"] == "catalog.csv"
    assert reasons["publisher"] == "cover page: exact name of registrant"


def test_the_catalog_gives_the_year_and_the_cover_its_end_and_name() -> None:
    found = of(FILING, row=CatalogRow(period="2023"))
    assert found.period == Period(2023, None, "2023-01-28", "2022")
    assert found.title == "Quill Stores 10-K FY2023"  # as the period is shown


def test_every_field_has_a_reason() -> None:
    found = of(FILING)
    known = {
        field
        for field in ("title", "companies", "publisher", "period", "doc_type")
        if getattr(found, field)
    }
    assert known == {"title", "companies", "publisher", "period", "doc_type"}
    assert known <= set(dict(found.reasons))
    assert all(reason for _, reason in found.reasons)


def test_a_file_name_tells_what_nothing_else_does() -> None:
    draft = draft_text("plain words without anything to hold on to.\n\nMore words, lower case.")
    found = describe(Path("BESTBUY_2023Q4_EARNINGS.txt"), draft, None, None, known=("Best Buy",))
    assert found.companies == ("Best Buy",)
    assert found.period == Period(2023, 4)
    assert found.doc_type == "earnings release"
    assert found.title == "BESTBUY 2023Q4 EARNINGS"
    assert dict(found.reasons)["doc_type"] == "file name"


def test_front_matter_is_what_the_document_says_itself() -> None:
    draft = draft_marks(
        "---\ntitle: Stores and clinics\ncompanies: [Gap, Target]\ntype: brief\nperiod: FY2022\n"
        "date: 2024-03-05\npublisher: Desk\n---\n# Other heading\n\nText.\n"
    )
    found = describe(Path("x.md"), draft, None, None)
    assert found.title == "Stores and clinics"
    assert found.companies == ("Gap", "Target")
    assert (found.doc_type, found.published, found.publisher) == ("brief", "2024-03-05", "Desk")
    assert found.period == Period(2022)


def test_news_names_its_site_and_is_about_the_names_it_repeats() -> None:
    text = (
        "Quill and Ink Fight On\n\nQuill grew, Quill won. Ink lost. Ink cried. Ink left. Quill "
        "stays.\n\nThe post Quill and Ink Fight On appeared first on Trade Daily."
    )
    found = describe(Path("a.txt"), draft_text(text), None, None, known=("Quill", "Ink", "Pen"))
    assert found.companies == ("Ink", "Quill")
    assert (found.doc_type, found.publisher) == ("news", "Trade Daily")
    assert found.title == "Quill and Ink Fight On"


@pytest.mark.parametrize(
    "words", ["10k", "10-K", "Form 10-Q", "8k", "Earnings", "news", "brief", "deck"]
)
def test_a_type_is_one_of_ours_or_unknown(words: str) -> None:
    assert parse_type(words) in (*DOC_TYPES, "")


def test_what_nobody_knows_stays_empty() -> None:
    found = of("some words in lower case.\n\nand some more of them.", "notes.txt")
    assert (found.companies, found.period, found.published) == ((), None, "")
    assert found.doc_type == "other"
    assert found.title == "notes"
