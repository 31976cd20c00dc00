"""The least that the shipped set must reach; a run below it fails."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from askretail_eval.interval import short
from askretail_eval.record import Record, values
from askretail_eval.run import OURS
from askretail_ingest.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Floor:
    """A bound of a mean: at least ``least``, and at most ``most``."""

    measure: str
    least: float = float("-inf")
    most: float = float("inf")


def load_floors() -> tuple[Floor, ...]:
    """Return the floors that are part of the package."""
    file = resources.files("askretail_eval") / "data" / "floors.toml"
    return parse_floors(file.read_text("utf-8"), "data/floors.toml")


def parse_floors(text: str, name: str) -> tuple[Floor, ...]:
    """Return the floors of a TOML text with the tables ``least`` and ``most``."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{name}: not TOML ({error}); mend that line") from error
    floors = []
    for bound, entries in tables.items():
        if bound not in ("least", "most") or not isinstance(entries, dict):
            raise BadSetting(f"{name}: unknown table {bound!r}; known are: least, most")
        for measure, value in entries.items():
            if not isinstance(value, int | float):
                raise BadSetting(f"{name}: {measure!r} must be a number, not {value!r}")
            limit = float(value)
            floors.append(
                Floor(measure, least=limit) if bound == "least" else Floor(measure, most=limit)
            )
    return tuple(floors)


def breaches(records: Sequence[Record], floors: Sequence[Floor]) -> list[str]:
    """Return a line for each floor that our records miss; a measure that is absent misses it."""
    mine = [record for record in records if record.system == OURS]
    lines = []
    for floor in floors:
        given = values(mine, floor.measure)
        if not given:
            lines.append(f"{floor.measure}: no question has it")
            continue
        mean = sum(given) / len(given)
        if mean < floor.least:
            lines.append(f"{floor.measure}: {short(mean)} is below {short(floor.least)}")
        if mean > floor.most:
            lines.append(f"{floor.measure}: {short(mean)} is above {short(floor.most)}")
    return lines
