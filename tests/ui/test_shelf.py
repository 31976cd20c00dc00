"""The library in short: the head of the page, and whom a new conversation can ask about."""

import re

from askretail_ingest.nouns import Period
from askretail_ui import shelf

from .fake import ELMSTORES, OAKMART, document
from .test_render import HOSTILE, tags, words

BOTH = (OAKMART, ELMSTORES)


def test_the_header_says_which_library_answers() -> None:
    shown = words(shelf.header_html(BOTH, 1200, sample=True))
    assert "Sample library 2 documents, 1,200 passages" in shown
    assert "Your library" in words(shelf.header_html((), 0, sample=False))


def companies(markup: str) -> list[list[str]]:
    lines = re.findall(r"<li>(.*?)</li>", markup)
    return [[words(part) for part in re.findall(r"<(?:b|span)>(.*?)</", line)] for line in lines]


def test_the_start_names_the_companies_their_documents_and_years() -> None:
    later = document(
        "o.txt", "one\ntwo\n", companies=("Oakmart", "Elm Stores"), period=Period(2024)
    )
    shown = shelf.coverage_html((*BOTH, later, document("x.txt", "a\nb\n")))
    assert companies(shown) == [
        ["Elm Stores", "2 documents", "FY2024"],
        ["Oakmart", "2 documents", "FY2022–FY2024"],
    ]


def test_the_company_with_most_documents_comes_first() -> None:
    many = [document(f"{n}.txt", f"{n}\nb\n", companies=("Zed",)) for n in range(2)]
    assert companies(shelf.coverage_html((OAKMART, *many))) == [
        ["Zed", "2 documents", ""],
        ["Oakmart", "1 document", "FY2022"],
    ]


def test_companies_beyond_the_listed_ones_are_counted() -> None:
    docs = [
        document(f"{n}.txt", f"{n}\nb\n", companies=(f"Shop {n:02}",))
        for n in range(shelf.COMPANIES + 1)
    ]
    shown = shelf.coverage_html(docs)
    assert [row[0] for row in companies(shown)] == [f"Shop {n:02}" for n in range(shelf.COMPANIES)]
    assert "and 1 more company" in words(shown)
    assert "more compan" not in words(shelf.coverage_html(docs[:-1]))


def test_a_library_about_no_company_has_no_list() -> None:
    assert shelf.coverage_html((document("x.txt", "a\nb\n"),)) == ""
    assert shelf.coverage_html(()) == ""


def test_markup_in_names_is_shown_as_text() -> None:
    for text in HOSTILE:
        doc = document(text, "one\ntwo\n", title=text, companies=(text,))
        assert tags(shelf.coverage_html((doc,))) == {"div", "h2", "ul", "li", "b", "span"}
