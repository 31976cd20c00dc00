"""Quoted rows as a small table."""

import html
import re

from askretail_ui import tabular

from .fake import cite, document
from .test_render import HOSTILE, tags, words
from .test_rows import DOCUMENT

FRAME = (
    ("title", "Table 4. Net sales by segment"),
    ("unit", "(in millions)"),
    ("header", "Fiscal years ended January 31, 2022 2021"),
)
LINK = '<a href="#src-1-1">1</a>'


def grid(markup: str) -> list[list[str]]:
    """The words of each cell, row by row."""
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", markup)
    ]


def quoted(markup: str) -> list[str]:
    """The words of the rows that are marked as quoted."""
    found = re.findall(r'<tr class="ar-quoted">(.*?)</tr>', markup)
    return [words(row.replace("</th>", " ").replace("</td>", " ")).strip() for row in found]


def test_a_quoted_row_stands_under_its_heads_with_the_link_to_its_card() -> None:
    shown = tabular.quoted_html([(cite(DOCUMENT, "Stores $ 612 $ 586", *FRAME), LINK)])
    assert grid(shown) == [
        ["Fiscal years ended January 31,", "2022", "2021", ""],
        ["Stores", "$ 612", "$ 586", "1"],
    ]
    assert LINK in shown
    assert "Table 4. Net sales by segment (in millions)" in words(shown)


def test_rows_of_one_table_stand_together_and_each_is_marked() -> None:
    cited = [
        (cite(DOCUMENT, quote, *FRAME), LINK) for quote in ("Stores $ 612 $ 586", "Online 80 60")
    ]
    shown = tabular.quoted_html(cited)
    assert quoted(shown) == ["Stores $ 612 $ 586 1", "Online 80 60 1"]
    assert shown.count("<table>") == 1


def test_only_the_quoted_row_is_marked_between_its_neighbours() -> None:
    shown = tabular.in_context_html(cite(DOCUMENT, "Online 80 60", *FRAME))
    assert [row[0] for row in grid(shown)[1:]] == ["Stores", "Online", "Wholesale", "Total"]
    assert quoted(shown) == ["Online 80 60"]
    assert re.findall(r"<mark>(.*?)</mark>", shown) == ["Online", "80", "60"]


def test_every_figure_stands_under_the_head_of_its_year() -> None:
    shown = tabular.in_context_html(cite(DOCUMENT, "Online 80 60", *FRAME))
    heads, *rows = grid(shown)
    by_label = {row[0]: dict(zip(heads[1:], row[1:], strict=True)) for row in rows}
    assert by_label["Online"] == {"2022": "80", "2021": "60"}
    assert by_label["Wholesale"] == {"2022": "(7)", "2021": "5"}


def test_heads_that_do_not_fit_span_the_table_instead_of_naming_wrong_columns() -> None:
    doc = document("t.txt", "one\nSegment Sales Share Rank\nOnline 80 60\n")
    header = ("header", "Segment Sales Share Rank")
    shown = tabular.quoted_html([(cite(doc, "Online 80 60", header), LINK)])
    assert '<td class="ar-span" colspan="4">Segment Sales Share Rank</td>' in shown
    assert '<th scope="col"' not in shown


def test_a_row_with_fewer_figures_is_filled_up_on_the_right() -> None:
    doc = document("t.txt", "one\nA 2022 2021\nB 5\nOnline 80 60\n")
    cited = [
        (cite(doc, quote, ("header", "A 2022 2021")), LINK) for quote in ("Online 80 60", "B 5")
    ]
    assert grid(tabular.quoted_html(cited))[2] == ["B", "5", "", "1"]


def test_the_table_has_a_name_and_its_cells_their_scopes() -> None:
    shown = tabular.in_context_html(cite(DOCUMENT, "Online 80 60", *FRAME))
    label = re.search(r'aria-label="(.*?)"', shown)
    assert label is not None and html.unescape(label[1]) == "Table in t.txt"
    assert shown.count('scope="col"') == 3
    assert shown.count('scope="row"') == 4


def test_markup_in_a_row_its_heads_and_its_neighbours_is_shown_as_text() -> None:
    plain = tags(tabular.in_context_html(cite(DOCUMENT, "Online 80 60", *FRAME)))
    for text in HOSTILE:
        lines = [f"{text} 2022 2021", f"{text} 1 2", "Online 80 60", f"{text} 3 4"]
        doc = document("t.txt", "one\n" + "\n".join(lines) + "\n", title=text)
        citation = cite(doc, "Online 80 60", ("header", lines[0]), ("title", lines[1]))
        for shown in (tabular.in_context_html(citation), tabular.quoted_html([(citation, "")])):
            assert tags(shown) <= plain
            assert text in words(shown)
        mean = cite(doc, lines[1], ("header", lines[0]))
        assert tags(tabular.in_context_html(mean)) <= plain
