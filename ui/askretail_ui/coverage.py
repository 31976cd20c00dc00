"""What a library covers at a glance: companies by period, the types of document in each cell."""

from collections.abc import Iterable, Mapping, Sequence

from askretail_ingest.doctypes import authority
from askretail_ingest.nouns import Document
from askretail_ui.escape import counted, shown

MOST_ROWS = 60
WIDE = 12  # years shown without a hole; a library that spans more shows those it has

Cells = Mapping[tuple[str, int], list[Document]]  # company and year; year 0 for no period


def grid_html(documents: Sequence[Document]) -> str:
    """Return the grid, gaps between a company's first and last year marked; "" for no document."""
    cells = _cells(documents)
    if not cells:
        return ""
    companies = sorted({company for company, _ in cells}, key=lambda name: (not name, name.lower()))
    years = _years({year for _, year in cells if year})
    rows = "".join(_row(name, years, cells) for name in companies[:MOST_ROWS])
    heads = "".join(f'<th scope="col">FY{year}</th>' for year in years)
    heads += '<th scope="col">No period</th>' if any(not year for _, year in cells) else ""
    return (
        f'<details class="ar-grid" open><summary>Coverage <span>{_summary(cells)}</span></summary>'
        '<div class="ar-grid-table" role="region" tabindex="0" aria-label="Coverage: companies by '
        f'period"><table><thead><tr><th scope="col">Company</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_more(len(companies) - MOST_ROWS)}</details>"
    )


def kinds(documents: Iterable[Document]) -> list[str]:
    """Return the types of some documents, the most authoritative first: "10-Q Q1 Q3", "news ×2"."""
    found: dict[str, list[Document]] = {}
    for document in sorted(documents, key=lambda d: authority(d.doc_type)):
        found.setdefault(document.doc_type, []).append(document)
    return [_kind(name, members) for name, members in found.items()]


def gaps(company: str, cells: Cells) -> set[int]:
    """Return the years between a company's first and last that no document is of."""
    years = {year for name, year in cells if name == company and year}
    return set(range(min(years), max(years))) - years if years and company else set()


def _cells(documents: Sequence[Document]) -> dict[tuple[str, int], list[Document]]:
    cells: dict[tuple[str, int], list[Document]] = {}
    for document in documents:
        year = document.period.year if document.period else 0
        for company in document.companies or ("",):
            cells.setdefault((company, year), []).append(document)
    return cells


def _years(found: set[int]) -> list[int]:
    if not found or max(found) - min(found) >= WIDE:
        return sorted(found)
    return list(range(min(found), max(found) + 1))


def _kind(name: str, members: Sequence[Document]) -> str:
    quarters = sorted({d.period.quarter for d in members if d.period and d.period.quarter})
    if quarters and len(quarters) == len(members):
        first, last = quarters[0], quarters[-1]
        run = len(quarters) > 2 and last - first + 1 == len(quarters)
        named = [f"Q{first}–Q{last}"] if run else [f"Q{quarter}" for quarter in quarters]
        return " ".join((name, *named))
    return name if len(members) == 1 else f"{name} ×{len(members)}"


def _row(company: str, years: Sequence[int], cells: Cells) -> str:
    missing = gaps(company, cells)
    columns = [*years, *([0] if any(not year for _, year in cells) else [])]
    body = "".join(_cell(company, year, cells, year in missing) for year in columns)
    return f'<tr><th scope="row">{shown(company) or "No company"}</th>{body}</tr>'


def _cell(company: str, year: int, cells: Cells, gap: bool) -> str:
    documents = cells.get((company, year), [])
    if not documents:
        return '<td class="ar-gap">gap</td>' if gap else '<td class="ar-none"></td>'
    wanted = " ".join(filter(None, (company, f"FY{year}" if year else "")))
    lines = "".join(f"<span>{shown(kind)}</span>" for kind in kinds(documents))
    if not wanted:
        return f'<td><div class="ar-cell">{lines}</div></td>'
    return (
        f'<td><button type="button" class="ar-cell" data-wanted="{shown(wanted)}">{lines}'
        f'<span class="ar-hidden">: show {shown(wanted)} in the list</span></button></td>'
    )


def _summary(cells: Cells) -> str:
    companies = {company for company, _ in cells if company}
    years = sorted({year for _, year in cells if year})
    holes = sum(len(gaps(company, cells)) for company in companies)
    span = f"FY{years[0]}–FY{years[-1]}" if len(years) > 1 else "".join(f"FY{y}" for y in years)
    parts = (
        counted(len(companies), "company", "companies"),
        span,
        counted(holes, "gap") if holes else "no gap",
    )
    return ", ".join(filter(None, parts))


def _more(rest: int) -> str:
    if rest <= 0:
        return ""
    return f'<p class="ar-note">and {counted(rest, "more company", "more companies")}</p>'
