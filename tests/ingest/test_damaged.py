"""Broken, mislabelled and hostile files of every format: text, or one line that says what to do."""

import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from askretail_ingest import archive, decode, delimited, draft, grid, picture, scan
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.find import ENDINGS
from askretail_ingest.read import read, read_draft

from .made import LINE, MAKERS, PICTURES, ZIPPED, make

SECONDS = 20.0  # for a damaged file of a few kilobytes; they take hundredths
REMEDIES = ("save", "split", "leave it out", "unpack", "fetch", "export", "an empty file", "OCR")


def halved(data: bytes) -> bytes:
    return data[: len(data) // 2]


def beheaded(data: bytes) -> bytes:
    return data[len(data) // 3 :]


def with_nulls(data: bytes) -> bytes:
    return data[:200] + bytes(300) + data[200:]


def with_surrogates(data: bytes) -> bytes:
    return data.replace(b"sales", b"sa\xed\xa0\x80les\xed\xb0\x80")


def scrambled(data: bytes) -> bytes:
    return bytes(byte ^ 0x55 if at % 97 == 96 else byte for at, byte in enumerate(data))


def endless(data: bytes) -> bytes:
    return data[:60] + b"x" * 3_000_000


def repeated(data: bytes) -> bytes:
    return data * 3


DAMAGES = (halved, beheaded, with_nulls, with_surrogates, scrambled, endless, repeated)


def outcome(path: Path) -> str:
    """Return the text of a file, or "" when it was refused in one line that names it."""
    started = time.monotonic()
    try:
        text = read(path).document.text
    except UnreadableFile as refusal:
        line = str(refusal)
        assert line.startswith(path.name + ": "), line
        assert "\n" not in line and len(line) < 200, line
        assert any(remedy in line for remedy in REMEDIES), line
        text = ""
    assert time.monotonic() - started < SECONDS
    text.encode("utf-8")  # what cannot be encoded cannot be stored
    return text


def test_there_is_a_maker_for_every_format_that_we_read() -> None:
    synonyms = {".htm", ".xhtml", ".markdown", ".xlsm", ".jpeg", ".tif"}
    assert set(MAKERS) | set(PICTURES) == ENDINGS - synonyms


@pytest.mark.parametrize("ending", MAKERS)
def test_a_sound_file_gives_its_text(tmp_path: Path, ending: str) -> None:
    text = outcome(make(tmp_path, ending))
    assert (LINE in text) or ("Stores | 612 | 586" in text)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("ending", MAKERS)
def test_a_damaged_file_gives_text_or_one_clear_line(
    tmp_path: Path, ending: str, damage: Callable[[bytes], bytes]
) -> None:
    path = make(tmp_path, ending)
    path.write_bytes(damage(path.read_bytes()))
    outcome(path)


@pytest.mark.parametrize("name", ["named.pdf", "named.txt", "named.docx", None])
@pytest.mark.parametrize("damage", [bytes, *DAMAGES])
@pytest.mark.parametrize("ending", PICTURES)
def test_a_damaged_picture_gives_one_clear_line_whatever_its_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    damage: Callable[[bytes], bytes],
    name: str | None,
) -> None:
    for module in (picture, draft):
        monkeypatch.setattr(module, "is_installed", lambda: True)
    monkeypatch.setattr(scan, "read_picture", lambda drawn: [])  # its decoding is what is tried
    path = make(tmp_path, ending)
    path.write_bytes(damage(path.read_bytes()))
    outcome(path.rename(tmp_path / (name or path.name)))


@pytest.mark.parametrize("ending", ZIPPED)
@pytest.mark.parametrize("damage", [halved, beheaded])
def test_half_an_office_file_is_refused(
    tmp_path: Path, ending: str, damage: Callable[[bytes], bytes]
) -> None:
    path = make(tmp_path, ending)
    path.write_bytes(damage(path.read_bytes()))
    assert outcome(path) == ""


@pytest.mark.parametrize("other", MAKERS)
@pytest.mark.parametrize("ending", MAKERS)
def test_a_file_under_another_ending_gives_text_or_one_clear_line(
    tmp_path: Path, ending: str, other: str
) -> None:
    path = make(tmp_path, ending)
    text = outcome(path.rename(tmp_path / f"renamed{other}"))
    named_text = other == ".pdf" and ending not in (".pdf", *ZIPPED)
    assert bool(text) or named_text  # text that claims to be PDF is a failed download


def add_member(path: Path, name: str, size: int) -> None:
    """Add a member of zeros, which packs to a thousandth of its size."""
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open(name, "w", force_zip64=True) as member,
    ):
        for _ in range(size // 1_000_000):
            member.write(bytes(1_000_000))


@pytest.mark.parametrize("ending", ZIPPED)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(archive, "MAX_MARKUP", 2_000_000)
    path = make(tmp_path, ending)
    assert outcome(path)
    add_member(path, "bomb.xml", 3_000_000)
    with pytest.raises(UnreadableFile, match=r"unpacks to [\d,]+ bytes; split it, or save it"):
        read_draft(path)


@pytest.mark.parametrize("ending", ZIPPED)
def test_a_member_that_lies_about_its_size_is_not_unpacked_either(
    tmp_path: Path, ending: str
) -> None:
    path = make(tmp_path, ending)
    with zipfile.ZipFile(path) as packed:
        part = next(
            e for e in packed.infolist() if e.filename.startswith(("word/d", "ppt/p", "xl/w"))
        )
    data = path.read_bytes()
    true, small = part.file_size.to_bytes(4, "little"), (5).to_bytes(4, "little")
    path.write_bytes(data.replace(true, small))
    assert outcome(path) == ""


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change the bytes of one part of an Office file."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)


def test_a_workbook_whose_list_of_parts_has_no_workbook_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path, ".xlsx")
    rewrite(path, "[Content_Types].xml", b"spreadsheetml.sheet.main", b"spreadsheetml.no.main")
    with pytest.raises(UnreadableFile, match="a broken Excel file; open it in Excel and save it"):
        read_draft(path)


def test_a_setting_that_word_does_not_have_is_a_broken_file(tmp_path: Path) -> None:
    path = make(tmp_path, ".docx")
    bold = b"<w:r><w:rPr><w:b w:val='nan'/></w:rPr><w:t>Net</w:t></w:r><w:r>"
    rewrite(path, "word/document.xml", b"<w:p><w:r>", b"<w:p>" + bold)
    with pytest.raises(UnreadableFile, match="a broken Word file; open it in Word and save it"):
        read_draft(path)


@pytest.mark.parametrize("ending", ZIPPED)
def test_a_part_that_is_said_to_lie_before_the_file_is_no_part(tmp_path: Path, ending: str) -> None:
    path = make(tmp_path, ending)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x05\x06") + 16] ^= 1  # where the list of parts begins
    path.write_bytes(data)
    assert outcome(path) == ""


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    path = make(tmp_path, ".docx")
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # the bit of a member with a password
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="locked with a password; save it without one"):
        read_draft(path)


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".csv", ".eml"])
def test_one_character_without_end_is_refused_in_time(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"long{ending}"
    path.write_bytes(b"a" * 10_000_000)
    assert outcome(path) == ""


def test_a_text_that_nobody_reads_to_its_end_is_to_be_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "MAX_CHARS", 1000)
    path = tmp_path / "long.txt"
    path.write_text(f"{LINE} " * 20)
    with pytest.raises(UnreadableFile, match=r"long\.txt: more than 1,000 characters; split it"):
        read_draft(path)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_table_with_too_many_cells_is_to_be_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(grid, "MAX_CELLS", 5)
    with pytest.raises(UnreadableFile, match="more than 5 filled cells; split it"):
        read_draft(make(tmp_path, ending))


def test_a_million_empty_rows_are_passed_over(tmp_path: Path) -> None:
    path = make(tmp_path, ".xlsx")
    last = b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", last)
    assert outcome(path).endswith("Online | 80 | 60\n\n7")


def test_a_cell_that_never_ends_is_a_broken_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "_MAX_FIELD", 1000)
    path = make(tmp_path, ".csv")
    path.write_text(path.read_text() + '"open,' + f"{LINE}\n" * 40)
    with pytest.raises(UnreadableFile, match=r"a broken table .a cell never ends.; save it again"):
        read_draft(path)


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\x00" * 500, b"\xff\xfe", b"\xef\xbb\xbf"])
def test_nothing_is_no_document(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"empty{ending}"
    path.write_bytes(data)
    assert outcome(path) == ""


@pytest.mark.parametrize("ending", MAKERS)
def test_a_folder_in_place_of_a_file_cannot_be_opened(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"folder{ending}"
    path.mkdir()
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_draft(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("ending", MAKERS)
def test_a_file_without_permission_cannot_be_opened(tmp_path: Path, ending: str) -> None:
    path = make(tmp_path, ending)
    path.chmod(0)
    with pytest.raises(UnreadableFile, match=r"cannot be opened \(Permission denied\)"):
        read_draft(path)


@pytest.mark.parametrize(
    "name", ["100% – Ümlaut [1]", "-rf", "two  words", ".hidden", "a;b,c", "x" * 200, "日本"]
)
@pytest.mark.parametrize("ending", MAKERS)
def test_an_odd_name_does_no_harm(tmp_path: Path, ending: str, name: str) -> None:
    path = make(tmp_path, ending).rename(tmp_path / f"{name}{ending}")
    parsed = read(path)
    assert parsed.document.source == path.name
    assert parsed.document.title


@pytest.mark.skipif(os.name != "posix", reason="needs names that are any bytes")
@pytest.mark.parametrize("ending", MAKERS)
def test_a_name_that_no_library_can_store_is_refused_in_words_that_can_be_printed(
    tmp_path: Path, ending: str
) -> None:
    path = make(tmp_path, ending)
    odd = path.rename(tmp_path / os.fsdecode(b"caf\xe9\nsales" + ending.encode()))
    with pytest.raises(UnreadableFile) as caught:
        read(odd)
    assert str(caught.value) == f"caf? sales{ending}: its name or folder is not UTF-8; rename it"
