"""Excel workbooks: sheets as pages, cells as printed, places, heads, titles, notes, formulas."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from askretail_ingest.nouns import Draft
from askretail_ingest.read import read, read_draft


def drafted(folder: Path, *fills: Callable[[Worksheet], None]) -> Draft:
    """Return the draft of a workbook with a sheet for each function that fills one."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for fill in fills:
        fill(made.create_sheet(fill.__name__))
    made.save(folder / "book.xlsx")
    return read_draft(folder / "book.xlsx")


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def rows_of(draft: Draft) -> list[str]:
    return [words for kind, words in shown(draft) if kind == "row"]


def places(draft: Draft) -> list[tuple[str, str]]:
    return [
        (draft.text[start:].splitlines()[0], place)
        for table in draft.tables
        for start, place in table.places
    ]


def Sales(sheet: Worksheet) -> None:
    sheet["B2"] = "Net sales by segment"
    sheet["B3"] = "(in millions of dollars)"
    sheet["C4"], sheet["C5"], sheet["D5"], sheet["E5"] = "Year ended", 2023, 2022, "Change"
    sheet.merge_cells("C4:D4")
    for row, cells in enumerate(
        (("Stores", 61234, 58600.4, 0.045), ("Online", 8000, 6000, 1 / 3)), start=6
    ):
        for column, value in enumerate(cells, start=2):
            cell = sheet.cell(row, column, value)
            cell.number_format = "0.0%" if column == 5 else "#,##0"
    sheet["B9"] = "Source: annual report for 2023"


def test_a_sheet_gives_title_unit_heads_rows_and_notes(tmp_path: Path) -> None:
    draft = drafted(tmp_path, Sales)
    assert shown(draft) == [
        ("heading", "Sales"),
        ("heading", "Net sales by segment"),
        ("paragraph", "(in millions of dollars)"),
        ("row", "Year ended | Year ended"),
        ("row", "2023 | 2022 | Change"),
        ("row", "Stores | 61,234 | 58,600 | 4.5%"),
        ("row", "Online | 8,000 | 6,000 | 33.3%"),
        ("paragraph", "Source: annual report for 2023"),
    ]
    (table,) = draft.tables
    assert table.title and draft.text[slice(*table.title)] == "Net sales by segment"
    assert table.unit and draft.text[slice(*table.unit)] == "(in millions of dollars)"
    assert [draft.text[slice(*head)] for head in table.header] == [
        "Year ended | Year ended",
        "2023 | 2022 | Change",
    ]
    rows = [block for block in draft.blocks if block.kind == "row"]
    assert {block.section for block in rows} == {("Sales", "Net sales by segment")}


def test_a_row_is_placed_by_its_sheet_and_first_cell(tmp_path: Path) -> None:
    assert places(drafted(tmp_path, Sales))[2:] == [
        ("Stores | 61,234 | 58,600 | 4.5%", "Sales!B6"),
        ("Online | 8,000 | 6,000 | 33.3%", "Sales!B7"),
    ]


def test_every_sheet_is_a_page_with_its_name_and_hidden_ones_say_so(tmp_path: Path) -> None:
    def first(sheet: Worksheet) -> None:
        sheet.append(["Alpha", 1, 2])

    def empty(sheet: Worksheet) -> None:
        sheet.title = "nothing here"

    def second(sheet: Worksheet) -> None:
        sheet.title = "Q1 '24"
        sheet.sheet_state = "hidden"
        sheet.append(["Beta", 3, 4])

    draft = drafted(tmp_path, first, empty, second)
    assert [(page.number, page.label) for page in draft.pages] == [
        (1, "sheet first"),
        (2, "sheet nothing here"),
        (3, "sheet Q1 '24 (hidden)"),
    ]
    texts = [draft.text[page.start : page.end] for page in draft.pages]
    assert texts == ["first\nAlpha | 1 | 2", "", "Q1 '24\nBeta | 3 | 4"]
    assert places(draft)[-1] == ("Beta | 3 | 4", "'Q1 ''24'!A1")


def test_dates_currencies_and_signs_are_printed_as_a_person_sees_them(tmp_path: Path) -> None:
    def Prices(sheet: Worksheet) -> None:
        sheet.append(["Item", "Since", "Price", "Margin", "Units", "Open"])
        sheet.append(["Gold card", datetime(2023, 6, 1), 60, -0.036, 58_000_000, True])
        for cell, shape in zip(
            sheet[2][1:5], ("mmm-yy", '"$"#,##0.00', "0.0%;(0.0%)", '0.0,,"m"'), strict=True
        ):
            cell.number_format = shape

    row = rows_of(drafted(tmp_path, Prices))[1]
    assert row == "Gold card | Jun-23 | $60.00 | (3.6%) | 58.0m | TRUE"


def test_a_formula_gives_its_result_and_one_without_result_says_so(tmp_path: Path) -> None:
    def Sums(sheet: Worksheet) -> None:
        sheet.append(["Item", "2023", "2022"])
        sheet.append(["Stores", 7, 6])
        sheet.append(["Total", "=B2*2", "=C2*2"])

    drafted(tmp_path, Sums)
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"  # Excel would store the result beside the formula
    result = re.sub(rb"<f>B2\*2</f><v ?(?:/>|></v>)", rb"<f>B2*2</f><v>14</v>", parts[sheet])
    assert result != parts[sheet]
    parts[sheet] = result
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert rows_of(read_draft(path))[-1] == "Total | 14 | [not calculated]"


def test_two_tables_side_by_side_are_two_tables(tmp_path: Path) -> None:
    def Both(sheet: Worksheet) -> None:
        sheet.append(["Region", "2023", None, "Banner", "2023"])
        sheet.append(["North", 5, None, "Kids", 50])
        sheet.append(["South", 7, None, "Home", 70])

    draft = drafted(tmp_path, Both)
    assert rows_of(draft) == [
        "Region | 2023",
        "North | 5",
        "South | 7",
        "Banner | 2023",
        "Kids | 50",
        "Home | 70",
    ]
    assert len(draft.tables) == 2
    assert places(draft)[-1] == ("Home | 70", "Both!D3")


def test_the_properties_of_the_file_are_hints(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append(["North", 1, 2])
    made.properties.title, made.properties.creator = "Sales by region", "Desk"
    made.properties.created = datetime(2024, 3, 5, 10)
    made.save(tmp_path / "book.xlsx")
    assert read_draft(tmp_path / "book.xlsx").hints == (
        ("title", "Sales by region"),
        ("author", "Desk"),
        ("created", "2024-03-05"),
    )


@pytest.mark.parametrize("own", ["sidecar", "catalog"])
def test_sidecar_and_catalogue_describe_a_workbook(tmp_path: Path, own: str) -> None:
    drafted(tmp_path, Sales)
    if own == "sidecar":
        (tmp_path / "book.xlsx.meta.toml").write_text(
            'companies = ["Nike"]\nperiod = "Q2 FY2024"\n'
        )
    else:
        (tmp_path / "catalog.csv").write_text("file,companies,period\nbook.xlsx,Nike,Q2 FY2024\n")
    document = read(tmp_path / "book.xlsx").document
    assert (document.companies, str(document.period)) == (("Nike",), "Q2 FY2024")
