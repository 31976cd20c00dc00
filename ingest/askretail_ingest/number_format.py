"""Numbers and dates of a spreadsheet as its reader sees them: "$1,234", "12.5%", "Feb-24"."""

import operator
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

Value = object  # None, bool, int, float, str, date, datetime, time or timedelta

_SECTION = re.compile(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PART = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]"
    r"|(?P<core>General|[#0?][#0?,]*(?:\.[#0?]*)?(?P<scale>,*)(?:E[+-]?0+)?|\.[#0?]+)"
    r"|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_GENERAL_DIGITS = 11  # significant ones that a wide column shows
_FRACTION = re.compile(r"[#0?]\s*/\s*[#0?\d]")

_DATE_PART = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|[_*].|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]"
    r"|(?P<half>AM/PM|A/P)|(?P<letters>y+|m+|d+|h+|s+)|(?P<tail>\.0+)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
# These follow the reader's country; the ISO form cannot be misread.
_LOCAL = ("general", "mm-dd-yy", "m/d/yyyy", "m/d/yy h:mm", "m/d/yyyy h:mm")


def printed(value: Value, pattern: str = "General") -> str:
    """Return a cell's value as its number format prints it.

    >>> printed(-1234.5, "#,##0.0;(#,##0.0)"), printed(0.125, "0.0%"), printed(5e6, '0.0,,"M"')
    ('(1,234.5)', '12.5%', '5.0M')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, pattern)
    if isinstance(value, timedelta):
        return _elapsed(value)
    if isinstance(value, (date, time)):
        return _date(value, pattern)
    return str(value)


def _number(value: float, pattern: str) -> str:
    section, bare = _choose(value, pattern)
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    parts = list(_PART.finditer(section))
    cores = [part for part in parts if part["core"]]
    words_alone = not cores and section and not any(p["quoted"] or p["escaped"] for p in parts)
    if _FRACTION.search(section) or len(cores) > 1 or words_alone:
        return _general(value)
    shown = Decimal(repr(bare)) * 100 ** sum(part["other"] == "%" for part in parts)
    words = [_figure(shown, part["core"]) if part["core"] else _literal(part) for part in parts]
    sign = "-" if bare < 0 and any(ch in "123456789" for ch in "".join(words)) else ""
    return (sign + "".join(words)).strip()


def _choose(value: float, pattern: str) -> tuple[str, float]:
    """Return the section of the format that is for this value, and the value that it prints."""
    sections = _SECTION.split(pattern or "General")
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _HOLDS[condition[1]](value, float(condition[2])):
            return section, value
    if any(map(_CONDITION.search, sections)):
        return sections[-1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), value


def _literal(part: re.Match[str]) -> str:
    return part["quoted"] or part["escaped"] or part["currency"] or part["other"] or ""


def _figure(value: Decimal, core: str) -> str:
    """Return the digits of a number's size, without its sign."""
    if core.lower() == "general":
        return _general(float(abs(value)))
    whole, _, decimals = core.partition(".")
    if "e" in core.lower():
        return f"{abs(float(value)):.{sum(ch in '0#?' for ch in decimals.upper().split('E')[0])}E}"
    scale = len(core) - len(core.rstrip(","))
    places = sum(ch in "0#?" for ch in decimals)
    with localcontext() as exact:
        exact.prec = 400  # digits: the longest float has 309 before the point
        size = (abs(value) / 1000**scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, after = f"{size:f}".partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    needed = decimals.count("0")
    after = after[:needed] + after[needed:].rstrip("0")
    return f"{before}.{after}" if after else before


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.{_GENERAL_DIGITS - 1}G}"


def _elapsed(value: timedelta) -> str:
    seconds = round(abs(value.total_seconds()))
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _date(value: date | time, pattern: str) -> str:
    section = _SECTION.split(pattern)[0]
    if section.lower() in _LOCAL or not any(ch in "ymdhs" for ch in section.lower()):
        return _iso(value)
    parts = list(_DATE_PART.finditer(section))
    letters = [(part["letters"] or "").lower() for part in parts]
    clock = datetime.combine(date.min, value) if isinstance(value, time) else value
    halves = any(part["half"] for part in parts)
    words = []
    for at, part in enumerate(parts):
        if part["letters"]:
            words.append(_letters(clock, letters[at], _is_minute(letters, at), halves))
        elif part["half"]:
            words.append(f"{clock:%p}")
        else:
            words.append(part["quoted"] or part["escaped"] or part["other"] or "")
    return "".join(words).strip()


def _iso(value: date | time) -> str:
    midnight = isinstance(value, datetime) and value.time() == time()
    return value.strftime("%Y-%m-%d") if midnight else str(value)


def _is_minute(letters: list[str], at: int) -> bool:
    """True for an m that stands after the hours or before the seconds."""
    before = next((part for part in reversed(letters[:at]) if part), "")
    after = next((part for part in letters[at + 1 :] if part), "")
    return len(letters[at]) < 3 and (before.startswith("h") or after.startswith("s"))


def _letters(clock: date, letters: str, minute: bool, halves: bool) -> str:
    first, count = letters[0], len(letters)
    hour = getattr(clock, "hour", 0)
    if first == "y":
        return f"{clock.year:04}" if count > 2 else f"{clock.year % 100:02}"
    if (first == "m" and count > 2) or (first == "d" and count > 2):
        name = f"{clock:%B}" if first == "m" else f"{clock:%A}"
        return name if count == 4 else name[: 1 if count == 5 else 3]
    numbers = {
        "m": getattr(clock, "minute", 0) if minute else clock.month,
        "d": clock.day,
        "h": (hour % 12 or 12) if halves else hour,
        "s": getattr(clock, "second", 0),
    }
    return f"{numbers[first]:0{count}}"
