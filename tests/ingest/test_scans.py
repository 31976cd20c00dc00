"""Scans of our own sample, read by OCR; and what is said where the extra is missing."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from askretail_index import apart
from askretail_index.apart import draft_apart
from askretail_ingest import draft, find, ocr, pdf, picture
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.pdf_boxes import Box, page_image
from askretail_ingest.pdf_scan import scanned_pages
from askretail_ingest.read import no_text_layer, read, read_draft
from askretail_ingest.sentences import sentences

from ..conftest import ROOT, absent

SAMPLE = Path(str(files("askretail_ingest") / "sample" / "walmart-healthcare-brief.pdf"))
ROWS = (
    ("(in millions)", "2031", "2030"),
    ("Grocery sales", "$ 12,604", "$ 11,873"),
    ("Fuel sales", "3,118", "2,960"),
    ("Membership fees", "416", "397"),
)
REAL = "pikepdf+pikepdf__tests__resources__congress.pdf"
SENTENCE = "The mill opened twelve shops in the year and closed three of them in May."


@pytest.fixture
def engine() -> None:
    """The extra, which CI must have."""
    if importlib.util.find_spec("rapidocr") is None:
        absent("no rapidocr: pip install 'askretail[ocr]'")


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lacks the extra."""
    for module in (apart, draft, find, ocr, pdf, picture):
        monkeypatch.setattr(module, "is_installed", lambda: False)


def photograph(path: Path, number: int) -> Image.Image:
    """Draw a page as a scanner would: 150 a inch, grey, a little blurred."""
    with pypdfium2.PdfDocument(path) as file:
        drawn = file[number - 1].render(scale=150 / 72).to_pil()
    return drawn.convert("L").filter(ImageFilter.GaussianBlur(0.6))


def scan(path: Path, *pictures: Image.Image | str) -> Path:
    """Write a PDF whose pages are pictures; a string becomes a page with a text layer."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    for one in pictures:
        if isinstance(one, str):
            canvas.drawString(60, 700, one)
        else:
            canvas.drawImage(ImageReader(one), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return path


def table() -> Image.Image:
    """Draw a page with a sentence and a table."""
    drawn = Image.new("L", (1275, 1650), 255)
    pen, font = ImageDraw.Draw(drawn), ImageFont.load_default(26)
    pen.text((120, 150), SENTENCE, fill=20, font=font)
    for row, cells in enumerate(ROWS):
        for x, cell in zip((120, 800, 1000), cells, strict=True):
            pen.text((x, 300 + 44 * row), cell, fill=20, font=font)
    return drawn


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def text_of(path: Path, number: int) -> str:
    with pypdfium2.PdfDocument(path) as file:
        text: str = file[number - 1].get_textpage().get_text_bounded()
    return text


def said_in(path: Path, number: int, boxes: tuple[Box, ...]) -> str:
    """The words of the page that was photographed, inside boxes on its photograph."""
    with pypdfium2.PdfDocument(path) as file:
        page = file[number - 1]
        width, height = page.get_size()
        read_back = (
            page.get_textpage().get_text_bounded(
                box.left * width,
                (1 - box.top - box.height) * height,
                (box.left + box.width) * width,
                (1 - box.top) * height,
            )
            for box in boxes
        )
        return " ".join(" ".join(read_back).split())


def some(text: str) -> list[str]:
    """Return the first and the last long sentence of a text."""
    found = [text[start:end] for start, end in sentences(text, 0, len(text)) if end - start > 60]
    return [found[0], found[-1]]


@pytest.mark.usefixtures("engine")
def test_a_scan_is_read_marked_as_such_and_its_words_have_boxes(tmp_path: Path) -> None:
    path = scan(tmp_path / "brief.pdf", photograph(SAMPLE, 1))
    parsed = read(path)
    assert parsed.document.metadata.scanned == (1,)
    wanted, found = words(text_of(SAMPLE, 1)), words(parsed.document.text)
    assert (wanted - found).total() <= 0.03 * wanted.total()
    assert (found - wanted).total() <= 0.03 * wanted.total()
    for quote in some(parsed.document.text):
        boxes = page_image(path, 1, quote).boxes
        under, said = words(said_in(SAMPLE, 1, boxes)), words(quote)
        assert (said - under).total() <= 1, quote  # one letter misread, or cut by the box
        assert (under - said).total() <= 2, quote


@pytest.mark.usefixtures("engine")
def test_a_scanned_page_among_pages_with_text_is_read_too(tmp_path: Path) -> None:
    path = scan(tmp_path / "mixed.pdf", "Pages with a text layer are left to it.", table(), "Last.")
    draft = draft_apart(path)
    assert (draft.scanned, draft.unread) == ((2,), ())
    pages = [draft.text[page.start : page.end] for page in draft.pages]
    assert pages[0] == "Pages with a text layer are left to it."
    assert pages[1].split("\n")[0] == SENTENCE
    rows = [draft.text[b.start : b.end] for b in draft.blocks if b.kind == "row"]
    assert rows == [" ".join(row).replace("$ ", "$") for row in ROWS]
    (drawn,) = page_image(path, 2, "Fuel sales 3,118 2,960").boxes
    assert (drawn.left, drawn.left + drawn.width) == pytest.approx((0.094, 0.84), abs=0.02)
    assert drawn.top < 400 / 1650 < drawn.top + drawn.height < 430 / 1650
    assert page_image(path, 2, "Fuel sales 9,999").boxes == ()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tiff"])
def test_an_image_is_a_document_of_its_pages(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    small = Image.new("RGB", (700, 120), "white")
    ImageDraw.Draw(small).text((20, 40), SENTENCE, fill="black", font=ImageFont.load_default(18))
    more = {"save_all": True, "append_images": [small]} if name.endswith("tiff") else {}
    small.save(path, **more)
    draft = draft_apart(path)
    pages = [draft.text[page.start : page.end] for page in draft.pages]
    assert pages == [SENTENCE] * (2 if more else 1)
    assert draft.scanned == tuple(page.number for page in draft.pages)
    drawn = page_image(path, len(pages), "opened twelve shops")
    assert drawn.pages == len(pages)
    assert drawn.boxes[0].top < 50 / 120 < drawn.boxes[0].top + drawn.boxes[0].height


@pytest.mark.usefixtures("engine")
def test_a_real_scan_is_read(data_dir: Path) -> None:
    draft = draft_apart(
        data_dir / "pdf-trouble" / "pikepdf+pikepdf__tests__resources__congress.pdf"
    )
    assert draft.scanned == (1,)
    said = " ".join(draft.text.split())
    for words_of_it in (
        "PRESIDENT OF THE UNITED STATES",
        "A copy of regulations for the consular courts of the United States in Japan",
        "I transmit herewith, for the consideration of Congress, a report from the Secretary",
    ):
        assert words_of_it in said


@pytest.mark.usefixtures("engine")
def test_a_picture_without_words_is_refused_and_says_that_ocr_was_tried(tmp_path: Path) -> None:
    path = scan(tmp_path / "grey.pdf", Image.new("L", (300, 400), 128))
    with pytest.raises(UnreadableFile, match=r"grey\.pdf: no text layer, and OCR finds no words"):
        draft_apart(path)


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.jpg", "a.tif"])
def test_without_the_extra_a_scan_is_one_error_with_the_command(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    scan(path, table()) if name.endswith("pdf") else table().save(path)
    with pytest.raises(UnreadableFile) as refused:
        read_draft(path)
    wanted = f"{name}: no text layer; run OCR first: {ocr.INSTALL}, then ingest it again"
    assert str(refused.value) == wanted


@pytest.mark.usefixtures("without")
def test_without_the_extra_the_scanned_page_of_a_document_is_told_as_unread(tmp_path: Path) -> None:
    draft = read_draft(scan(tmp_path / "mixed.pdf", "Words.", table(), "Words."))
    assert (draft.scanned, draft.unread) == ((), (2,))
    assert draft.text.split() == ["Words.", "Words."]
    assert no_text_layer(draft.unread) == (
        "page 2 has no text layer; pip install 'askretail[ocr]', then remove it and ingest it again"
    )


def test_the_command_names_an_extra_that_there_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"pip install '{project['name']}[ocr]'" == ocr.INSTALL
    named = {re.split(r"[<>=]", line)[0] for line in project["optional-dependencies"]["ocr"]}
    assert named == {"rapidocr", "onnxruntime"}


@pytest.mark.usefixtures("engine")
def test_the_engine_reports_to_nobody(tmp_path: Path) -> None:
    """What onnxruntime means to report it keeps in the cache folder, in a process of its own."""
    program = (
        "from PIL import Image; from askretail_ingest.ocr import read_picture;"
        " read_picture(Image.new('RGB', (64, 64)))"
    )
    home = {"HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=home, check=True)
    assert [path.name for path in tmp_path.glob(".cache/*")] == []


def test_a_page_with_nothing_on_it_is_no_scan(tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(60, 700, "A cover.")
    canvas.showPage()
    canvas.line(60, 60, 500, 60)
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 60, 700, 20, 20)  # a logo
    canvas.showPage()
    canvas.save()
    draft = read_draft(path)
    assert (draft.scanned, draft.unread) == ((), ())


@pytest.mark.parametrize("damage", [lambda data: data[:60], lambda data: data[: len(data) // 2]])
def test_a_damaged_image_is_one_clear_error(tmp_path: Path, damage: object) -> None:
    whole = tmp_path / "whole.png"
    table().save(whole)
    path = tmp_path / "cut.png"
    path.write_bytes(damage(whole.read_bytes()))  # type: ignore[operator]
    with pytest.raises(UnreadableFile, match=r"cut\.png: (an image that is damaged|no text)"):
        read_draft(path)


def test_an_image_of_too_many_pixels_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: None
) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 1000)
    table().save(tmp_path / "wide.png")
    with pytest.raises(UnreadableFile, match=r"wide\.png: an image of more than .* pixels"):
        read_draft(tmp_path / "wide.png")


def test_pictures_of_a_folder_are_taken_where_they_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table().save(tmp_path / "a.png")
    for there, found in ((True, [tmp_path / "a.png"]), (False, [])):
        monkeypatch.setattr(find, "is_installed", lambda there=there: there)
        assert find.find_files([tmp_path]) == found
        assert find.find_files([tmp_path / "a.png"]) == [tmp_path / "a.png"]


def test_a_pdf_without_pictures_is_not_opened_for_ocr(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4 what pdfium refuses and pypdf may still read")
    assert list(scanned_pages(path, ())) == []
