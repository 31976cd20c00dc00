from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft
from askretail_ingest.word import draft_word


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def memo(path: Path) -> Path:
    document = docx.Document()
    document.core_properties.title = "A memo"
    document.core_properties.author = "Desk"
    document.core_properties.created = datetime(2024, 3, 5)
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.add_heading("A memo on stores", 0)
    document.add_heading("Sales", 1)
    document.add_paragraph("They rose.")
    document.add_paragraph("open stores", style="List Bullet")
    document.add_paragraph("").add_run("Table 1. Sales (in millions)").bold = True
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows, (("", "2023", "2022"), ("Net sales", "10", "9"), ("x", "", "")), strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(2, 0).merge(table.cell(2, 2)).text = "Total for all"
    document.add_paragraph("").add_run("A bold line").bold = True
    document.add_paragraph("Last words.")
    document.save(str(path))
    return path


def test_headings_lists_and_tables_keep_their_order(tmp_path: Path) -> None:
    draft = draft_word(memo(tmp_path / "m.docx"))
    assert shown(draft) == [
        ("heading", "A memo on stores"),
        ("heading", "Sales"),
        ("paragraph", "They rose."),
        ("item", "open stores"),
        ("paragraph", "Table 1. Sales (in millions)"),
        ("row", "2023 | 2022"),
        ("row", "Net sales | 10 | 9"),
        ("row", "Total for all"),
        ("heading", "A bold line"),
        ("paragraph", "Last words."),
    ]
    assert draft.blocks[-1].section == ("A memo on stores", "Sales", "A bold line")
    (table,) = draft.tables
    assert table.title and draft.text[slice(*table.title)] == "Table 1. Sales (in millions)"
    assert [draft.text[slice(*head)] for head in table.header] == ["2023 | 2022"]


def test_properties_are_hints_and_running_heads_leave_the_text(tmp_path: Path) -> None:
    draft = draft_word(memo(tmp_path / "m.docx"))
    assert draft.hints == (
        ("title", "A memo"),
        ("author", "Desk"),
        ("created", "2024-03-05"),
        ("title", "A memo on stores"),
    )
    assert draft.pages[0].furniture == "Running head"
    assert "Running head" not in draft.text


def test_insertions_stay_and_deletions_and_hidden_words_go(tmp_path: Path) -> None:
    document = docx.Document()
    words = (
        f"<w:p {nsdecls('w')}><w:r><w:t>Sales </w:t></w:r><w:ins><w:r><w:t>rose</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>fell</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    )
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent>"
        "<w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    body = document.element.body
    body.insert(0, parse_xml(words))
    body.insert(1, parse_xml(control))
    document.save(str(tmp_path / "m.docx"))
    assert draft_word(tmp_path / "m.docx").text == "Sales rose.\n\nBoxed."


def test_a_broken_file_says_what_to_do(tmp_path: Path) -> None:
    path = memo(tmp_path / "m.docx")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableFile, match=r"m\.docx: a broken Word file; open it in Word"):
        draft_word(path)
