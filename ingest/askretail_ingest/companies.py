"""Company names: the short one that people use, and whom a text is about."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from askretail_ingest.wordlist import word_set

_LEGAL = word_set(
    "inc incorporated co company companies corp corporation ltd limited llc llp lp plc nv sa ag se"
    " ab asa oyj spa gmbh kgaa"
)
_STATE = re.compile(r"\s*/[A-Z]{2}/?\s*$")  # "/DE/" that EDGAR adds
_WORD = r"[A-Z0-9][\w&’'.-]*"
_LEGAL_NAME = re.compile(
    rf"\b((?:The |THE )?{_WORD}(?: (?:{_WORD}|of|and|&)){{0,4}}),? "
    r"(?:Inc|INC|Corporation|CORPORATION|Corp|CORP|Company|COMPANY|Companies|COMPANIES|Co|CO|Ltd|PLC|plc)\b"
)
_NOT_NAMES = word_set(
    "the a an our this that such any each parent trust securities exchange holding company"
    " insurance depository commission report form table bank national financial public accounting"
)
_MAIN_MENTIONS = 3  # a company named twice is a passing remark
_MAIN_SHARE = 0.25  # of the mentions of the one named most
_MAIN_MOST = 8


def display_name(registrant: str, text: str = "") -> str:
    """Return the name people use for a registrant; ``text`` shows how it is written in prose.

    >>> display_name("THE KRAFT HEINZ COMPANY"), display_name("AMAZON.COM, INC.")
    ('Kraft Heinz', 'Amazon')
    """
    words = _STATE.sub("", registrant).replace(",", " ").split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    while len(words) > 1 and _is_legal(words[-1]):
        words.pop()
    while len(words) > 1 and words[-1] in ("&", "and"):
        words.pop()
    name = re.sub(r"\.com\b", "", " ".join(words), flags=re.IGNORECASE).strip(" .,;:")
    return (_written(name, text) if name.isupper() else name).replace("’", "'")


def _is_legal(word: str) -> bool:
    bare = word.replace(".", "").lower()
    return not bare or bare in _LEGAL


def _written(name: str, text: str) -> str:
    """Return a name in capitals as prose spells it, else with capitals at the start of words."""
    spelled = Counter(
        " ".join(match.group().split())
        for match in re.finditer(rf"\b{_pattern(name)}\b", text, re.IGNORECASE)
    )
    mixed = [
        (count, form) for form, count in spelled.items() if not (form.isupper() or form.islower())
    ]
    if mixed:
        return max(mixed)[1]
    return " ".join(_capital(word) for word in name.split())


def _pattern(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.sub("['’]", "['’]", words)


def _capital(word: str) -> str:
    """Return the word capitalised; one without vowels is an abbreviation and stays."""
    if not re.search(r"[AEIOUY]", word):
        return word
    return re.sub(r"[A-Z][A-Z’']*", lambda part: part.group().capitalize(), word)


def most_named(text: str) -> str:
    """Return the legal name that stands most often in the text ("The Coca-Cola Company"), or ""."""
    counts: Counter[str] = Counter()
    full: dict[str, str] = {}
    for match in _LEGAL_NAME.finditer(text):
        first = match.group(1).split()[0].lower()
        short = display_name(match.group(1)).lower()
        if short and not (set(short.split()) <= _NOT_NAMES) and first not in _NOT_NAMES - {"the"}:
            counts[short] += 1
            full.setdefault(short, match.group())
    return full[counts.most_common(1)[0][0]] if counts else ""


def same_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that is this one but for case, signs and legal form, else the name."""
    wanted = fold(display_name(name))
    return next((other for other in known if fold(display_name(other)) == wanted), name)


def fold(name: str) -> str:
    """Return the letters and digits of a name in lower case."""
    return re.sub(r"[\W_]+", "", name.lower())


def main_companies(text: str, title: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return whom the text is mainly about, most named first: known names that it repeats.

    A name in the title counts, however rarely the text repeats it.
    """
    counts: Counter[str] = Counter()
    for name, forms in _forms(known).items():
        mentions = re.compile(rf"\b(?:{'|'.join(map(_pattern, forms))})(?:\b|(?<=\W))")
        found = len(mentions.findall(text))
        if mentions.search(title):
            found = max(found, _MAIN_MENTIONS) + _MAIN_MENTIONS
        if found:
            counts[name] = found
    if not counts:
        return ()
    floor = max(_MAIN_MENTIONS, _MAIN_SHARE * max(counts.values()))
    named = sorted(
        (name for name in counts if counts[name] >= floor), key=lambda n: (-counts[n], n)
    )
    return tuple(named[:_MAIN_MOST])


def _forms(known: Sequence[str]) -> dict[str, list[str]]:
    """Return the spellings to look for by name; the library's own names come before the file's."""
    forms: dict[str, list[str]] = {name: [name] for name in known}
    taken = {fold(name): name for name in known}
    for name, aliases in known_retailers():
        key = next((taken[fold(form)] for form in (name, *aliases) if fold(form) in taken), name)
        forms.setdefault(key, []).extend((name, *aliases))
    return {
        name: sorted(set(spellings), key=len, reverse=True) for name, spellings in forms.items()
    }


@cache
def known_retailers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names and other spellings of the data file ``data/companies.csv``."""
    path = resources.files("askretail_ingest") / "data" / "companies.csv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(
        (row["name"], tuple(form.strip() for form in row["aliases"].split(";") if form.strip()))
        for row in rows
    )
