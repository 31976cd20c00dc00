"""The measures of reading, on pages whose right figures can be worked out by hand."""

import doctest
import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from askretail_eval import fidelity_cover, fidelity_numbers, fidelity_words
from askretail_eval.fidelity import main
from askretail_eval.fidelity_boxes import (
    boxes_right,
    draw,
    same_letters,
    spots_of,
    twins_of,
    twins_right,
    under,
    words_at,
)
from askretail_eval.fidelity_cost import Reading, reading_apart
from askretail_eval.fidelity_cover import anonymous, judged, says_date
from askretail_eval.fidelity_engines import compare, in_common, spread
from askretail_eval.fidelity_first import first_answer, nearest
from askretail_eval.fidelity_items import items_found, printed_items
from askretail_eval.fidelity_numbers import Printed, column_heads, load_printed, numbers_found
from askretail_eval.fidelity_pdf import (
    Letter,
    join,
    letters_of,
    page_count,
    pdfium_pages,
    pdfium_pages_apart,
    pypdf_pages,
)
from askretail_eval.fidelity_score import Item, score, score_table
from askretail_eval.fidelity_trouble import Trouble, costs, ended_well, read_troubles, text_kept
from askretail_eval.fidelity_words import Copied, quotes_found, words_found
from askretail_eval.questions import Gold, Question
from askretail_index.embed import load_embedder
from askretail_ingest.catalog import CatalogRow
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Block, Draft, Metadata, Page, Period, Table
from askretail_ingest.pdf_boxes import Box
from askretail_ingest.read import read_draft

ONE = "The mill sold 612 tons of flour, and prices held."
TWO = "Costs fell in every region of the land in 2031."


def pdf(path: Path, *pages: Sequence[str]) -> Path:
    """Write a PDF with these lines on its pages."""
    canvas = Canvas(str(path), pagesize=(600, 800))
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(60, 700 - 40 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def draft(*blocks: tuple[str, tuple[str, ...]]) -> Draft:
    """Return one page of paragraphs, each with its section."""
    text, made = "", []
    for words, section in blocks:
        made.append(Block("paragraph", len(text), len(text) + len(words), section))
        text += f"{words}\n"
    return Draft(text, (Page(1, "", 0, len(text)),), tuple(made))


def values(items: Sequence[Item]) -> list[float]:
    return [item.value for item in items]


def test_the_examples_in_the_docstrings_hold() -> None:
    for module in (fidelity_words, fidelity_cover, fidelity_numbers):
        assert doctest.testmod(module).failed == 0


def test_a_score_meets_its_target_at_the_target_and_not_below() -> None:
    items = [Item("a", 1.0), Item("b", 0.5), Item("c", 0.0)]
    assert score("half", items, target=0.5).met
    assert not score("half", items, target=0.51).met
    assert [item.place for item in score("half", items, target=0.5).short] == ["c", "b"]
    (row,) = score_table("Table", [score("half", items, target=0.6)]).rows
    assert row == ("half", "3", "50.0% [0.0%, 100.0%]", "60% (missed)")
    with pytest.raises(ValueError, match="half: expected at least one item"):
        score("half", [], target=1.0)


def test_a_quote_counts_when_its_letters_and_figures_stand_on_its_page() -> None:
    drafts = {"mill": draft(("Flour sales: $612 mil-\nlion, up 5 %.", ()))}
    asked = [
        Question(quote, "fact", "?", evidence=((Gold("mill", 1, quote),),))
        for quote in ("sales $612 million up 5%", "sales $613 million", "sales 612 million")
    ]
    found = list(quotes_found(asked, drafts))
    assert values(found) == [1.0, 0.0, 0.0]
    assert (found[1].place, found[1].note) == ("mill p. 1", "sales $613 million")


MILL = """Year Ended May 31, 2031 2030
Flour $ 612 $ 586
Costs of mills, net of $7 and $6 (41) (39)
Bran 12
Other (1) 88 90"""


def mill() -> Draft:
    """Return one page that is a table of two years."""
    blocks, start = [], 0
    for text in MILL.split("\n"):
        blocks.append(Block("row", start, start + len(text), (), 0))
        start += len(text) + 1
    table = Table(header=((0, MILL.index("\n")),))
    return Draft(MILL, (Page(1, "", 0, len(MILL)),), tuple(blocks), (table,))


@pytest.mark.parametrize(
    ("label", "year", "value", "right"),
    [
        ("Flour", "2030", "586", True),
        ("Flour", "2031", "586", False),  # the other year's
        ("Flour sales", "2031", "612", False),
        ("Flo", "2031", "612", False),
        ("Costs of mills, net of $7 and $6", "2030", "-39", True),
        ("Costs of mills, net of $7 and $6", "2030", "39", False),
        ("Other", "2031", "88", True),
        ("Bran", "2031", "12", False),  # whose year it is cannot be told
        ("Flour", "2029", "586", False),
    ],
)
def test_a_figure_counts_in_its_row_under_its_year(
    label: str, year: str, value: str, right: bool
) -> None:
    asked = [Printed("mill", 1, label, year, 1, Decimal(value))]
    (item,) = numbers_found(asked, {"mill": mill()})
    assert item.value == float(right), item.note


def test_columns_of_the_same_year_are_told_apart_by_their_order() -> None:
    heads = ["Three Months Six Months", "May 7, 2023 May 8, 2022 May 7, 2023 May 8, 2022"]
    assert column_heads(heads) == ["2023", "2022", "2023", "2022"]
    assert column_heads(["FISCAL 2022 FISCAL 2021 % CHANGE"]) == ["2022", "2021", "change"]
    assert column_heads(["(in millions)"]) == []


def test_at_least_160_figures_of_40_pages_of_12_companies_are_kept() -> None:
    printed = load_printed()
    assert len(printed) >= 160
    assert len({(one.doc, one.page) for one in printed}) >= 40
    assert len({one.doc.split("_")[0] for one in printed}) == 12
    assert len({(p.doc, p.page, p.label, p.year, p.nth) for p in printed}) == len(printed)
    first = printed[0]
    assert (first.label, first.year, first.value) == ("Net product sales", "2015", Decimal(79268))


def test_words_count_as_often_as_they_were_copied() -> None:
    drafts = {"mill": draft(("Flour 5 5 and bran", ()))}
    (item,) = words_found([Copied(Gold("mill", 1), "flour 5 5 5 and rye")], drafts)
    assert item.value == pytest.approx(4 / 6)


def test_an_item_counts_when_it_begins_once_and_in_its_place() -> None:
    one, two, three = (f"Item {n}. Words" for n in (1, 2, 3))
    right = draft(("a", ("Part I", one)), ("b", (one, "Mills")), ("c", (two,)))
    assert values(list(items_found("x", right, ["1", "2", "3"]))) == [1.0, 1.0, 0.0]
    twice = draft(("a", (one,)), ("b", (two,)), ("c", (one,)), ("d", (three,)))
    assert values(list(items_found("x", twice, ["1", "2", "3"]))) == [0.0, 0.0, 1.0]
    turned = draft(("a", (two,)), ("b", (one,)))
    assert [(i.value, i.note) for i in items_found("x", turned, ["1", "2"])] == [
        (1.0, ""),
        (0.0, "out of order"),
    ]


def test_only_items_that_begin_a_line_are_expected() -> None:
    text = "ITEM 1. Business\n see Item 3\n| Item 7A: Risk\nItems 4 to 6"
    assert printed_items(text) == ["1", "7A"]


def about(company: str, kind: str, period: Period | None, published: str = "") -> Metadata:
    return Metadata("", (company,), company, period, kind, published)


COVER = "For the quarterly period ended J uly 29 , 2031. Date of report (reported): May 3, 2032"


def test_a_filing_is_judged_by_the_catalogue_its_name_and_its_cover() -> None:
    row = CatalogRow(("Costco",), "2031", "10q")
    name = "COSTCO_2031Q2_10Q.pdf"
    period = Period(2031, 2, "2031-07-29")
    right = judged(about("Costco Wholesale", "10-Q", period), name, row, COVER)
    assert set(right.values()) == {True}
    other = about("Kroger", "10-K", Period(2031, 3, "2031-07-30"))
    assert set(judged(other, name, row, COVER).values()) == {False}


def test_a_year_named_by_its_beginning_is_right_for_those_who_name_it_so() -> None:
    row = CatalogRow(("Foot Locker",), "2032", "10k")
    of_2031 = about("Foot Locker", "10-K", Period(2031))
    assert judged(of_2031, "F_2032_10K.pdf", row, "")["year and quarter"]
    report = CatalogRow(("Foot Locker",), "2032", "8k")
    event = about("Foot Locker", "8-K", Period(2032), "2032-05-03")
    assert set(judged(event, "F_2032_8K.pdf", report, COVER).values()) == {True}


def test_a_date_far_from_its_word_does_not_count() -> None:
    far = "ended " + "many words " * 10 + "May 3, 2032"
    assert not says_date(far, "2032-05-03", after="ended")
    assert not says_date("ended May 3, 2032", "", after="ended")


def test_a_name_without_meaning_keeps_its_ending() -> None:
    hidden = anonymous("COSTCO_2031_10K.pdf")
    assert hidden.suffix == ".pdf"
    assert "COSTCO" not in hidden.name.upper()


def ended(name: str, text: str = "", error: str = "", **cost: float) -> Trouble:
    seconds, memory = cost.get("seconds", 1.0), cost.get("mb", 50.0)
    return Trouble(name, Reading(text, error, seconds, memory), "flour " * 20)


def test_text_or_one_clear_line_is_a_good_end_within_time_and_memory() -> None:
    troubles = [
        ended("a.pdf", text="flour " * 19),
        ended("b.pdf", error="b.pdf: needs a password; save a copy without one"),
        ended("c.pdf", error="c.pdf: its reader failed (killed by signal 11); save it again"),
        ended("d.pdf", error="two\nlines"),
        ended("e.pdf", text="flour " * 17, seconds=31.0),
        ended("f.pdf", text="flour " * 20, mb=1100.0),
    ]
    assert values(list(ended_well(troubles))) == [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert values(list(text_kept(troubles))) == [1.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    assert costs(troubles) == (("slowest", "31.0 s (e.pdf)"), ("largest", "1100 MB (f.pdf)"))


def test_a_file_of_few_letters_asks_for_no_text() -> None:
    bare = Trouble("a.pdf", Reading("", "a.pdf: no text layer", 1.0, 50.0), "flour " * 9)
    assert list(text_kept([bare])) == []


def test_troubles_are_read_in_processes_of_their_own(tmp_path: Path) -> None:
    good = pdf(tmp_path / "good.pdf", [ONE, TWO])
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    first, second = read_troubles([good, bad])
    assert (ONE in first.reading.text, first.reading.error) == (True, "")
    assert ONE in first.plain
    assert 10 < first.reading.child_mb < 1024
    assert second.reading.error.startswith("bad.pdf: ")
    assert (second.reading.text, second.plain) == ("", "")


def test_both_engines_give_the_words_of_a_page(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [ONE], [TWO])
    assert [page.strip() for page in pdfium_pages(path)] == [ONE, TWO]
    assert [page.strip() for page in pypdf_pages(path, most=1)] == [ONE]
    assert pdfium_pages_apart(path) == pdfium_pages(path)
    compared = compare(path)
    assert (compared.name, compared.pages) == ("a", 2)
    assert (compared.of_pypdf, compared.of_pdfium) == (1.0, 1.0)


def test_words_in_common_count_page_by_page() -> None:
    left = [Counter("abcd"), Counter("x")]
    right = [Counter("ab"), Counter("yx")]
    assert in_common(left, right) == (3 / 5, 3 / 4)


def test_files_are_taken_at_equal_steps() -> None:
    paths = [Path(name) for name in "abcdefg"]
    assert spread(paths, 3) == [Path("a"), Path("c"), Path("e")]
    assert spread(paths, 9) == paths


def test_files_are_joined_up_to_the_pages_wanted(tmp_path: Path) -> None:
    two = pdf(tmp_path / "two.pdf", [ONE], [TWO])
    three = pdf(tmp_path / "three.pdf", [ONE], [TWO], ["End"])
    made = join([two, three], tmp_path / "made.pdf", pages=4)
    assert [page.strip() for page in pdfium_pages(made)] == [ONE, TWO, ONE, TWO]
    assert nearest([two, three], 9) == three
    assert page_count(three) == 3


def test_words_under_boxes_are_those_whose_middle_lies_in_one() -> None:
    letters = [Letter("a", 0.1, 0.1), Letter("b", 0.3, 0.1), Letter("c", 0.3, 0.5)]
    assert under([Box(0.0, 0.0, 0.2, 0.2), Box(0.2, 0.4, 0.2, 0.2)], letters) == "ac"


def test_letters_are_the_same_whatever_spaces_hyphens_and_a_lost_f_do() -> None:
    assert same_letters("dif er- ent", "different")
    assert not same_letters("612", "61")
    assert not same_letters("", "")


def test_boxes_around_the_words_of_a_span_are_right(tmp_path: Path) -> None:
    pdf(tmp_path / "mill.pdf", [ONE, "Flour 612", "Bran 586", "Flour 612", TWO])
    drafts = {"mill": read_draft(tmp_path / "mill.pdf")}
    spots = list(spots_of("mill", drafts["mill"]))
    assert [words_at(spot, drafts) for spot in spots] == [
        ONE,
        "Flour 612",
        "Bran 586",
        "Flour 612",
        TWO,
    ]
    assert twins_of(spots, drafts) == [(spots[1], spots[3])]
    (item,) = twins_right([(spots[1], spots[3])], drafts, tmp_path)
    assert (item.value, item.note) == (1.0, "2 spans, 2 boxed")
    (turned,) = twins_right([(spots[3], spots[1])], drafts, tmp_path)
    assert turned.value == 0.0
    assert values(list(boxes_right(spots, drafts, tmp_path))) == [1.0] * 5


def test_boxes_are_wrong_where_the_page_says_something_else(tmp_path: Path) -> None:
    pdf(tmp_path / "mill.pdf", [ONE])
    drafts = {"mill": draft((TWO, ()))}
    (item,) = boxes_right(spots_of("mill", drafts["mill"]), drafts, tmp_path)
    assert (item.value, item.note) == (0.0, "no box")


def test_letters_lie_where_a_turned_page_shows_them(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(pdf(tmp_path / "a.pdf", ["I"])) as file:
        file[0].set_rotation(90)
        file.save(tmp_path / "b.pdf")
    upright, turned = (letters_of(tmp_path / name, 1)[0] for name in ("a.pdf", "b.pdf"))
    assert (turned.x, turned.y) == pytest.approx((1 - upright.y, upright.x), abs=1e-4)


def test_the_same_seed_draws_the_same_spans_in_order() -> None:
    spots = list(spots_of("mill", draft(*[(f"Words {n}.", ()) for n in range(40)])))
    once = draw(spots, 10, seed=1)
    assert once == draw(spots, 10, seed=1) == sorted(once)
    assert once != draw(spots, 10, seed=2)
    assert draw(spots, 99, seed=1) == spots


def test_what_a_reader_costs_is_told_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    told = reading_apart(tmp_path / "none.pdf")
    assert "none.pdf" in told.error
    assert told.text == ""


@pytest.mark.model
def test_words_find_a_page_before_its_ingest_is_over(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", ["Net sales rose and cost of sales fell, as planned."])
    first = first_answer(path, tmp_path / "library", load_embedder())
    assert first.pages == 1
    assert 0 < first.seconds < 60


ITEMS = ["Item 1. Business", ONE, "Item 2. Properties", TWO, "Item 3. Legal Proceedings", "None."]


def lay_out(folder: Path) -> None:
    """Write a folder of the form that the command reads: one filing of each kind."""
    for name in ("filings", "questions", "html", "pdf-trouble"):
        (folder / name).mkdir()
    pdf(folder / "filings" / "MILL_2031_10K.pdf", ITEMS)
    catalog = "file,companies,period,type\nMILL_2031_10K.pdf,Mill,2031,10k\n"
    (folder / "filings" / "catalog.csv").write_text(catalog)
    headed = "".join(f"<h2>{head}</h2><p>{words}</p>" for head, words in [ITEMS[:2], ITEMS[2:4]])
    (folder / "html" / "a.html").write_text(f"<html><body>{headed}</body></html>")
    sections = [{"identifier": "1"}, {"identifier": "2"}, {"identifier": "9"}]
    (folder / "html" / "a.sections.json").write_text(json.dumps(sections))
    pdf(folder / "pdf-trouble" / "odd.pdf", [ONE, TWO])
    gold = {"doc": "MILL_2031_10K", "page": 1}
    asked = {
        "id": "q",
        "type": "fact",
        "question": "How much?",
        "evidence": [[gold | {"quote": ONE}]],
    }
    copied = {"id": "f", "question": "How?", "evidence": [gold | {"text": "612 tons of rye"}]}
    for name, row in (("retail-strategy-dev", asked), ("financebench-dev", copied)):
        (folder / "questions" / f"{name}.jsonl").write_text(json.dumps(row))


def test_the_command_writes_its_section_and_names_what_falls_short(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(tmp_path)
    results = tmp_path / "results.md"
    parts = ["text", "sections", "metadata", "trouble", "engines"]
    assert main([str(tmp_path), "--only", *parts, "--results", str(results)]) == 1
    text = results.read_text("utf-8")
    assert "## reading" in text
    assert "| gold quotes in our text of their page | 1 | 100.0% [100.0%, 100.0%] | 100% |" in text
    assert "| words of copied evidence in our text of its page | 1 | 75.0%" in text
    assert "| listed sections of HTML filings | 3 | 66.7%" in text
    assert "| items of 1 annual reports as PDF | 3 | 100.0%" in text
    assert "| odd PDFs: text or one clear error, in time | 1 | 100.0%" in text
    assert "| MILL_2031_10K | 1 |" in text
    said = capsys.readouterr().out
    assert "listed sections of HTML filings: a item 9: 0.0% begun 0 times\n" in said


def test_a_folder_without_filings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="holds no folder 'filings'"):
        main([str(tmp_path)])
