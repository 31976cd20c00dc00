"""What news, briefs and other texts say of themselves: kind, date, site, whom they are about."""

import re
from collections.abc import Sequence

from askretail_ingest.companies import main_companies
from askretail_ingest.dates import DATE, iso_of
from askretail_ingest.nouns import Metadata

_TOP_CHARS = 700  # title, byline and date stand here
_LINKED_FROM = re.compile(
    r"\bThe post .{5,200}? (?:first )?appeared (?:first )?on ([^\n.]{2,60})\.?"
)
_BYLINE = re.compile(
    r"^\s*(?:By|Published by|Reporting by) [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}\b", re.M
)
_AGENCY = re.compile(r"\((Reuters|AP|Bloomberg|AFP|CNBC)\)")
_KINDS = (  # in the title or first lines, the clearest words first
    ("transcript", re.compile(r"\btranscript\b|\b(?:earnings|conference) call\b", re.I)),
    (
        "presentation",
        re.compile(
            r"\b(?:investor|analyst|earnings|results) (?:day )?presentation\b|\bslides?\b", re.I
        ),
    ),
    (
        "brief",
        re.compile(
            r"\b(?:brief(?:ing)?|memo(?:randum)?|(?:research|analyst) note|outlook"
            r"|white ?paper|backgrounder)\b",
            re.I,
        ),
    ),
    ("news", re.compile(r"\b(?:news|breaking|press)\b", re.I)),
)
_SPEAKERS = re.compile(r"^\s*Operator\b", re.M)


def read_article(text: str, title: str, known: Sequence[str], *, dated: bool) -> Metadata:
    """Return what a text without a cover says; ``dated`` when its format gives a date itself."""
    top = text[:_TOP_CHARS]
    publisher, publisher_reason = _publisher(text)
    published = _date(top)
    kind, kind_reason = _kind(text, title, bool(publisher), dated or bool(published))
    companies = main_companies(text, title, known)
    reasons = [("doc_type", kind_reason)] if kind else []
    if publisher:
        reasons.append(("publisher", publisher_reason))
    if published:
        reasons.append(("published", "date at the top"))
    if companies:
        reasons.append(("companies", "names that the text repeats"))
    return Metadata("", companies, publisher, None, kind, published, tuple(reasons))


def _publisher(text: str) -> tuple[str, str]:
    linked = _LINKED_FROM.search(text)
    if linked:
        return linked.group(1).strip(), "closing line of the article"
    agency = _AGENCY.search(text[:_TOP_CHARS])
    return (agency.group(1), "date line") if agency else ("", "")


def _kind(text: str, title: str, has_publisher: bool, has_date: bool) -> tuple[str, str]:
    if len(_SPEAKERS.findall(text)) > 1:
        return "transcript", "an operator speaks"
    for kind, words in _KINDS:
        if words.search(title):
            return kind, "title"
    if has_publisher or _BYLINE.search(text[:_TOP_CHARS]):
        return "news", "it names its site, agency or reporter"
    for kind, words in _KINDS[:3]:
        if words.search(text[:_TOP_CHARS]) and kind != "presentation":
            return kind, "first lines"
    return ("news", "a dated article") if has_date and title else ("", "")


def _date(top: str) -> str:
    """Return the date that stands by itself at the top, not one inside a sentence."""
    for match in DATE.finditer(top):
        line = top[top.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
        if len(line) < 80 or re.search(r"[—–-]{1,2}\s", line[:90]):
            return iso_of(match)
    return ""
