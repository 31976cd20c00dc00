"""The damage that the other tests do."""

import io
import zipfile

import pytest

from .mutate import Damage, Inside, Kind

DATA = b"abc 12 def"


def damage(kind: Kind, at: float = 0.0, to: float = 0.0, size: int = 2, times: int = 2) -> Damage:
    return Damage(kind, at, to, size, times, b"!", b"-7")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (damage("flip", times=1), b"`bc 12 def"),
        (damage("cut", 0.3), b"abc"),
        (damage("drop", 0.3), b"abc2 def"),
        (damage("repeat", 0.4), b"abc 1212 def"),
        (damage("swap", 0.0, 0.4), b"12c ab def"),
        (damage("swap", 0.4, 0.0), b"12c ab def"),
        (damage("swap", 0.0, 0.1), b"bca 12 def"),
        (damage("insert", 0.9), b"abc 12 de!!f"),
        (damage("number"), b"abc -7 def"),
        (damage("number", 0.9), b"abc 12 def-7"),
    ],
)
def test_each_kind_of_damage_changes_what_it_says(change: Damage, wanted: bytes) -> None:
    assert change(DATA) == wanted


def parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return [(entry.filename, packed.read(entry)) for entry in packed.infolist()]


def test_parts_of_a_zip_change_places_go_or_come_twice() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", b"one")
        archive.writestr("b", b"two")
    data = packed.getvalue()
    assert parts(Inside(0.0, 0.5, "swap", damage("cut"))(data)) == [("a", b"two"), ("b", b"one")]
    assert parts(Inside(0.0, 0.5, "remove", damage("cut"))(data)) == [("b", b"two")]
    assert parts(Inside(0.5, 0.0, "damage", damage("drop"))(data)) == [("a", b"one"), ("b", b"o")]
    twice = parts(Inside(0.0, 0.5, "twice", damage("cut"))(data))
    assert twice == [("a", b"one"), ("b", b"two"), ("a", b"two")]
