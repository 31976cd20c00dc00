"""What the cover page of an SEC filing says: form, registrant, period, date of report."""

import re
from dataclasses import replace

from askretail_ingest.companies import display_name, most_named
from askretail_ingest.dates import DATE, iso_date, iso_of
from askretail_ingest.nouns import Metadata, Period
from askretail_ingest.periods import name_year, quarter_by_weeks

COMPOSED = "composed of company, form and period"  # the reason of a title that is ours
COVER_CHARS = 9000  # some covers follow a title page, some a letter
_BODY_CHARS = 120_000  # the business section, where a filer names itself most
_SEC = re.compile(r"SECURITIES\s+AND\s+EXCHANGE\s+COMMISSION", re.IGNORECASE)
_FORM = re.compile(r"\bFORM\s+(10-?KT?|10-?Q|8-?K|20-?F|40-?F|6-?K)\b(?:405|SB)?", re.IGNORECASE)
# The annual and current reports of foreign issuers are the 10-K and 8-K of theirs.
_TYPES = {
    "10K": "10-K",
    "10KT": "10-K",
    "20F": "10-K",
    "40F": "10-K",
    "10Q": "10-Q",
    "8K": "8-K",
    "6K": "8-K",
}
_CHARTER = re.compile(r"\(\s*Exact\s+name\s+of\s+(?:the\s+)?registrant", re.IGNORECASE)
_PERIOD = re.compile(
    r"for\s+the\s+(?:fiscal\s+year|quarterly\s+period|quarter|year|transition\s+period)\s+ended:?\s*",
    re.IGNORECASE,
)
_REPORT_DATE = re.compile(r"date\s+of\s+(?:earliest\s+event\s+)?report(?:ed)?\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"commission|transition|period|file\s+(?:no|number)|\bact of\b|washington,? d\.?c|form \d",
    re.IGNORECASE,
)
_RULES = re.compile(r"[_=*]{2,}|\d{1,4}-\d{4,6}\.?\s|\n")
_SIGNED = re.compile(r"\bDated?\s*:\s*|\breport,?\s+dated\s+", re.IGNORECASE)


def read_cover(text: str) -> Metadata | None:
    """Return what the cover page says; None when the text has none."""
    head = text[:COVER_CHARS]
    form = _FORM.search(head)
    if form is None or not _SEC.search(head) or not _CHARTER.search(head):
        return None
    doc_type = _TYPES[form.group(1).upper().replace("-", "")]
    company, company_reason = _company(head, text)
    period = None if doc_type == "8-K" else _period(head, text, doc_type)
    published = _report_date(head) if doc_type == "8-K" else _signed_on(text, period)
    reasons = [("doc_type", f"cover page: Form {form.group(1).upper()}")]
    if company:
        reasons += [("companies", company_reason), ("publisher", company_reason)]
    if period:
        reasons.append(("period", f"cover page: ended {period.end}; year as the filer names it"))
    elif doc_type == "8-K" and published:
        period = Period(int(published[:4]))
        reasons.append(("period", "cover page: year of the date of report"))
    if published:
        where = "cover page: date of report" if doc_type == "8-K" else "date of the signatures"
        reasons.append(("published", where))
    reasons.append(("title", COMPOSED))
    companies = (company,) if company else ()
    about = Metadata("", companies, company, period, doc_type, published, tuple(reasons))
    return replace(about, title=compose_title(about))


def compose_title(about: Metadata) -> str:
    """Return the title of a filing, which prints none: company, form and period."""
    when = about.published if about.doc_type == "8-K" else str(about.period or "")
    names = " and ".join(about.companies)
    return " ".join(filter(None, (names, about.doc_type, when))) if names else ""


def _company(head: str, text: str) -> tuple[str, str]:
    charter = _CHARTER.search(head)
    if charter:
        lines = _RULES.split(head[max(0, charter.start() - 200) : charter.start()])
        last = next((line.strip(" |,") for line in reversed(lines) if line.strip(" |,")), "")
        if last[:1].isupper() and len(last) > 1 and not _NO_NAME.search(last):
            return display_name(last, text), "cover page: exact name of registrant"
    # Some covers print the name as a picture; the filer's own pages repeat it.
    named = most_named(text[:_BODY_CHARS])
    return (display_name(named, text), "named most often in the text") if named else ("", "")


def _period(head: str, text: str, doc_type: str) -> Period | None:
    for match in _PERIOD.finditer(head):
        end = iso_date(head[match.end() : match.end() + 40])
        if end:
            break
    else:
        return None
    year = name_year(text, end, whole_year=doc_type != "10-Q")
    quarter = quarter_by_weeks(text) if doc_type == "10-Q" else None
    return Period(year.year, quarter, end, year.name)


def _report_date(head: str) -> str:
    for match in _REPORT_DATE.finditer(head):
        found = iso_date(head[match.end() : match.end() + 100])
        if found:
            return found
    return ""


def _signed_on(text: str, period: Period | None) -> str:
    """Return the date that the signatures bear: the first one within a year after the period."""
    if period is None:
        return ""
    limit = f"{int(period.end[:4]) + 1}{period.end[4:]}"
    for match in _SIGNED.finditer(text):
        found = DATE.match(text, match.end())
        signed = iso_of(found) if found else ""
        if period.end < signed <= limit:
            return signed
    return ""
