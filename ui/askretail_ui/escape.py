"""Text of documents and of users, made safe for HTML and for Markdown at once.

The chat shows Markdown, and its sanitizer lets remote images, forms and overlays through. So every
ASCII character that either language could read as markup becomes a numeric reference.
"""

from datetime import date

_MARKUP = {n: f"&#{n};" for n in range(127) if not chr(n).isalnum() and chr(n) != " "}
_CONTROLS = {n: "\ufffd" for n in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
# Marks that turn the direction of what follows: with them a quote could be made to read otherwise.
_TURNERS = {n: None for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_TABLE: dict[int, str | None] = {**_MARKUP, **_CONTROLS, **_TURNERS}


def shown(text: str) -> str:
    """Return ``text`` so that a browser shows its characters and reads no markup in it.

    >>> shown("<b>5 %</b>")
    '&#60;b&#62;5 &#37;&#60;&#47;b&#62;'
    """
    return text.translate(_TABLE)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun.

    >>> counted(1, "page"), counted(1200, "page"), counted(2, "company", "companies")
    ('1 page', '1,200 pages', '2 companies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(iso: str) -> str:
    """Return an ISO date in words, anything else as it is.

    >>> day("2022-03-18"), day("spring")
    ('18 March 2022', 'spring')
    """
    try:
        parsed = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
