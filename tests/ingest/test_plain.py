from askretail_ingest.nouns import Draft
from askretail_ingest.plain import draft_text


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def test_lines_of_an_article_are_paragraphs_under_its_headings() -> None:
    draft = draft_text(
        "Two Rivals Meet\nThe first sold more.\nThe Second Act Begins Now\nIt sold less.\n"
    )
    assert shown(draft) == [
        ("heading", "Two Rivals Meet"),
        ("paragraph", "The first sold more."),
        ("heading", "The Second Act Begins Now"),
        ("paragraph", "It sold less."),
    ]
    assert draft.blocks[3].section == ("Two Rivals Meet", "The Second Act Begins Now")
    assert ("title", "Two Rivals Meet") in draft.hints


def test_lines_that_an_editor_broke_are_joined() -> None:
    draft = draft_text(
        "The retailer sold more in its stores and online than in the\n"
        "year before, because shoppers came more often and bought\nmore.\n\nA second paragraph."
    )
    assert shown(draft) == [
        (
            "paragraph",
            "The retailer sold more in its stores and online than in the year before, because "
            "shoppers came more often and bought more.",
        ),
        ("paragraph", "A second paragraph."),
    ]


def test_bullets_are_items_without_their_marks_and_numbers_stay() -> None:
    draft = draft_text(
        "Plans for the year:\n- open stores\n  in May\n• close two\n\n1. hire staff\n"
    )
    assert shown(draft) == [
        ("paragraph", "Plans for the year:"),
        ("item", "open stores in May"),
        ("item", "close two"),
        ("item", "1. hire staff"),
    ]


def test_an_underlined_line_is_a_heading() -> None:
    draft = draft_text("words of the head\n=================\n\nText follows here.")
    assert shown(draft)[0] == ("heading", "words of the head")


def test_a_table_keeps_its_rows_title_unit_and_heads() -> None:
    draft = draft_text(
        "Intro text ends here.\n\nTable 1. Sales (in millions)\n\n"
        "Segment      2023    2022\nGrocery     1,200   1,100\nHealth         90      80\n"
    )
    rows = [words for kind, words in shown(draft) if kind == "row"]
    assert rows == ["Segment | 2023 | 2022", "Grocery | 1,200 | 1,100", "Health | 90 | 80"]
    (table,) = draft.tables
    assert table.title and draft.text[slice(*table.title)] == "Table 1. Sales (in millions)"
    assert table.unit and draft.text[slice(*table.unit)] == "(in millions)"
    assert [draft.text[slice(*head)] for head in table.header] == ["Segment | 2023 | 2022"]


def test_a_pointer_to_another_article_is_no_heading() -> None:
    draft = draft_text("The Title Stands\nText is here.\nRead more: Ten Other Great Stories\nEnd.")
    assert ("paragraph", "Read more: Ten Other Great Stories") in shown(draft)


def test_blocks_are_visible_ordered_and_on_the_page() -> None:
    draft = draft_text("A Head\n\n  text \u00a0 here  \n\n\n- item\n\x0cPart Two\nlast\n")
    at = 0
    (page,) = draft.pages
    for block in draft.blocks:
        words = draft.text[block.start : block.end]
        assert at <= block.start and words == words.strip() and words
        assert page.start <= block.start < block.end <= page.end
        at = block.end
