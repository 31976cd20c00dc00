"""Layout worked out by hand: sheets made of lines, without a PDF."""

from askretail_ingest.furniture import part
from askretail_ingest.lines import Cell, Line, Sheet
from askretail_ingest.lost import LOST, mend


def line(text: str, top: float, x0: float = 72.0) -> Line:
    return Line((Cell(text, x0, x0 + 5.0 * len(text)),), top, top + 10)


def sheet(number: int, *lines: Line) -> Sheet:
    return Sheet(number, 612, 792, lines)


def labels(*feet: str) -> list[str]:
    sheets = [
        sheet(n, line(f"words of page number {n} alone", 300), line(foot, 760, 300))
        for n, foot in enumerate(feet, start=1)
    ]
    return [body.label for body in part(sheets)]


def test_printed_labels_are_read_as_they_stand() -> None:
    assert labels("i", "ii", "iii", "iv") == ["i", "ii", "iii", "iv"]
    assert labels("F-8", "F-9", "F-10") == ["F-8", "F-9", "F-10"]
    assert labels("A - 5", "A - 6") == ["A-5", "A-6"]
    assert labels("Page 3 of 9", "Page 4 of 9", "Page 5 of 9") == ["3", "4", "5"]
    assert labels("36 | CORNER, INC.", "37 | CORNER, INC.", "38 | CORNER, INC.") == [
        "36",
        "37",
        "38",
    ]


def test_a_number_that_does_not_count_on_is_no_label() -> None:
    assert labels("1,204", "88", "3") == ["", "", ""]


def test_a_head_that_wanders_down_the_page_is_text() -> None:
    sheets = [sheet(n, line("Walls of glass", 100 * n), line("end", 700)) for n in (1, 2, 3)]
    assert [body.furniture for body in part(sheets)] == [("end",), ("end",), ("end",)]
    assert all(body.sheet.lines[0].text == "Walls of glass" for body in part(sheets))


def test_lines_drawn_as_rules_leave_the_text() -> None:
    (body,) = part([sheet(1, line("________", 100), line("words", 300))])
    assert [each.text for each in body.sheet.lines] == ["words"]


def test_a_lost_f_comes_back_where_the_document_knows_the_word() -> None:
    (mended,) = mend([sheet(1, line("they differ", 100), line(f"it may dif{LOST}er", 120))])
    assert mended.lines[1].text == "it may differ"


def test_a_narrow_space_stays_where_the_word_is_unknown() -> None:
    (mended,) = mend([sheet(1, line(f"because of{LOST}rain", 100))])
    assert mended.lines[0].text == "because of rain"
