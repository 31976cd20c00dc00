"""PowerPoint decks: slides as pages, in reading order, with notes, tables, charts and diagrams."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from askretail_ingest.nouns import Draft
from askretail_ingest.read import read, read_draft

TITLE_AND_BODY, TITLE_ONLY, BLANK = 1, 5, 6  # layouts of the usual template


def drafted(folder: Path, *fills: Callable[[Slide], None], layout: int = TITLE_ONLY) -> Draft:
    """Return the draft of a deck with a slide for each function that fills one."""
    deck = pptx.Presentation()
    for fill in fills:
        fill(deck.slides.add_slide(deck.slide_layouts[layout]))
    return saved(folder, deck)


def saved(folder: Path, deck: Presentation) -> Draft:
    deck.save(str(folder / "deck.pptx"))
    return read_draft(folder / "deck.pptx")


def box(slide: Slide, text: str, left: float, top: float) -> None:
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(0.5))
    shape.text_frame.text = text


def name(slide: Slide, title: str) -> None:
    shape = slide.shapes.title
    assert shape is not None
    shape.text = title


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def test_a_slide_is_read_from_top_to_bottom_and_left_to_right(tmp_path: Path) -> None:
    def fill(slide: Slide) -> None:
        box(slide, "Right above.", 5, 2)
        box(slide, "Below.", 1, 4)
        box(slide, "Left above.", 1, 2.1)
        name(slide, "Prices in 2023")

    assert shown(drafted(tmp_path, fill)) == [
        ("heading", "Prices in 2023"),
        ("paragraph", "Left above."),
        ("paragraph", "Right above."),
        ("paragraph", "Below."),
    ]


def test_the_body_of_a_slide_is_a_list(tmp_path: Path) -> None:
    def fill(slide: Slide) -> None:
        name(slide, "Prices")
        frame = slide.placeholders[1].text_frame
        frame.text = "Raised in spring"
        inner = frame.add_paragraph()
        inner.text, inner.level = "by 16%", 1

    draft = drafted(tmp_path, fill, layout=TITLE_AND_BODY)
    assert shown(draft)[1:] == [("item", "Raised in spring"), ("item", "by 16%")]


def test_slides_are_pages_with_their_number_and_hidden_ones_say_so(tmp_path: Path) -> None:
    def first(slide: Slide) -> None:
        name(slide, "One")

    def second(slide: Slide) -> None:
        name(slide, "Two")
        slide._element.set("show", "0")

    def bare(slide: Slide) -> None:
        box(slide, "The third speaks.", 1, 1)

    draft = drafted(tmp_path, first, second, bare)
    labels = [(page.number, page.label) for page in draft.pages]
    assert labels == [(1, "slide 1"), (2, "slide 2 (hidden)"), (3, "slide 3")]
    texts = [draft.text[page.start : page.end] for page in draft.pages]
    assert texts == ["One", "Two", "The third speaks."]


def test_what_the_speaker_says_is_a_section_of_its_own(tmp_path: Path) -> None:
    def fill(slide: Slide) -> None:
        name(slide, "Prices")
        box(slide, "Volume fell by 2%.", 1, 3)
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        frame.text = "Say why.\nSnacks held up."

    draft = drafted(tmp_path, fill)
    assert shown(draft)[2:] == [
        ("heading", "Notes"),
        ("paragraph", "Say why."),
        ("paragraph", "Snacks held up."),
    ]
    assert draft.blocks[1].section == ("Prices",)
    assert draft.blocks[-1].section == ("Prices", "Notes")


def test_a_table_gives_rows_with_column_heads(tmp_path: Path) -> None:
    def fill(slide: Slide) -> None:
        name(slide, "Sales (in millions)")
        frame = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2))
        for cells, words in zip(
            frame.table.rows,
            (("", "2023", "2022"), ("Stores", "612", "586"), ("Both years", "", "1,198")),
            strict=True,
        ):
            for cell, word in zip(cells.cells, words, strict=True):
                cell.text = word
        frame.table.cell(2, 0).merge(frame.table.cell(2, 1))

    draft = drafted(tmp_path, fill)
    assert shown(draft)[1:] == [
        ("row", "2023 | 2022"),
        ("row", "Stores | 612 | 586"),
        ("row", "Both years | | 1,198"),
    ]
    (table,) = draft.tables
    assert [draft.text[slice(*head)] for head in table.header] == ["2023 | 2022"]
    assert table.title and draft.text[slice(*table.title)] == "Sales (in millions)"
    assert table.unit and draft.text[slice(*table.unit)] == "(in millions)"


def test_a_chart_gives_its_figures_as_its_axis_prints_them(tmp_path: Path) -> None:
    def fill(slide: Slide) -> None:
        name(slide, "Prices")
        data = CategoryChartData(number_format="0.0%")
        data.categories = ["2022", "2023"]
        data.add_series("Price", (0.1, 0.16))
        data.add_series("Volume", (0, -0.025))
        place = (Inches(1), Inches(2), Inches(6), Inches(4))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
        chart.chart_title.text_frame.text = "Growth by year"

    assert shown(drafted(tmp_path, fill))[1:] == [
        ("paragraph", "Growth by year"),
        ("row", "Price | Volume"),
        ("row", "2022 | 10.0% | 0.0%"),
        ("row", "2023 | 16.0% | -2.5%"),
    ]


def test_shapes_of_a_group_come_together_and_footers_leave_the_text(tmp_path: Path) -> None:
    def fill(slide: Slide) -> None:
        name(slide, "Prices")
        box(slide, "Last line of the slide.", 1, 6)
        group = slide.shapes.add_group_shape()
        for text, top in (("Second of the group.", 5), ("First of the group.", 3)):
            shape = group.shapes.add_textbox(Inches(1), Inches(top), Inches(3), Inches(0.5))
            shape.text_frame.text = text
        layout = next(
            holder for holder in slide.slide_layout.placeholders if "Footer" in holder.name
        )
        slide.shapes.clone_placeholder(layout)
        slide.placeholders[layout.placeholder_format.idx].text = "Desk, spring 2023"

    draft = drafted(tmp_path, fill)
    assert [words for _, words in shown(draft)] == [
        "Prices",
        "First of the group.",
        "Second of the group.",
        "Last line of the slide.",
    ]
    assert draft.pages[0].furniture == "Desk, spring 2023"


def test_properties_and_the_first_title_are_hints_and_a_deck_is_a_presentation(
    tmp_path: Path,
) -> None:
    deck = pptx.Presentation()
    about = deck.core_properties
    about.title, about.author, about.created = "Nike and its prices", "Desk", datetime(2024, 3, 5)
    name(deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY]), "Prices in fiscal 2023")
    draft = saved(tmp_path, deck)
    assert draft.hints == (
        ("title", "Nike and its prices"),
        ("author", "Desk"),
        ("created", "2024-03-05"),
        ("title", "Prices in fiscal 2023"),
        ("type", "presentation"),
    )
    document = read(tmp_path / "deck.pptx", known=("Nike",)).document
    assert (document.doc_type, document.companies) == ("presentation", ("Nike",))
    (tmp_path / "catalog.csv").write_text("file,type,period\ndeck.pptx,brief,FY2023\n")
    document = read(tmp_path / "deck.pptx", known=("Nike",)).document
    assert (document.doc_type, str(document.period)) == ("brief", "FY2023")
