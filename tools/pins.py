"""Write constraints.txt: the version here of everything that the project and its dev extra need."""

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
HEAD = "# Versions that were tested together; `make pins` writes this file anew.\n"
# Parts of a torch that is built for one vendor's accelerator: not for every machine.
OF_ONE_MACHINE = re.compile(r"nvidia|cuda|triton")


def needed(name: str, extra: str) -> set[str]:
    """Return what ``name`` with its extra needs on this machine, directly or not."""
    seen: set[tuple[str, str]] = set()
    waiting = [(name, ""), (name, extra)]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for line in metadata.requires(current[0]) or ():
            requirement = Requirement(line)
            if requirement.marker and not requirement.marker.evaluate({"extra": current[1]}):
                continue
            child = canonicalize_name(requirement.name)
            waiting += [(child, wanted) for wanted in ("", *requirement.extras)]
    return {found for found, _ in seen} - {name}


def kept(text: str) -> list[str]:
    """Return the lines with a marker: pins for Pythons or systems other than this one."""
    return [line for line in text.splitlines() if ";" in line and not line.startswith("#")]


def main() -> None:
    """Write the file; a local part of a version (``+cpu``) is left out."""
    names = {name for name in needed("askretail", "dev") if not OF_ONE_MACHINE.search(name)}
    lines = [f"{name}=={metadata.version(name).split('+')[0]}" for name in names]
    lines += kept(CONSTRAINTS.read_text() if CONSTRAINTS.is_file() else "")
    CONSTRAINTS.write_text(HEAD + "".join(f"{line}\n" for line in sorted(lines)))


if __name__ == "__main__":
    main()
