"""Who holds an office: the line that has the name beside the title answers, and no other chief's.

Filings print "Jane Roe 59 Chairman and Chief Executive Officer", "John A. Doe, age 50, is Chief
Financial Officer", "Mr. Doe has served as Senior Vice President and Chief Financial Officer".
"""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.nouns import Reading
from askretail.periods import find_periods
from askretail.person import PERSON
from askretail.quotes import Quote
from askretail.text import content_words

MOST = 2  # lines: the officers' list, and when the office was taken
_SHORT = {
    "ceo": "chief executive",
    "cfo": "chief financial",
    "coo": "chief operating",
    "finance chief": "chief financial",
    "finance head": "chief financial",
    "boss": "chief executive",
}
_LEADS = frozenset(("runs", "leads", "heads", "ran", "led", "headed", "running", "leading", "boss"))
_SMALL = re.compile(
    r"\b(?:took\s+over(?:\s+as)?|became|becomes|was\s+(?:made|named|appointed)|new|who|what|who['’]s|is|was|are|the|of|at|for|in|name|current|currently|present|now|today|tell|"
    r"me|please|and|right|company|their|during|fiscal|year|s)\b|['’]s\b|[^\w\s]",
    re.I,
)
_OFFICE = re.compile(r"(chief [a-z]+)(?: officer)?")
_PAST = re.compile(
    r"\b(?:former|formerly|previously|prior|retired|until|certification|next)\b", re.I
)
# A word of the titles before the office.
_TITLE = r"(?:president|chair(?:man)?|[A-Z][\w&.’'-]*|and|of|the|a|[,;&])"
_HOLDS = (
    r"(?:,?\s*(?:age\s+)?\d\d\b)?\s*,?\s*(?:(?:has\s+(?:served|been)|serves|served|is|was|became|was\s+named|"
    r"was\s+appointed|has\s+been\s+named|took\s+over)\s+(?:as\s+)?(?:our\s+|its\s+|the\s+)?)?"
)
_NAME = rf"(?:M(?:r|s|rs)\.\s+[A-Z]\w+|{PERSON}|/s/\s+[A-Z][A-Z. ]+[A-Z])"
_AFTER = re.compile(r"^(?: officer)?(?P<rest>[^.;:—–|\n\d]{0,60})", re.I)
_PLAIN = re.compile(  # what may follow a title that is of the whole company
    r"\b(?:and|of|the|our|a|an|its|company|corporation|inc|member|director|directors|chairman|chair|"
    r"president|board|officer|principal|executive|since|effective|in|from|also|who|leads|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.I,
)


def office_asked(reading: Reading, catalogue: Catalogue) -> str:
    """Return the office whose holder a question asks for ("chief executive"), or ""."""
    text = reading.standalone
    spans = [(n.start, n.end) for n in find_companies(text, catalogue)]
    spans += [(d.start, d.end) for d in find_periods(text)]
    if not re.search(r"\bwho\b|\bname of\b|\bwho['’]s\b", text, re.I):
        return ""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    left = " ".join(_SMALL.sub(" ", text).lower().split())
    if left in _LEADS:
        return "chief executive"
    chief = _OFFICE.fullmatch(left)
    return _SHORT.get(left, chief.group(1) if chief else "")


def officer_lines(
    office: str, reading: Reading, quotes: Sequence[Quote], catalogue: Catalogue
) -> list[Quote]:
    """Return the lines that name who holds an office of the company, the newest first."""
    held = [q for q in quotes if _holds(office, q, catalogue) and (q.timely or not reading.periods)]
    years = {period.year for period in reading.periods} or {max(map(_year, held), default=0)}
    of_then = [q for q in held if _year(q) in years] or held
    return sorted(of_then, key=lambda q: (_kind(q.text), -q.score))[:MOST]


def names_of(office: str) -> tuple[str, ...]:
    """Return the ways in which an office is named: "chief financial", "cfo", "finance chief"."""
    return office, *(rf"\b{short}\b" for short, name in _SHORT.items() if name == office)


def _holds(office: str, quote: Quote, catalogue: Catalogue) -> bool:
    """Return whether a quote names a person who holds an office of the company as a whole."""
    if _put_beside(office, quote):
        return True
    titles = rf"(?i:{'|'.join(names_of(office)[:2])})"
    held = rf"\W*{_NAME}{_HOLDS}(?:{_TITLE}\s*){{0,9}}?{titles}"
    said = rf"\bsaid\s+{_NAME},\s*(?:(?:president|chairman|and|our|its),?\s+)*{titles}"
    found = re.match(held, quote.text) or re.search(said, quote.text)
    if found is None or _PAST.search(found.group()):
        return False
    after = _AFTER.match(quote.text[found.end() :])
    rest = after["rest"] if after else ""
    for named in reversed(find_companies(rest, catalogue)):
        whole = content_words(rest[named.start : named.end]) <= content_words(named.company)
        rest = f"{rest[: named.start]} {rest[named.end :]}" if whole else rest  # no brand of it
    return not re.search(r"[A-Z]", _PLAIN.sub("", rest))


def _put_beside(office: str, quote: Quote) -> bool:
    """Return whether prose puts a name right beside an office, as the press does."""
    names = "|".join(names_of(office))
    before = rf"(?:\b(?:the|its|our)|['’]s)\s+(?:{names}),\s+{PERSON}"
    behind = rf"{PERSON},\s+(?:(?:the|its|our)\s+)?(?:{names}),"
    return quote.hit.kind != "table" and bool(re.search(f"{before}|{behind}", quote.text))


def _kind(text: str) -> int:
    """Return 0 for a line of the officers' list, 1 for a sentence, 2 for a signature."""
    if text.lstrip().startswith("/s/"):
        return 2
    return int(re.match(rf"\W*{_NAME},?\s*(?:age\s+)?(?:\d\d\b|[A-Z])", text) is None)


def _year(quote: Quote) -> int:
    period = quote.hit.document.period
    return period.year if period is not None else 0
