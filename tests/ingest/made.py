"""One small file of every format, made by the programs' own libraries."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

LINE = "Net sales rose 4.5% to $612 million, and the stores sold more food."


def pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    for line, words in enumerate(("Sales", LINE, "Costs fell in every region.", "Prices held.")):
        canvas.drawString(72, 500 - 30 * line, words)
    canvas.save()


def word(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Sales", 1)
    document.add_paragraph(LINE)
    document.save(str(path))


def deck(path: Path) -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Sales"
    slide.placeholders[1].text = LINE
    made.save(str(path))


def workbook(path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (("Segment", "FY2023", "FY2022"), ("Stores", 612, 586), ("Online", 80, 60)):
        sheet.append(row)
    made.save(path)


def table(path: Path) -> None:
    rows = ("Segment,FY2023,FY2022", "Stores,612,586", "Online,80,60")
    path.write_text("\n".join(rows) + "\n")


def tabbed(path: Path) -> None:
    table(path)
    path.write_text(path.read_text().replace(",", "\t"))


def mail(path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "Desk <desk@example.com>", "all@example.com"
    message["Subject"], message["Date"] = "Sales", "Tue, 5 Mar 2024 10:00:00 +0000"
    message["Message-ID"] = "<1@example.com>"
    message.set_content(f"Dear all,\n\n{LINE}\n")
    path.write_bytes(bytes(message))


def page(path: Path) -> None:
    path.write_text(f"<!DOCTYPE html><html><body><h1>Sales</h1><p>{LINE}</p></body></html>")


def note(path: Path) -> None:
    path.write_text(f"# Sales\n\n{LINE}\n")


def picture(path: Path) -> None:
    drawn = Image.new("RGB", (900, 90), "white")
    ImageDraw.Draw(drawn).text((20, 30), LINE, fill="black", font=ImageFont.load_default(22))
    drawn.save(path)


MAKERS: dict[str, Callable[[Path], None]] = {
    ".pdf": pdf,
    ".docx": word,
    ".pptx": deck,
    ".xlsx": workbook,
    ".csv": table,
    ".tsv": tabbed,
    ".eml": mail,
    ".html": page,
    ".md": note,
    ".txt": note,
}
PICTURES: dict[str, Callable[[Path], None]] = dict.fromkeys((".png", ".jpg", ".tiff"), picture)
ZIPPED = (".docx", ".pptx", ".xlsx")


def make(folder: Path, ending: str) -> Path:
    """Return a sound file of the format."""
    path = folder / f"sample{ending}"
    (MAKERS | PICTURES)[ending](path)
    return path
