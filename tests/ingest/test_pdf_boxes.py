"""The picture of a page, and the boxes around what is quoted from it."""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from askretail_ingest.pdf_boxes import PIXELS, Box, page_image, quote_boxes

WIDTH, HEIGHT = 600, 800
ONE = "Corner Grocers opened twelve shops in the year,"
TWO = "and closed three."
ROW = ("Net sales", "612", "586")


def pdf(
    path: Path, *pages: Callable[[Canvas], None], size: tuple[int, int] = (WIDTH, HEIGHT)
) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def prose(canvas: Canvas) -> None:
    canvas.drawString(60, 700, ONE)
    canvas.drawString(60, 680, TWO)
    row(canvas, 400)


def row(canvas: Canvas, y: float, words: tuple[str, ...] = ROW) -> None:
    for place, word in zip((60, 300, 400), words, strict=True):
        canvas.drawString(place, y, word)


def says(path: Path, box: Box, number: int = 1) -> str:
    """The words of a page inside a box, as pdfium reads them back by place."""
    with pypdfium2.PdfDocument(path) as file:
        page = file[number - 1]
        width, height = page.get_size()
        left, right = box.left * width, (box.left + box.width) * width
        top, bottom = (1 - box.top) * height, (1 - box.top - box.height) * height
        text: str = page.get_textpage().get_text_bounded(left, bottom, right, top)
    return " ".join(text.split())


def test_a_quote_of_two_lines_has_a_box_a_line_around_its_own_words(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose)
    first, second = page_image(path, 1, f"{ONE} {TWO}").boxes
    assert (says(path, first), says(path, second)) == (ONE, TWO)
    assert first.left == pytest.approx(60 / WIDTH, abs=0.005)
    assert first.top < (HEIGHT - 700) / HEIGHT < first.top + first.height
    assert second.top < (HEIGHT - 680) / HEIGHT < second.top + second.height
    assert second.top - first.top == pytest.approx(20 / HEIGHT, abs=0.003)


def test_a_part_of_a_line_has_a_box_of_its_own_width(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose)
    (box,) = page_image(path, 1, "opened twelve shops").boxes
    assert says(path, box) == "opened twelve shops"


def test_the_box_of_a_row_reaches_from_its_label_to_its_last_figure(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose)
    (box,) = page_image(path, 1, " ".join(ROW)).boxes
    assert says(path, box) == " ".join(ROW)
    assert box.left == pytest.approx(60 / WIDTH, abs=0.005)
    assert box.left + box.width == pytest.approx((400 + 3 * 5.56) / WIDTH, abs=0.005)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_box_turns_with_the_page(tmp_path: Path, turned: int) -> None:
    path = tmp_path / "turned.pdf"
    with pypdfium2.PdfDocument(pdf(tmp_path / "a.pdf", prose)) as file:
        file[0].set_rotation(turned)
        file.save(path)
    (box,) = page_image(path, 1, ONE).boxes
    x, y = 60 / WIDTH, 1 - 700 / HEIGHT  # the foot of the C, from the top left of the upright page
    inside = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[turned]
    assert box.left - 0.002 <= inside[0] <= box.left + box.width + 0.002
    assert box.top - 0.002 <= inside[1] <= box.top + box.height + 0.002
    assert (box.width > box.height) == (turned in (0, 180))


def test_the_box_lies_on_the_picture_of_a_page_that_is_cropped(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose)
    with pypdfium2.PdfDocument(path) as file:
        file[0].set_cropbox(50, 600, 350, 750)
        file.save(tmp_path / "cropped.pdf")
    image = page_image(tmp_path / "cropped.pdf", 1, "opened twelve shops")
    (box,) = image.boxes
    assert box.top < (750 - 700) / 150 < box.top + box.height
    dark = darkest(image.webp, box)
    assert dark < 100


def test_the_letters_are_dark_inside_the_box_and_nothing_is_above_it(tmp_path: Path) -> None:
    image = page_image(pdf(tmp_path / "a.pdf", prose), 1, " ".join(ROW))
    (box,) = image.boxes
    assert darkest(image.webp, box) < 100
    assert darkest(image.webp, Box(box.left, box.top - 0.05, box.width, 0.03)) == 255


def darkest(webp: bytes, box: Box) -> int:
    """The darkest grey inside a box of the picture, 0 for black."""
    with Image.open(io.BytesIO(webp)) as picture:
        w, h = picture.size
        corners = (
            round(box.left * w),
            round(box.top * h),
            round((box.left + box.width) * w),
            round((box.top + box.height) * h),
        )
        low, _ = picture.convert("L").crop(corners).getextrema()
    assert isinstance(low, int)
    return low


def test_what_the_page_says_twice_has_no_box_unless_its_neighbours_tell(tmp_path: Path) -> None:
    def twice(canvas: Canvas) -> None:
        for y, name in ((700, "Stores"), (500, "Online")):
            canvas.drawString(60, y, name)
            row(canvas, y - 20)

    path = pdf(tmp_path / "a.pdf", twice)
    quote = " ".join(ROW)
    assert page_image(path, 1, quote).boxes == ()
    (stores,) = page_image(path, 1, quote, before="Stores\n", after="\nOnline").boxes
    (online,) = page_image(path, 1, quote, before="Online\n").boxes
    assert stores.top < 1 - 680 / HEIGHT < stores.top + stores.height
    assert online.top < 1 - 480 / HEIGHT < online.top + online.height


@pytest.mark.parametrize("quote", ["Net sales 999", "", " ", "wholly other words"])
def test_what_the_page_does_not_say_has_no_box(tmp_path: Path, quote: str) -> None:
    assert page_image(pdf(tmp_path / "a.pdf", prose), 1, quote).boxes == ()


def test_words_beside_the_paper_have_no_box(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", lambda canvas: canvas.drawString(60, HEIGHT + 20, ONE))
    assert page_image(path, 1, ONE).boxes == ()


def test_the_quote_is_looked_for_on_its_own_page_only(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose, lambda canvas: canvas.drawString(60, 700, "Nothing"))
    image = page_image(path, 2, ONE)
    assert (image.boxes, image.pages) == ((), 2)


def test_the_picture_has_the_shape_of_the_page_and_a_bounded_size(tmp_path: Path) -> None:
    for size in ((WIDTH, HEIGHT), (3000, 1500), (100, 200)):
        image = page_image(pdf(tmp_path / "a.pdf", prose, size=size), 1)
        with Image.open(io.BytesIO(image.webp)) as picture:
            assert picture.format == "WEBP"
            assert max(picture.size) <= PIXELS + 1
            assert picture.size[0] / picture.size[1] == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_page_that_is_not_there_cannot_be_drawn(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose)
    with pytest.raises((IndexError, pypdfium2.PdfiumError)):
        page_image(path, 2)


def test_every_one_of_the_rows_that_a_page_repeats_has_its_own_box(tmp_path: Path) -> None:
    heights = [700 - 20 * n for n in range(5)]

    def table(canvas: Canvas) -> None:
        for y in heights:
            row(canvas, y)

    path = pdf(tmp_path / "a.pdf", table)
    rows = [" ".join(ROW)] * len(heights)
    for n, y in enumerate(heights):
        before = "".join(f"{each}\n" for each in rows[:n])
        after = "".join(f"\n{each}" for each in rows[n + 1 :])
        (box,) = quote_boxes(path, 1, rows[n], before, after)
        assert box.top < 1 - y / HEIGHT < box.top + box.height
        (word,) = quote_boxes(path, 1, "612", f"{before}Net sales ", f" 586{after}")
        assert says(path, word) == "612"
        assert word.top == pytest.approx(box.top)


def test_the_lines_of_a_wrapped_cell_have_a_box_each(tmp_path: Path) -> None:
    def heads(canvas: Canvas) -> None:
        for y, words in ((700, ("Gross", "Net")), (685, ("Assets", "Debts"))):
            for x, word in zip((60, 300), words, strict=True):
                canvas.drawString(x, y, word)

    path = pdf(tmp_path / "a.pdf", heads)
    boxes = quote_boxes(path, 1, "Gross Assets Net Debts", "", "")
    assert [says(path, box) for box in boxes] == ["Gross", "Assets", "Net", "Debts"]


def test_as_a_program_it_answers_in_json(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", prose)
    asked = {"path": str(path), "number": 1, "quote": TWO, "before": "", "after": ""}
    done = subprocess.run(
        [sys.executable, "-m", "askretail_ingest.pdf_boxes"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = json.loads(done.stdout)
    expected = page_image(path, 1, TWO)
    assert told["pages"] == 1
    assert [Box(**box) for box in told["boxes"]] == list(expected.boxes)
    assert base64.b64decode(told["webp"]) == expected.webp
