"""Files damaged at random: what a bad disk, a broken download or a hostile sender makes of them."""

import io
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

Kind = Literal["flip", "cut", "drop", "repeat", "swap", "insert", "number"]
KINDS: tuple[Kind, ...] = ("flip", "cut", "drop", "repeat", "swap", "insert", "number")
MAX_CHUNK = 400  # bytes that are dropped, swapped or repeated at once
MAX_TIMES = 40
# What readers of one format or another have stumbled over.
TROUBLE = (
    b"\x00",
    b"\xed\xa0\x80",  # half a surrogate pair
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    "\u202e\u200b\u00a0\u2028".encode(),
    "ﬁ½Ⅷ².٣".encode(),  # digits and letters that are not those of ASCII
    b"<table><tr><td>",
    b"</p></div>",
    b"<![CDATA[",
    b"&#0;&#1114112;&nbsp;&bogus;",
    b'"',
    b"\r\n\r\n",
    b"\t|\t|",
    b"====\n----\n",
    b"| a | b |\n|---|---|\n",
    b"+++\n",
    b"---\n",
    b"%PDF-1.4",
    b"PK\x03\x04",
    b"endstream endobj",
    b"<< /Kids [ 1 0 R ] /Count 9999999 >>",
    b"BT 1e38 0 0 1e-38 0 0 Tm () Tj ET",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
    b"Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n",
    b"=?utf-8?b?////?=",
    b"((((((((((((((((",
    b"March 32, 0000",
    b"fiscal year ended December 99999",
)
NUMBERS = (b"0", b"-1", b"1e309", b"99999999999999999999", b"2147483648", b"nan", b"")


@dataclass(frozen=True, slots=True)
class Damage:
    """One change of some bytes; ``at`` and ``to`` are shares of their length."""

    kind: Kind
    at: float
    to: float
    size: int
    times: int
    words: bytes
    number: bytes

    def __call__(self, data: bytes) -> bytes:
        at, to = int(self.at * len(data)), int(self.to * len(data))
        end = at + self.size
        match self.kind:
            case "flip":
                return data[:at] + bytes(b ^ self.times for b in data[at : at + 1]) + data[at + 1 :]
            case "cut":
                return data[:at]
            case "drop":
                return data[:at] + data[end:]
            case "repeat":
                return data[:at] + data[at:end] * self.times + data[end:]
            case "swap":
                first, last = sorted((at, to))
                here, there = data[first:last][: self.size], data[last : last + self.size]
                between = data[first + len(here) : last]
                return data[:first] + there + between + here + data[last + len(there) :]
            case "insert":
                return data[:at] + self.words * self.times + data[at:]
            case "number":
                return _renumbered(data, at, self.number)


def _renumbered(data: bytes, at: int, number: bytes) -> bytes:
    """Put another number in the place of the first one after ``at``."""
    start = next((i for i in range(at, len(data)) if data[i : i + 1].isdigit()), len(data))
    end = start
    while data[end : end + 1].isdigit():
        end += 1
    return data[:start] + number + data[end:]


DAMAGES = st.builds(
    Damage,
    st.sampled_from(KINDS),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, MAX_CHUNK),
    st.integers(1, MAX_TIMES),
    st.sampled_from(TROUBLE),
    st.sampled_from(NUMBERS),
)


@dataclass(frozen=True, slots=True)
class Inside:
    """A change of what an Office file has packed: of one part, or of two that change places."""

    part: float  # a share of the parts, in their order
    other: float
    what: Literal["damage", "swap", "remove", "twice"]
    damage: Damage

    def __call__(self, data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [(name, packed.read(name)) for name in packed.namelist()]
        at, other = int(self.part * len(parts)), int(self.other * len(parts))
        (name, words), (_, others) = parts[at], parts[other]
        match self.what:
            case "damage":
                parts[at] = (name, self.damage(words))
            case "swap":
                parts[at], parts[other] = (name, others), (parts[other][0], words)
            case "remove":
                del parts[at]
            case "twice":
                parts.append((name, others))
        return _packed(parts)


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore", category=UserWarning),  # a name twice
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name, words in parts:
            packed.writestr(zipfile.ZipInfo(name), words)
    return out.getvalue()


INSIDES = st.builds(
    Inside,
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(("damage", "damage", "damage", "swap", "remove", "twice")),
    DAMAGES,
)


Change = Damage | Inside


def changes(*, zipped: bool) -> st.SearchStrategy[list[Change]]:
    """Return a strategy of one to four changes of a file, of a zip mostly inside it."""
    raw: st.SearchStrategy[list[Change]] = st.lists(DAMAGES, min_size=1, max_size=4)
    inside: st.SearchStrategy[list[Change]] = st.lists(INSIDES, min_size=1, max_size=3)
    return st.one_of(inside, inside, inside, raw) if zipped else raw


def changed(data: bytes, by: Sequence[Change]) -> bytes:
    """Return the bytes after the changes, one after another."""
    for change in by:
        data = change(data)
    return data
