"""What a user says that a document is. It goes before everything that was read of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from askretail_ingest.clean import normalise
from askretail_ingest.companies import same_name
from askretail_ingest.cover import COMPOSED, compose_title
from askretail_ingest.doctypes import DOC_TYPES
from askretail_ingest.errors import BadSetting
from askretail_ingest.metadata import parse_type
from askretail_ingest.nouns import Metadata, Period
from askretail_ingest.periods import parse_period

EDITED = "your edit"  # the reason of a field that the user set
MAX_NAME = 80  # characters of a company's name; a longer one is no name


@dataclass(frozen=True, slots=True)
class Edit:
    """New values as a user writes them; None leaves a field alone, an empty one clears it."""

    companies: tuple[str, ...] | None = None
    period: str | None = None  # "FY2022", "Q2 FY2024", "2026-02"
    doc_type: str | None = None  # "10-K", "news", …

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.companies, self.period, self.doc_type))


def edited(metadata: Metadata, edit: Edit, *, known: Sequence[str] = ()) -> Metadata:
    """Return what a document is after an edit; raises ``BadSetting`` for what is no such value.

    ``known`` are company names of other documents: the same name is spelled the same.
    """
    changed = metadata
    if edit.companies is not None:
        names = [same_name(name, known) for name in _names(edit.companies)]
        changed = _set(replace(changed, companies=tuple(dict.fromkeys(names))), "companies")
    if edit.period is not None:
        period = _period(edit.period, changed.period)
        changed = _set(replace(changed, period=period), "period")
    if edit.doc_type is not None:
        changed = _set(replace(changed, doc_type=_type(edit.doc_type)), "doc_type")
    return _titled(changed)


def keep_edits(read: Metadata, earlier: Metadata) -> Metadata:
    """Return what was read anew, with the fields that the user had set on the earlier version."""
    because = dict(earlier.reasons)
    for field in ("companies", "period", "doc_type"):
        if because.get(field) == EDITED:
            read = _set(replace(read, **{field: getattr(earlier, field)}), field)
    return _titled(read)


def _set(metadata: Metadata, field: str) -> Metadata:
    others = tuple(pair for pair in metadata.reasons if pair[0] != field)
    return replace(metadata, reasons=((field, EDITED), *others))


def _titled(metadata: Metadata) -> Metadata:
    """Return the metadata with its title composed again, if it is one of ours."""
    if dict(metadata.reasons).get("title") != COMPOSED:
        return metadata
    return replace(metadata, title=compose_title(metadata) or metadata.title)


def _names(companies: Sequence[str]) -> list[str]:
    names = [" ".join(normalise(name).split()) for name in companies]
    for name in names:
        if len(name) > MAX_NAME:
            raise BadSetting(
                f"a company's name has at most {MAX_NAME} characters, not {len(name)}: "
                f"shorten {name[:20]!r}…"
            )
    return [name for name in names if name]


def _period(words: str, present: Period | None) -> Period | None:
    """Return the period meant; the present one, with its end and name, when it is that one."""
    if not words.strip():
        return None
    period = parse_period(words)
    if period is None:
        raise BadSetting(f"no period {words.strip()!r}: write FY2022, Q2 FY2024 or 2026-02")
    return present if present is not None and str(present) == str(period) else period


def _type(words: str) -> str:
    kind = parse_type(words)
    if not kind:
        raise BadSetting(f"no type {words.strip()!r}: it is one of {', '.join(DOC_TYPES)}")
    return kind
