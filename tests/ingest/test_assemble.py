from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askretail_ingest.assemble import Assembly, looks_like_header, row_line
from askretail_ingest.marked import draft_marks
from askretail_ingest.nouns import Draft
from askretail_ingest.plain import draft_text
from askretail_ingest.web import draft_page


def test_prose_is_parted_by_an_empty_line_and_rows_by_a_line_break() -> None:
    assembly = Assembly()
    assembly.heading("Head", 1)
    assembly.paragraph("One.")
    assembly.paragraph("Two.")
    assembly.item("a")
    assembly.item("b")
    assembly.table([("x", "1"), ("y", "2")], header=0)
    assert assembly.finish().text == "Head\nOne.\n\nTwo.\n\na\nb\n\nx | 1\ny | 2"


def test_a_heading_closes_the_sections_of_its_level_and_below() -> None:
    assembly = Assembly()
    for text, level in (("A", 1), ("B", 2), ("C", 3), ("D", 2)):
        assembly.heading(text, level)
    assert [block.section for block in assembly.finish().blocks] == [
        ("A",),
        ("A", "B"),
        ("A", "B", "C"),
        ("A", "D"),
    ]


def test_a_unit_line_above_a_table_is_not_its_title() -> None:
    assembly = Assembly()
    assembly.heading("Cash flows", 1)
    assembly.paragraph("(in thousands)")
    assembly.table([("", "2023"), ("Net", "5")], header=1)
    draft = assembly.finish()
    (table,) = draft.tables
    assert table.title and draft.text[slice(*table.title)] == "Cash flows"
    assert table.unit and draft.text[slice(*table.unit)] == "(in thousands)"
    assert [draft.text[slice(*head)] for head in table.header] == ["2023"]


def test_long_prose_above_a_table_is_not_its_title() -> None:
    assembly = Assembly()
    assembly.heading("Sales", 1)
    assembly.paragraph("Many words. " * 40)
    assembly.table([("a", "1")], header=0)
    draft = assembly.finish()
    assert draft.tables[0].title == (0, 5)


def test_a_table_is_never_all_heads() -> None:
    assembly = Assembly()
    assembly.table([("a", "b")], header=1)
    assert assembly.finish().tables[0].header == ()


def test_a_row_is_one_line_without_empty_ends() -> None:
    assert row_line(["", " Net\nsales ", "", "1,2", ""]) == "Net sales | | 1,2"
    assert row_line(["", ""]) == ""


@pytest.mark.parametrize(
    ("cells", "is_header"),
    [
        (["", "2023", "2022"], True),
        (["", "January 28, 2023", "Q4 2022"], True),
        (["Measure", "FY2023", "FY22"], True),
        (["Name", "Age"], True),
        (["Net sales", "12", "10"], False),
        (["Only one"], False),
    ],
)
def test_years_and_words_head_columns_and_figures_do_not(cells: list[str], is_header: bool) -> None:
    assert looks_like_header(cells) is is_header


_SCRAPS = st.sampled_from(
    [
        *" \n\t|*#-<>&;.a1é•",
        "\n\n",
        "\r\n",
        "\u00a0",
        "\u2028",
        "\x00",
        "\ufeff",
        "\ud800",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "<table><tr><td>",
        "</td><td>$</td>",
        "</table>",
        "<p>",
        "<br>",
        "<h2>",
        "</h2>",
        "<li>",
        '<div style="display:none">',
        "</div>",
        "Sales  12  13\nCosts  1  2\n",
        "## Head\n",
        "- item\n",
        "1. one\n",
        "Title Words Here\n",
    ]
)


@pytest.mark.parametrize("draw", [draft_text, draft_marks, draft_page])
@settings(max_examples=150, deadline=None)
@given(text=st.lists(_SCRAPS, max_size=40).map("".join))
def test_every_reader_gives_visible_ordered_blocks_on_its_page(
    draw: Callable[[str], Draft], text: str
) -> None:
    draft = draw(text)
    draft.text.encode("utf-8")
    (page,) = draft.pages
    assert (page.number, page.start, page.end) == (1, 0, len(draft.text))
    at = 0
    for block in draft.blocks:
        words = draft.text[block.start : block.end]
        assert at <= block.start < block.end <= page.end
        assert words == words.strip() and "\n" not in words
        assert (block.kind == "row") == (block.table is not None)
        at = block.end
    for table in draft.tables:
        for span in (table.title, table.unit, *table.header):
            assert span is None or draft.text[slice(*span)].strip()
