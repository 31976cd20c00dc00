import hashlib
import zipfile
from pathlib import Path

import pytest

from askretail_ingest.catalog import CatalogRow
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.read import find_files, read

from .made import make


def names(files: list[Path]) -> list[str]:
    return [path.name for path in files]


def test_the_content_decides_over_the_ending(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("<!DOCTYPE html><html><body><h1>Head</h1><p>Words.</p></body></html>")
    parsed = read(page)
    assert parsed.document.text == "Head\nWords."
    assert [block.kind for block in parsed.blocks] == ["heading", "paragraph"]


def test_a_document_is_named_by_its_bytes_and_its_file(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Sales rose at the store.")
    document = read(path).document
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.source == "note.txt"
    assert [(page.number, page.start, page.end) for page in document.pages] == [(1, 0, 24)]


def test_the_catalog_of_the_folder_is_read_unless_another_is_given(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Sales rose at the store.")
    (tmp_path / "catalog.csv").write_text("file,companies\nnote.txt,Gap\n")
    assert read(path).document.companies == ("Gap",)
    assert read(path, catalog={"note.txt": CatalogRow(("Nike",))}).document.companies == ("Nike",)
    assert read(path, catalog={}).document.companies == ()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n ", "an empty file"),
        ("a.md", b"---\ntitle: x\n---\n", "no text in it"),
        ("a.pdf", b"hello", "not a readable PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an old or locked Office file"),
        ("a.docx", b"PK\x03\x04 and nothing", "a broken zip or Office file"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "an image"),
        ("a.bin", bytes(range(256)) * 9, "not a document we read"),
    ],
)
def test_a_file_that_cannot_become_text_says_why(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason) as caught:
        read(path)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_a_broken_excel_file_is_named_as_one(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(
        UnreadableFile, match="a broken Excel file; open it in Excel and save it again"
    ):
        read(path)


@pytest.mark.parametrize(
    ("part", "remedy"),
    [
        ("xl/workbook.bin", "a binary Excel file, which cannot be read; save it as XLSX"),
        ("content.xml", "an OpenDocument file, which cannot be read; save it as DOCX, XLSX or"),
        ("photos/one.jpg", "a zip archive, which cannot be read; unpack it"),
    ],
)
def test_other_archives_say_how_to_make_them_readable(
    tmp_path: Path, part: str, remedy: str
) -> None:
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(UnreadableFile, match=remedy):
        read(path)


@pytest.mark.parametrize(
    ("ending", "part"),
    [(".docx", "word/document"), (".pptx", "ppt/presentation"), (".xlsx", "xl/workbook")],
)
def test_the_main_part_of_an_office_file_may_be_numbered(
    tmp_path: Path, ending: str, part: str
) -> None:
    path = make(tmp_path, ending)
    sound = read(path).document.text
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            for old in (f"{part}.xml", f"{part}.xml.rels".replace("/", "/_rels/")):
                name = name.replace(old, old.replace(".xml", "2.xml", 1))
            archive.writestr(name, data.replace(f"{part}.xml".encode(), f"{part}2.xml".encode()))
    assert read(path).document.text == sound


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file or folder"):
        read(tmp_path / "none.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Café sales rose — 5 % “more”.".encode(encoding))
    assert read(path).document.text == "Café sales rose — 5 % “more”."


def test_folders_give_known_endings_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "a.PDF", "sub/c.md", ".hidden.txt", ".git/d.txt", "catalog.csv", "x.zip"):
        (tmp_path / name).write_text("x")
    (tmp_path / "b.txt.meta.toml").write_text("")
    assert names(find_files([tmp_path])) == ["a.PDF", "b.txt", "c.md"]


def test_a_named_file_is_tried_whatever_its_ending_and_taken_once(tmp_path: Path) -> None:
    (tmp_path / "notes.log").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    found = find_files([tmp_path / "notes.log", str(tmp_path), tmp_path / "a.txt"])
    assert names(found) == ["notes.log", "a.txt"]


def test_a_pattern_gives_its_matches(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    assert names(find_files([str(tmp_path / "a*.txt")])) == ["a1.txt", "a2.txt"]
    with pytest.raises(UnreadableFile, match="no file matches this pattern"):
        find_files([str(tmp_path / "z*.txt")])


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="nowhere: no such file or folder"):
        find_files([tmp_path / "nowhere"])


def test_a_catalog_or_sidecar_is_never_a_document(tmp_path: Path) -> None:
    for name in ("catalog.csv", "a.pdf.meta.toml"):
        (tmp_path / name).write_text("file\n")
    assert find_files([tmp_path / "catalog.csv", tmp_path / "a.pdf.meta.toml"]) == []
