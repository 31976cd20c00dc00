from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from askretail_ingest import draft, pdf
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Block, Draft
from askretail_ingest.pdf import draft_pdf

BODY, BOLD = "Helvetica", "Helvetica-Bold"
LEAD = 12.0

STRATEGY = (
    "Our shops sell household goods in forty towns, and most members live within ten minutes of",
    "one. We plan to open twelve shops a year, to grow pick-up at the kerb, and to keep prices",
    "below those of other grocers in every town.",
)
FREIGHT = (
    "Freight became dearer in the second half of the year because fuel rose faster than planned,",
    "and we absorbed part of it rather than raise prices for our members in the winter months.",
)


def write(canvas: Canvas, x: float, y: float, *lines: str, font: str = BODY) -> float:
    """Draw lines downwards from ``y``; return where the next one goes."""
    canvas.setFont(font, 10)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= LEAD
    return y


def row(canvas: Canvas, y: float, label: str, *values: str, font: str = BODY) -> float:
    """Draw a row: its label at the left margin, its figures flush right in their columns."""
    canvas.setFont(font, 10)
    canvas.drawString(72, y, label)
    for column, value in enumerate(values):
        canvas.drawRightString(400 + 80 * column, y, value)
    return y - LEAD


def make(path: Path, *pages: Callable[[Canvas], None], **options: object) -> Path:
    canvas = Canvas(str(path), pagesize=(612, 792), **options)
    for number, page in enumerate(pages, start=1):
        if len(pages) > 2:
            write(canvas, 72, 760, "Corner Grocers, Inc. Annual Report")
        page(canvas)
        canvas.drawCentredString(306, 30, str(number + 10))
        canvas.showPage()
    canvas.save()
    return path


def business(canvas: Canvas) -> None:
    write(canvas, 72, 720, "PART I", font=BOLD)
    write(canvas, 72, 696, "Item 1. Business", font=BOLD)
    write(canvas, 72, 672, *STRATEGY)
    write(canvas, 72, 612, "Competition", font=BOLD)
    write(canvas, 72, 596, *FREIGHT)
    write(canvas, 72, 540, "• open twelve shops a year;", "• train every clerk.")


def statement(canvas: Canvas) -> None:
    write(canvas, 72, 720, "PART II", font=BOLD)
    write(canvas, 72, 696, "Item 8. Financial Statements", font=BOLD)
    write(canvas, 210, 672, "CONSOLIDATED STATEMENTS OF INCOME", font=BOLD)
    write(canvas, 250, 660, "(in millions, except per share data)")
    canvas.drawString(390, 636, "Year Ended June 30,")
    y = row(canvas, 624, "", "2031", "2030", font=BOLD)
    y = row(canvas, y, "Net sales", "$ 4,210", "$ 3,980")
    y = row(canvas, y, "Cost of sales", "(3,100)", "(2,950)")
    y = row(canvas, y, "Provision for the closing of shops and for", font=BODY)
    y = row(canvas, y, "other exit costs", "(12)", "—")
    row(canvas, y, "Operating income", "$ 1,098", "$ 1,030")
    write(canvas, 72, y - 40, "(1) Restated for the change of calendar.")


def text_of(draft: Draft, block: Block) -> str:
    return draft.text[block.start : block.end]


def texts(draft: Draft, kind: str) -> list[str]:
    return [text_of(draft, block) for block in draft.blocks if block.kind == kind]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    return draft_pdf(make(path, business, statement, lambda canvas: None))


def test_wrapped_lines_become_one_paragraph(report: Draft) -> None:
    assert " ".join(STRATEGY) in texts(report, "paragraph")


def test_headings_and_items_are_blocks_of_their_own(report: Draft) -> None:
    assert texts(report, "heading") == [
        "PART I",
        "Item 1. Business",
        "Competition",
        "PART II",
        "Item 8. Financial Statements",
        "CONSOLIDATED STATEMENTS OF INCOME",
    ]
    assert texts(report, "item") == ["• open twelve shops a year;", "• train every clerk."]


def test_every_block_knows_the_headings_above_it(report: Draft) -> None:
    paths = {text_of(report, block)[:8]: block.section for block in report.blocks}
    assert paths["Our shop"] == ("PART I", "Item 1. Business")
    assert paths["Freight "] == ("PART I", "Item 1. Business", "Competition")
    assert paths["Net sale"] == (
        "PART II",
        "Item 8. Financial Statements",
        "CONSOLIDATED STATEMENTS OF INCOME",
    )


def test_an_item_that_goes_on_in_small_print_is_a_heading_all_the_same(tmp_path: Path) -> None:
    def exhibits(canvas: Canvas) -> None:
        write(canvas, 72, 690, "Item 15. Exhibits", font=BOLD)
        canvas.setFont(BODY, 7)
        canvas.drawString(72, 676, "(a) The statements of income and the notes to them.")

    draft = draft_pdf(make(tmp_path / "a.pdf", business, statement, exhibits))
    last = draft.blocks[-1]
    assert (last.kind, last.section) == ("footnote", ("PART II", "Item 15. Exhibits"))


def test_a_row_holds_its_label_and_its_figures(report: Draft) -> None:
    rows = texts(report, "row")
    assert "Net sales $ 4,210 $ 3,980" in rows
    assert "Operating income $ 1,098 $ 1,030" in rows


def test_a_label_on_two_lines_belongs_to_one_row(report: Draft) -> None:
    wanted = "Provision for the closing of shops and for other exit costs (12) —"
    assert wanted in texts(report, "row")


def test_a_table_knows_its_title_unit_and_column_heads(report: Draft) -> None:
    (table,) = report.tables
    assert table.title is not None and table.unit is not None
    assert report.text[slice(*table.title)] == "CONSOLIDATED STATEMENTS OF INCOME"
    assert report.text[slice(*table.unit)] == "(in millions, except per share data)"
    heads = [report.text[slice(*span)] for span in table.header]
    assert heads[-2:] == ["Year Ended June 30,", "2031 2030"]
    assert {block.table for block in report.blocks if block.kind == "row"} == {0}


def test_a_note_under_a_table_is_a_footnote(report: Draft) -> None:
    assert texts(report, "footnote") == ["(1) Restated for the change of calendar."]


def test_running_heads_and_page_numbers_leave_the_text(report: Draft) -> None:
    assert "Annual Report" not in report.text
    assert [page.furniture for page in report.pages] == [
        f"Corner Grocers, Inc. Annual Report\n{number}" for number in (11, 12, 13)
    ]
    assert [page.label for page in report.pages] == ["11", "12", "13"]


def test_an_empty_page_is_kept(report: Draft) -> None:
    assert [page.number for page in report.pages] == [1, 2, 3]
    assert report.pages[2].start == report.pages[2].end


def test_blocks_are_trimmed_in_order_and_inside_one_page(report: Draft) -> None:
    end = 0
    for block in report.blocks:
        assert block.start >= end
        end = block.end
        assert text_of(report, block) == text_of(report, block).strip() != ""
        assert any(page.start <= block.start < block.end <= page.end for page in report.pages)


def test_figures_drawn_one_by_one_come_back_to_their_row(tmp_path: Path) -> None:
    def by_columns(canvas: Canvas) -> None:
        write(canvas, 72, 700, "Shops open at the end of the year", "Shops closed", "Shops moved")
        for x, column in ((360, ("41", "3", "2")), (440, ("38", "1", "5"))):
            write(canvas, x, 700, *column)

    draft = draft_pdf(make(tmp_path / "cells.pdf", by_columns))
    assert texts(draft, "row") == [
        "Shops open at the end of the year 41 38",
        "Shops closed 3 1",
        "Shops moved 2 5",
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"the left column says thing {n} of its own" for n in range(12)]
    right = [f"the right column says thing {n} of its own" for n in range(12)]

    def crosswise(canvas: Canvas) -> None:
        for n in range(12):
            write(canvas, 60, 700 - LEAD * n, left[n])
            write(canvas, 330, 700 - LEAD * n, right[n])

    draft = draft_pdf(make(tmp_path / "columns.pdf", crosswise))
    assert draft.text.split() == " ".join([*left, *right]).split()


def test_a_last_row_that_looks_alike_on_every_page_stays(tmp_path: Path) -> None:
    def sums(canvas: Canvas) -> None:
        y = row(canvas, 720, "Wages", "290", "281")
        row(canvas, y, "Total", f"{canvas.getPageNumber() * 100}", "5,281")

    rows = texts(draft_pdf(make(tmp_path / "sums.pdf", sums, sums, sums, sums)), "row")
    assert [text for text in rows if text.startswith("Total")] == [
        f"Total {hundreds}00 5,281" for hundreds in (1, 2, 3, 4)
    ]


def test_contents_lines_open_no_sections(tmp_path: Path) -> None:
    def contents(canvas: Canvas) -> None:
        names = ("Business", "Risk Factors", "Properties", "Legal Proceedings", "Mine Safety")
        for n, name in enumerate(names, start=1):
            row(canvas, 700 - LEAD * n, f"Item {n}. {name}", str(10 * n))

    draft = draft_pdf(make(tmp_path / "contents.pdf", contents, business))
    assert texts(draft, "heading") == ["PART I", "Item 1. Business", "Competition"]
    assert {block.section for block in draft.blocks[:5]} == {()}


def test_a_table_that_goes_on_is_one_table_with_its_heads(tmp_path: Path) -> None:
    def more(canvas: Canvas) -> None:
        y = row(canvas, 720, "Rent", "310", "305")
        row(canvas, y, "Wages", "290", "281")

    def still_more(canvas: Canvas) -> None:
        y = row(canvas, 720, "", "2031", "2030", font=BOLD)  # the same heads once more
        y = row(canvas, y, "Fuel", "41", "39")
        row(canvas, y, "Freight", "87", "76")

    def other(canvas: Canvas) -> None:
        y = row(canvas, 720, "", "2029", "2028", font=BOLD)
        y = row(canvas, y, "Shops", "12", "11")
        row(canvas, y, "Mills", "4", "5")

    pages = (statement_without_note, more, still_more, other)
    draft = draft_pdf(make(tmp_path / "long.pdf", *pages))
    whole, years = draft.tables
    assert [draft.text[slice(*span)] for span in whole.header] == ["(in millions)", "2031 2030"]
    assert [draft.text[slice(*span)] for span in years.header] == ["2029 2028"]
    assert whole.title is not None
    assert draft.text[slice(*whole.title)] == "CONSOLIDATED STATEMENTS OF INCOME"
    rows = [(text_of(draft, b), b.table) for b in draft.blocks if b.kind == "row"]
    assert whole.unit is not None
    assert draft.text[slice(*whole.unit)] == "(in millions)"
    assert rows == [
        ("(in millions)", 0),
        ("2031 2030", 0),
        ("Net sales $ 4,210 $ 3,980", 0),
        ("Cost of sales (3,100) (2,950)", 0),
        ("Rent 310 305", 0),
        ("Wages 290 281", 0),
        ("2031 2030", 0),
        ("Fuel 41 39", 0),
        ("Freight 87 76", 0),
        ("2029 2028", 1),
        ("Shops 12 11", 1),
        ("Mills 4 5", 1),
    ]


def test_a_long_label_does_not_part_a_table(tmp_path: Path) -> None:
    def equity(canvas: Canvas) -> None:
        y = row(canvas, 700, "", "2031", "2030", font=BOLD)
        y = row(canvas, y, "Total liabilities", "4,503", "4,869")
        y = row(canvas, y, "Equity:")
        y = row(canvas, y, "Common stock, $0.25 par value; Authorized: 11,200 shares;")
        y = row(canvas, y, "Issued: 7,040 and 7,039 shares", "1,760", "1,759")
        row(canvas, y, "Retained earnings", "3,110", "3,044")

    draft = draft_pdf(make(tmp_path / "equity.pdf", equity))
    assert texts(draft, "row")[2:] == [
        "Equity:",
        "Common stock, $0.25 par value; Authorized: 11,200 shares; Issued: 7,040 and 7,039 shares"
        " 1,760 1,759",
        "Retained earnings 3,110 3,044",
    ]
    assert len(draft.tables) == 1


def test_a_label_in_capitals_goes_on_below_though_its_line_had_room(tmp_path: Path) -> None:
    def income(canvas: Canvas) -> None:
        y = row(canvas, 700, "", "2031", "2030", font=BOLD)
        y = row(canvas, y, "Less: net income of noncontrolling interests in the mills", "35", "23")
        y = row(canvas, y, "NET INCOME OF SHAREOWNERS OF", font=BOLD)
        write(canvas, 84, y, "THE MILL COMPANY", font=BOLD)
        row(canvas, y, "", "1,248", "6,527")

    draft = draft_pdf(make(tmp_path / "income.pdf", income))
    assert texts(draft, "row")[-1] == "NET INCOME OF SHAREOWNERS OF THE MILL COMPANY 1,248 6,527"


def test_figures_at_the_foot_of_a_high_cell_belong_to_the_label_at_its_top(tmp_path: Path) -> None:
    def flows(canvas: Canvas) -> None:
        y = row(canvas, 700, "(in millions)", "2031", "2030", font=BOLD)
        y = row(canvas, y, "Net change in cash", "(349)", "2")
        y = row(canvas, y, "Cash at the beginning")
        y = row(canvas, y, "", "737", "431")
        y = row(canvas, y, "Cash at the end", "388", "434")
        row(canvas, y, "", "1,125", "865")  # a sum that has no label

    draft = draft_pdf(make(tmp_path / "flows.pdf", flows))
    assert texts(draft, "row")[1:] == [
        "Net change in cash (349) 2",
        "Cash at the beginning 737 431",
        "Cash at the end 388 434",
        "1,125 865",
    ]


def test_heads_drawn_column_by_column_stand_over_their_columns(tmp_path: Path) -> None:
    def weeks(canvas: Canvas) -> None:
        canvas.setFont(BOLD, 10)
        for x, day, year in ((400, "August 29,", "2031"), (480, "August 30,", "2030")):
            canvas.drawRightString(x, 712, day)
            canvas.drawRightString(x, 700, year)
        y = row(canvas, 688, "REVENUE", font=BOLD)
        y = row(canvas, y, "Net sales", "$ 192", "$ 163")
        row(canvas, y, "Fees", "38", "35")

    draft = draft_pdf(make(tmp_path / "weeks.pdf", weeks))
    (table,) = draft.tables
    heads = [draft.text[slice(*span)] for span in table.header]
    assert heads == ["August 29, August 30,", "2031 2030"]
    assert texts(draft, "row")[-3:] == ["REVENUE", "Net sales $ 192 $ 163", "Fees 38 35"]


def test_the_labels_of_a_chart_keep_their_figures(tmp_path: Path) -> None:
    def pie(canvas: Canvas) -> None:
        write(canvas, 72, 700, *STRATEGY)
        for x, y, lines in (
            (80, 500, ("44%", "North", "America")),
            (200, 515, ("15%", "Greater", "China")),
            (320, 508, ("56%", "Wholesale")),
        ):
            write(canvas, x, y, *lines)

    draft = draft_pdf(make(tmp_path / "pie.pdf", pie))
    said = " ".join(draft.text.split())
    assert said.endswith("44% North America 15% Greater China 56% Wholesale")


def statement_without_note(canvas: Canvas) -> None:
    write(canvas, 210, 672, "CONSOLIDATED STATEMENTS OF INCOME", font=BOLD)
    write(canvas, 250, 660, "(in millions)")
    y = row(canvas, 624, "", "2031", "2030", font=BOLD)
    y = row(canvas, y, "Net sales", "$ 4,210", "$ 3,980")
    row(canvas, y, "Cost of sales", "(3,100)", "(2,950)")


def test_what_the_file_says_of_itself_becomes_hints(tmp_path: Path) -> None:
    def titled(canvas: Canvas) -> None:
        canvas.setTitle("Annual report 2031")
        canvas.setAuthor("Corner Grocers")
        business(canvas)

    hints = dict(draft_pdf(make(tmp_path / "titled.pdf", titled)).hints)
    assert hints["title"] == "Annual report 2031"
    assert hints["author"] == "Corner Grocers"
    assert len(hints["created"]) == len("2031-06-30")


def test_a_locked_file_says_that_it_needs_a_password(tmp_path: Path) -> None:
    lock = StandardEncryption("open sesame", canPrint=0)
    path = make(tmp_path / "locked.pdf", business, encrypt=lock)
    with pytest.raises(UnreadableFile, match=r"locked\.pdf: needs a password"):
        draft_pdf(path)


def test_an_owner_password_alone_does_not_lock_the_text(tmp_path: Path) -> None:
    lock = StandardEncryption("", ownerPassword="owner", canPrint=0)
    draft = draft_pdf(make(tmp_path / "owned.pdf", business, encrypt=lock))
    assert " ".join(STRATEGY) in texts(draft, "paragraph")


def test_a_scan_asks_for_ocr_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "is_installed", lambda: False)
    monkeypatch.setattr(pdf, "is_installed", lambda: False)
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(_grey()), 0, 0)
    canvas.save()
    wanted = r"scan\.pdf: no text layer; run OCR first: pip install 'askretail\[ocr\]', then ingest"
    with pytest.raises(UnreadableFile, match=wanted):
        draft.read_draft(path)


def _grey() -> object:
    from PIL import Image

    return Image.new("L", (40, 40), 128)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n\xff\x00 nothing", b"<html></html>"])
def test_bytes_that_are_no_pdf_are_named_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"broken\.pdf: not a readable PDF"):
        draft_pdf(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.pdf: cannot be opened"):
        draft_pdf(tmp_path / "gone.pdf")


def outlined(
    *entries: tuple[str, int], said: tuple[str, ...] = FREIGHT
) -> Callable[[Canvas], None]:
    """A page of plain words to which entries of the outline lead, each on its level."""

    def page(canvas: Canvas) -> None:
        for title, level in entries:
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)
        write(canvas, 72, 700, *said)

    return page


def test_the_outline_names_the_section_where_no_heading_is_printed(tmp_path: Path) -> None:
    pages = (
        outlined(("Costs", 0), ("Freight", 1), ("Fuel", 1)),
        outlined(said=STRATEGY),
        outlined(
            ("Out\tlook", 0), said=("Nothing else is planned for the year that begins in May.",)
        ),
    )
    draft = draft_pdf(make(tmp_path / "a.pdf", *pages))
    sections = [
        [b.section for b in draft.blocks if p.start <= b.start < p.end] for p in draft.pages
    ]
    assert sections == [[("Costs",)], [("Costs", "Fuel")], [("Out look",)]]


def test_a_printed_heading_goes_before_the_outline(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        outlined(("file-2.pdf", 0))(canvas)
        write(canvas, 72, 600, "Freight", font=BOLD)
        write(canvas, 72, 580, *FREIGHT)

    draft = draft_pdf(make(tmp_path / "a.pdf", page, outlined()))
    assert [block.section for block in draft.blocks] == [
        ("file-2.pdf",),
        ("Freight",),
        ("Freight",),
        ("Freight",),
    ]
