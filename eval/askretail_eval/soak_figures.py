"""What a soak showed: percentiles of the times, errors, and how the memory grew."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from askretail_eval.table import Table

SETTLED = 0.2  # of the run: two of ten minutes, in which model and caches are loaded
TENTH = 0.1  # of the run, over which a memory is taken
P95_SECONDS, GROWTH = 2.0, 0.05  # what we want at most


@dataclass(frozen=True, slots=True)
class Reply:
    """One question of a user: when it was asked, how long it took, what went wrong ("" nothing)."""

    at: float  # seconds from the start
    took: float  # seconds
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the server held at a time."""

    at: float  # seconds from the start
    megabytes: float


@dataclass(frozen=True, slots=True)
class Soak:
    """All that was seen."""

    seconds: float
    replies: tuple[Reply, ...]
    memory: tuple[Memory, ...]
    uploads: tuple[float, ...]  # seconds each took
    upload_errors: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[str]:
        return [reply.wrong for reply in self.replies if reply.wrong] + list(self.upload_errors)

    @property
    def p95(self) -> float:
        return percentile([reply.took for reply in self.replies], 95)

    @property
    def growth(self) -> float:
        """The share by which memory grew once settled; the median of a tenth of the run each."""
        first = self._held(SETTLED)
        return self._held(1 - TENTH) / first - 1 if first else 0.0

    def _held(self, share: float) -> float:
        start, end = share * self.seconds, (share + TENTH) * self.seconds
        return median([m.megabytes for m in self.memory if start <= m.at <= end] or [0.0])

    @property
    def passed(self) -> bool:
        """Whether it met what we want, and anything was asked and uploaded at all."""
        some = bool(self.replies and self.uploads and self.memory)
        return some and not self.wrong and self.p95 <= P95_SECONDS and self.growth <= GROWTH


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` percent do not exceed; 0 of nothing.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile([4.0, 1.0, 3.0, 2.0], 95)
    (2.0, 4.0)
    """
    ordered = sorted(values)
    return ordered[max(0, ceil(share / 100 * len(ordered)) - 1)] if ordered else 0.0


def tables(soak: Soak) -> list[Table]:
    """Return the figures, and the errors by their words where there are any."""
    times = [reply.took for reply in soak.replies]
    held = [memory.megabytes for memory in soak.memory]
    shares = (50, 95, 99, 100)
    rows = [
        ("questions answered", f"{len(times) - sum(bool(r.wrong) for r in soak.replies):,}"),
        ("errors", f"{len(soak.wrong):,}"),
        *((f"seconds, {share} %", f"{percentile(times, share):.2f}") for share in shares),
        ("questions a second", f"{len(times) / soak.seconds:.1f}"),
        ("uploads taken in", f"{len(soak.uploads):,}"),
        ("seconds an upload, median", f"{median(soak.uploads or [0.0]):.1f}"),
        ("memory of the server, MB, most", f"{max(held, default=0.0):,.0f}"),
        ("memory growth once settled", f"{100 * soak.growth:+.1f} %"),
    ]
    made = [Table("Figures", ("", "value"), tuple(rows))]
    if soak.wrong:
        kinds = {wrong: soak.wrong.count(wrong) for wrong in soak.wrong}
        most = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[:10]
        made.append(Table("Errors", ("what", "n"), tuple((w, str(n)) for w, n in most)))
    return made
