"""JSON from outside, read field by field with its types; what does not fit is named."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self


class Misfit(ValueError):
    """A field is missing or of another type; the text says which."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object; ``where`` is its path, for messages."""

    values: Mapping[str, object]
    where: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the object that a JSON text holds; raises Misfit, also for a key given twice."""
        try:
            value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        except RecursionError as error:
            raise Misfit("it is nested too deeply") from error
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise Misfit(f"it is not valid JSON ({error.msg}, {place})") from error
        except ValueError as error:
            raise Misfit(str(error)) from error
        return cls._of(value, "")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self._misfit(key, "a text")
        # Half a character cannot be printed, hashed or compared with what stands in a document.
        return value.encode("utf-8", "replace").decode()

    def whole(self, key: str) -> int:
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._misfit(key, "a whole number")
        return value

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._misfit(key, "a number")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        return tuple(Fields({str(n): v}, self._at(key)).text(str(n)) for n, v in enumerate(values))

    def wholes(self, key: str) -> tuple[int, ...]:
        values = self._list(key)
        return tuple(Fields({str(n): v}, self._at(key)).whole(str(n)) for n, v in enumerate(values))

    def part(self, key: str) -> "Fields":
        return self._of(self.values.get(key), self._at(key))

    def parts(self, key: str) -> tuple["Fields", ...]:
        return tuple(self._of(v, f"{self._at(key)}.{n}") for n, v in enumerate(self._list(key)))

    def has(self, key: str) -> bool:
        """Return whether the field is there and not null."""
        return self.values.get(key) is not None

    def _list(self, key: str) -> Sequence[object]:
        value = self.values.get(key)
        if not isinstance(value, list):
            raise self._misfit(key, "a list")
        return value

    @classmethod
    def _of(cls, value: object, where: str) -> Self:
        if not isinstance(value, dict):
            raise Misfit(f"{where or 'it'} is no JSON object")
        return cls(value, where)

    def _at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _misfit(self, key: str, wanted: str) -> Misfit:
        return Misfit(f"{self._at(key)} must be {wanted}")


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Misfit("it gives a field twice")
    return values


def _no_number(name: str) -> object:
    raise Misfit(f"{name} is no number")
