"""What machine this is, and how much memory a process holds."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from askretail_ingest.errors import BadSetting


def machine() -> str:
    """Return the processor, its cores, the system and the Python of this machine."""
    cores = os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}"
    return f"{cores} cores ({_processor()}), {system}, Python {platform.python_version()}"


def code() -> str:
    """Return the commit that was measured, or the version where there is no checkout."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
    )
    return told.stdout.strip() or version("askretail")


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next((name for name in names if name), platform.processor() or platform.machine())


def resident(process: int) -> float:
    """Return how many megabytes of memory a process holds (its resident set)."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True
    ).stdout.strip()
    if not told.isdecimal():
        raise BadSetting(f"process {process} has ended, or `ps` is not installed")
    return int(told) / 1024
