"""The sample library that ships in the wheel, and the builder that makes it."""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest

import build_sample
from askretail_ingest.doctypes import DOC_TYPES
from askretail_ingest.errors import BadSetting
from askretail_ingest.read import read_draft
from sample_builder.markup import Bullets, Grid, Heading, Paragraph, parse
from sample_builder.source import FORMATS, Source, read_source, read_sources

FRONT = """+++
format = "{format}"
file = "note.{format}"
title = "A note"
companies = ["Walmart", "Amazon"]
type = "brief"
publisher = "askretail sample library"
period = "FY2023"
published = "2026-02-12"
+++
"""
BODY = """# A note

## First part

Words with **weight**
over two lines.

Table 1. Sales (in billions)
| Year | Sales |
|---|---|
| FY2022 | $47.8 |

## Sources

- Walmart Inc., Form 10-K, PDF page 80
  in two lines
"""


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    # The PDF library would otherwise put this moment into the file's identifier.
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return read_sources(build_sample.SOURCES)


@pytest.fixture
def note(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "note.md"
    path.write_text(FRONT.format(format="md") + BODY)
    yield path


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_shipped_files_are_what_the_sources_build() -> None:
    built = build_sample.build()
    shipped = {path.name: path.read_bytes() for path in build_sample.TARGET.iterdir()}
    assert sorted(shipped) == sorted(built)
    for name, data in built.items():
        if name.endswith(
            (".docx", ".pptx", ".xlsx")
        ):  # the packed bytes depend on the version of zlib
            assert members(shipped[name]) == members(data), name
        else:
            assert shipped[name] == data, name


def test_building_twice_gives_the_same_bytes(sources: list[Source]) -> None:
    one_of_each = {source.format: source for source in sources}
    for source in one_of_each.values():
        assert build_sample.render(source) == build_sample.render(source)


def test_the_sample_has_twelve_documents_or_more_in_every_format(sources: list[Source]) -> None:
    assert len(sources) >= 12
    assert {source.format for source in sources} == set(FORMATS)
    assert any(source.columns == 2 for source in sources)
    assert any(source.look == "filing" for source in sources)


def test_every_document_names_its_sources_with_pages(sources: list[Source]) -> None:
    for source in sources:
        _, found, tail = source.body.rpartition("Sources\n")
        items = [line for line in tail.splitlines() if line.startswith("- ")]
        assert found, source.file
        assert items, source.file
        assert " page" in tail, source.file


def test_the_catalogue_describes_every_file(sources: list[Source]) -> None:
    with (build_sample.TARGET / "catalog.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["file"] for row in rows] == sorted(source.file for source in sources)
    for row in rows:
        assert row["companies"], row
        assert row["title"], row
        assert row["type"] in DOC_TYPES, row
        assert row["publisher"] == "askretail sample library", row


def test_front_matter_becomes_a_source_and_the_title_is_not_repeated(note: Path) -> None:
    source = read_source(note)
    assert source.companies == ("Walmart", "Amazon")
    assert source.published == "2026-02-12"
    assert source.blocks[0] == Heading(2, "First part")


def test_a_body_becomes_headings_paragraphs_lists_and_captioned_tables() -> None:
    assert parse(BODY, "note.md") == (
        Heading(1, "A note"),
        Heading(2, "First part"),
        Paragraph("Words with **weight** over two lines."),
        Grid("Table 1. Sales (in billions)", ("Year", "Sales"), (("FY2022", "$47.8"),)),
        Heading(2, "Sources"),
        Bullets(("Walmart Inc., Form 10-K, PDF page 80 in two lines",)),
    )


def test_a_page_of_html_escapes_its_text_and_keeps_table_and_caption(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(FRONT.format(format="html") + BODY.replace("over two", "A < B & C, two"))
    page = build_sample.render(read_source(path)).decode()
    assert "<strong>weight</strong> A &lt; B &amp; C, two lines." in page
    assert "<caption>Table 1. Sales (in billions)</caption>" in page
    assert "<tr><td>FY2022</td><td>$47.8</td></tr>" in page
    assert '<meta name="companies" content="Walmart; Amazon">' in page


def test_html_as_filings_are_written_is_read_as_the_plain_page_is(
    tmp_path: Path, sources: list[Source]
) -> None:
    source = next(source for source in sources if source.look == "filing")
    path = tmp_path / source.file
    path.write_bytes(build_sample.render(source))
    assert not re.search(rb"<(?:h\d|p|li|th|caption|strong)\b", path.read_bytes())
    filing = read_draft(path)
    path.write_bytes(build_sample.render(replace(source, look="")))
    plain = read_draft(path)
    assert (filing.text, filing.blocks, filing.tables) == (plain.text, plain.blocks, plain.tables)


def test_a_pdf_page_carries_its_running_head_its_number_and_its_date(sources: list[Source]) -> None:
    import pypdfium2

    source = next(s for s in sources if s.format == "pdf" and s.head)
    document = pypdfium2.PdfDocument(build_sample.render(source))
    for number, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_bounded()
        assert source.head in text
        assert f"Page {number}" in text
    assert document.get_metadata_value("CreationDate")[2:10] == source.published.replace("-", "")


def test_a_word_file_has_real_headings_and_a_fixed_date(sources: list[Source]) -> None:
    import docx

    source = next(source for source in sources if source.format == "docx")
    document = docx.Document(BytesIO(build_sample.render(source)))
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads[-1] == "Sources"
    assert str(document.core_properties.created)[:10] == source.published
    assert len(document.tables) == sum(isinstance(block, Grid) for block in source.blocks)


def heads(source: Source) -> list[Heading]:
    blocks = parse(source.body, source.file)
    return [block for block in blocks if isinstance(block, Heading) and block.level == 1]


def test_slides_hold_their_lists_tables_and_what_is_said(sources: list[Source]) -> None:
    import pptx

    source = next(source for source in sources if source.format == "pptx")
    deck = pptx.Presentation(BytesIO(build_sample.render(source)))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [head.text for head in heads(source)]
    assert str(deck.core_properties.created)[:10] == source.published
    noted = [slide for slide in deck.slides if slide.has_notes_slide]
    said = [slide.notes_slide.notes_text_frame.text for slide in noted]
    assert said and all(words in source.body for words in said)


def test_a_sheet_holds_figures_as_numbers_with_their_format(sources: list[Source]) -> None:
    import openpyxl

    source = next(source for source in sources if source.format == "xlsx")
    book = openpyxl.load_workbook(BytesIO(build_sample.render(source)))
    assert book.sheetnames == [head.text for head in heads(source)]
    row = [(cell.value, cell.number_format) for cell in book["Warehouses"][3]]
    assert row == [
        ("United States and Puerto Rico", "General"),
        (578, "#,##0"),
        (564, "#,##0"),
        (0.025, "0.0%"),
    ]


def test_a_mail_has_a_head_that_belongs_to_nobody(sources: list[Source]) -> None:
    source = next(source for source in sources if source.format == "eml")
    mail = message_from_bytes(build_sample.render(source), policy=default)
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "askretail sample library <sample@askretail.example>",
        "readers@askretail.example",
        source.title,
    )
    assert mail["Date"].datetime.date().isoformat() == source.published
    assert max(map(len, mail.get_content().splitlines())) <= 72


def test_every_row_of_every_table_is_read_back_as_it_was_written(sources: list[Source]) -> None:
    for source in sources:
        if source.format == "pdf":  # its rows have tests of their own
            continue
        text = read_draft(build_sample.TARGET / source.file).text
        lines = set(text.splitlines())
        for grid in (block for block in source.blocks if isinstance(block, Grid)):
            for row in (grid.header, *grid.rows):
                assert " | ".join(row) in lines, (source.file, row)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('type = "brief"', 'type = "essay"', "type must be one of"),
        ('file = "note.md"', 'file = "note.pdf"', "note.pdf does not end in .md"),
        ('title = "A note"', 'headline = "A note"', "missing keys ['title']"),
        ("+++\nformat", "format", "must start with TOML"),
        ("= [", "= ", "is not TOML"),
    ],
)
def test_a_wrong_front_matter_is_refused_by_name(
    note: Path, old: str, new: str, message: str
) -> None:
    note.write_text(note.read_text().replace(old, new, 1))
    with pytest.raises(BadSetting) as error:
        read_source(note)
    assert "note.md" in str(error.value)
    assert message in str(error.value)


def test_two_sources_may_not_build_one_file(note: Path) -> None:
    (note.parent / "other.md").write_text(note.read_text())
    with pytest.raises(BadSetting, match=r"other\.md and note\.md both build note\.md"):
        read_sources(note.parent)


def test_a_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(BadSetting, match="2 cells expected, 1 found"):
        parse("| a | b |\n|---|---|\n| 1 |", "note.md")


def test_check_tells_which_file_is_out_of_date(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = note.parent / "built"
    monkeypatch.setattr(build_sample, "TARGET", target)
    monkeypatch.setattr(
        build_sample, "build", lambda: {"note.md": note.read_bytes(), "catalog.csv": b"file\n"}
    )
    assert build_sample.main([]) == 0
    assert build_sample.main(["--check"]) == 0
    (target / "note.md").write_text("changed")
    (target / "stray.txt").write_text("left over")
    capsys.readouterr()
    assert build_sample.main(["--check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["note.md", "stray.txt"]
