"""Nothing that a document or a user writes is read as markup."""

import html

import pytest

from askretail_ui.escape import counted, day, shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![pixel](http://far.example/x.png)",
        "[link](javascript:alert(1))",
        "**bold** _it_ `code` ~~gone~~ # head",
        "https://far.example and www.far.example and me@far.example",
        "${1 + 1} {{value}} $$x^2$$ \\(y\\)",
        '" onmouseover="alert(1)',
        "&lt;b&gt; &#60;",
    ],
)
def test_markup_becomes_references_that_read_as_the_same_text(text: str) -> None:
    safe = shown(text)
    assert html.unescape(safe) == text
    assert not set("<>\"'![](){}*_`~$\\:/@.") & set(safe)


def test_letters_of_every_language_stay_as_they_are() -> None:
    assert shown("Café 10 Ö 東京 – 5") == "Café 10 Ö 東京 – 5"


def test_a_newline_cannot_end_the_html_block() -> None:
    assert shown("a\n\nb") == "a&#10;&#10;b"


def test_marks_that_reverse_text_are_dropped_and_controls_are_made_visible() -> None:
    assert shown("pay \u202e001 \u2066x\u2069\x00\x1b") == "pay 001 x\ufffd\ufffd"


def test_counts_and_days_are_words() -> None:
    assert counted(1, "page") == "1 page"
    assert counted(12000, "company", "companies") == "12,000 companies"
    assert day("2022-03-08") == "8 March 2022"
    assert day("in 2022") == "in 2022"
