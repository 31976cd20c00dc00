"""CSV files of many programs: cells, heads, titles, notes, places and marks between cells."""

from pathlib import Path

import pytest

from askretail_ingest.nouns import Draft
from askretail_ingest.read import read, read_draft

PLAIN = """Costco warehouses (number)

Country,FY2022,FY2021
United States,578,564
"Korea, Republic of",17,16
Note: at the end of the fiscal year
"""


def drafted(folder: Path, data: str | bytes, name: str = "table.csv") -> Draft:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_draft(path)


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def test_title_heads_rows_and_notes_are_told_apart(tmp_path: Path) -> None:
    draft = drafted(tmp_path, PLAIN)
    assert shown(draft) == [
        ("heading", "Costco warehouses (number)"),
        ("row", "Country | FY2022 | FY2021"),
        ("row", "United States | 578 | 564"),
        ("row", "Korea, Republic of | 17 | 16"),
        ("footnote", "Note: at the end of the fiscal year"),
    ]
    (table,) = draft.tables
    assert table.title and draft.text[slice(*table.title)] == "Costco warehouses (number)"
    assert [draft.text[slice(*head)] for head in table.header] == ["Country | FY2022 | FY2021"]
    assert [page.number for page in draft.pages] == [1]


def test_each_row_knows_its_line_in_the_file(tmp_path: Path) -> None:
    draft = drafted(tmp_path, 'Item,Note\nStores,"one\ntwo"\nOnline,three\nMail,four\n')
    (table,) = draft.tables
    places = [(draft.text[start:].splitlines()[0], place) for start, place in table.places]
    assert places == [
        ("Item | Note", "line 1"),
        ("Stores | one two", "line 2"),
        ("Online | three", "line 4"),
        ("Mail | four", "line 5"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Item,2023,2022\nStores,612,586\n", "t.csv"),
        ("Item;2023;2022\r\nStores;612;586\r\n", "t.csv"),
        ("Item\t2023\t2022\nStores\t612\t586\n", "t.tsv"),
        ("Item\t2023\t2022\nStores\t612\t586\n", "t.csv"),
        ("Item|2023|2022\nStores|612|586\n", "t.csv"),
        ("sep=;\r\nItem;2023;2022\r\nStores;612;586\r\n", "t.csv"),
        ('"Item","2023","2022"\r"Stores","612","586"\r', "t.csv"),
    ],
)
def test_every_usual_mark_between_cells_is_found(tmp_path: Path, text: str, name: str) -> None:
    assert [words for _, words in shown(drafted(tmp_path, text, name))] == [
        "Item | 2023 | 2022",
        "Stores | 612 | 586",
    ]


def test_a_comma_inside_of_figures_is_no_mark_between_cells(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Region;Share;Growth\nNorth;1,5;2,5\nSouth;3,5;4,5\n")
    assert shown(draft)[1:] == [("row", "North | 1,5 | 2,5"), ("row", "South | 3,5 | 4,5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    draft = drafted(tmp_path, "Café,Größe\nNestlé,12 €\nDanone,9 €\n".encode(encoding))
    assert [words for _, words in shown(draft)] == ["Café | Größe", "Nestlé | 12 €", "Danone | 9 €"]


def test_empty_rows_and_columns_part_tables_but_not_a_gap_in_one(tmp_path: Path) -> None:
    text = "Stores,2023,2022\nNorth,5,4\n,,\nSouth,7,6\n\nStaff,2023\nNorth,50\n"
    draft = drafted(tmp_path, text)
    heads = [[draft.text[slice(*head)] for head in table.header] for table in draft.tables]
    assert heads == [["Stores | 2023 | 2022"], ["Staff | 2023"]]
    assert [words for _, words in shown(draft)] == [
        "Stores | 2023 | 2022",
        "North | 5 | 4",
        "South | 7 | 6",
        "Staff | 2023",
        "North | 50",
    ]


def test_lines_without_cells_are_read_as_text(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Sales rose.\n\nCosts fell.\n")
    assert shown(draft) == [("paragraph", "Sales rose."), ("paragraph", "Costs fell.")]


def test_a_short_row_keeps_its_cells_under_their_heads(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Item,2023,2022\nStores,,586\nOnline,80\n")
    assert [words for _, words in shown(draft)][1:] == ["Stores | | 586", "Online | 80"]


def test_the_catalogue_and_the_name_say_what_a_table_is(tmp_path: Path) -> None:
    path = tmp_path / "Costco_2022_warehouses.csv"
    path.write_text(PLAIN)
    named = read(path, known=("Costco",)).document
    assert (named.companies, str(named.period)) == (("Costco",), "FY2022")
    assert named.title == "Costco warehouses (number)"
    (tmp_path / "catalog.csv").write_text(
        f"file,companies,period,type,title\n{path.name},Costco;Walmart,FY2021,brief,Halls\n"
    )
    document = read(path).document
    assert (document.title, document.companies, document.doc_type) == (
        "Halls",
        ("Costco", "Walmart"),
        "brief",
    )
    assert str(document.period) == "FY2021"
