"""Both engines read the same file; each stands in where the other fails."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from askretail_ingest import pdf
from askretail_ingest.lines import Sheet
from askretail_ingest.pdfium import PdfiumText
from askretail_ingest.pypdf_text import open_pypdf

LINES = ["Our members renew every year.", "Prices stay low in every town."]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "two.pdf"
    canvas = Canvas(str(place), pagesize=(612, 792))
    for _ in range(2):
        for n, line in enumerate(LINES):
            canvas.drawString(72, 700 - 14 * n, line)
        canvas.showPage()
    canvas.save()
    return place


def test_both_engines_read_the_same_lines(path: Path) -> None:
    with PdfiumText(path) as file:
        from_pdfium = [line.text for line in file.sheet(2).lines]
    from_pypdf = [line.text for line in open_pypdf(path).sheet(2).lines]
    assert from_pdfium == from_pypdf == LINES


def test_places_are_points_from_the_top_left(path: Path) -> None:
    with PdfiumText(path) as file:
        first, second = file.sheet(1).lines
    assert first.x0 == pytest.approx(72, abs=1)
    assert first.bottom == pytest.approx(792 - 700, abs=4)
    assert second.top - first.top == pytest.approx(14, abs=0.1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_lines_drawn_in_any_direction_stay_whole(tmp_path: Path, turned: int) -> None:
    path = tmp_path / "turned.pdf"
    canvas = Canvas(str(path), pagesize=(600, 600))
    canvas.translate(300, 300)
    canvas.rotate(turned)
    for n, line in enumerate(LINES):
        canvas.drawString(-200, 100 - 14 * n, line)
    canvas.showPage()
    canvas.setPageRotation(turned)
    canvas.save()
    with PdfiumText(path) as file:
        lines = sorted(file.sheet(1).lines, key=lambda line: line.top)
    assert [line.text for line in lines] == LINES
    assert [line.x0 for line in lines] == pytest.approx([100, 100], abs=1)


def test_pypdf_reads_the_page_that_pdfium_cannot(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = PdfiumText.sheet

    def blind_on_page_two(self: PdfiumText, number: int) -> Sheet:
        return read(self, number) if number == 1 else Sheet(2, 612, 792, ())

    monkeypatch.setattr(PdfiumText, "sheet", blind_on_page_two)
    draft = pdf.draft_pdf(path)
    second = draft.pages[1]
    assert draft.text[second.start : second.end].split() == " ".join(LINES).split()


def test_pdfium_mends_a_file_that_pypdf_refuses(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"startxref")])
    assert LINES[0] in pdf.draft_pdf(path).text
