"""Print the version of the torch that this Python brings along, if the project can use it."""

import sys
from importlib import metadata

OLDEST = (2, 6)  # what transformers 5 asks for
TOO_NEW = (3, 0)


def own_torch() -> str:
    """Return the version without its build part ("2.13.0"), or "" when none fits."""
    if sys.prefix != sys.base_prefix:
        return ""  # a virtual environment made from another one sees the base's packages only
    try:
        version = metadata.version("torch").split("+")[0]
    except metadata.PackageNotFoundError:
        return ""
    numbers = version.split(".")
    if len(numbers) < 2 or not all(number.isdigit() for number in numbers):
        return ""  # a development build: pip could not find it again by that number
    fits = OLDEST <= (int(numbers[0]), int(numbers[1])) < TOO_NEW
    return version if fits else ""


if __name__ == "__main__":
    sys.stdout.write(own_torch() + "\n")
