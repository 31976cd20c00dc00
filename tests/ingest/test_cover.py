from askretail_ingest.cover import read_cover
from askretail_ingest.nouns import Period
from askretail_ingest.release import read_release

COVER = """UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549
FORM {form}
{period}
Commission file number 1-99999
____________________
{name}
(Exact name of registrant as specified in its charter)

Delaware
"""


def cover(form: str, period: str, name: str = "QUILL STORES, INC.", body: str = "") -> str:
    return COVER.format(form=form, period=period, name=name) + body


def test_an_annual_report_is_read_from_its_cover() -> None:
    body = "Quill Stores sold in fiscal 2022. Fiscal 2022 and fiscal 2022.\nDate: March 18, 2022\n"
    found = read_cover(cover("10-K", "For the fiscal year ended January 29, 2022", body=body))
    assert found is not None
    assert found.title == "Quill Stores 10-K FY2022"
    assert found.companies == ("Quill Stores",)
    assert found.publisher == "Quill Stores"
    assert found.doc_type == "10-K"
    assert found.period == Period(2022, None, "2022-01-29", "fiscal 2022")
    assert found.published == "2022-03-18"
    assert dict(found.reasons)["companies"] == "cover page: exact name of registrant"


def test_a_quarterly_report_gets_its_quarter_from_its_tables() -> None:
    body = "Thirteen weeks ended Thirty-nine weeks ended\n" * 3
    found = read_cover(cover("10-Q", "For the quarterly period ended: October 29, 2022", body=body))
    assert found is not None
    assert found.period == Period(2022, 3, "2022-10-29", "2022")
    assert found.title == "Quill Stores 10-Q Q3 FY2022"


def test_a_current_report_is_dated_by_its_cover() -> None:
    line = "Date of Report (Date of earliest event reported) April 24, 2023"
    found = read_cover(cover("8-K", line))
    assert found is not None
    assert (found.doc_type, found.published) == ("8-K", "2023-04-24")
    assert found.title == "Quill Stores 8-K 2023-04-24"


def test_a_name_printed_as_a_picture_is_taken_from_the_text() -> None:
    body = "Quill Stores, Inc. sells ink. Quill Stores, Inc. grew. Ink Corporation did not."
    text = cover("10-K", "For the fiscal year ended January 29, 2022", name="", body=body)
    found = read_cover(text)
    assert found is not None
    assert found.companies == ("Quill Stores",)
    assert dict(found.reasons)["companies"] == "named most often in the text"


def test_the_annual_report_of_a_foreign_issuer_counts_as_one() -> None:
    found = read_cover(cover("20-F", "For the fiscal year ended March 31, 2024"))
    assert found is not None
    assert found.doc_type == "10-K"


def test_a_text_that_only_mentions_forms_has_no_cover() -> None:
    assert (
        read_cover("See our Form 10-K filed with the Securities and Exchange Commission.") is None
    )


RELEASE = """{title}
Net sales rose
BOLTON, March 2, 2023 -- Quill Stores, Inc. (NYSE: QUIL) today announced results for the 13-week
fourth quarter ended January 28, 2023 (“Q4 FY23”), against the quarter ended January 29, 2022.
"""


def test_an_earnings_release_is_read_from_headline_and_date_line() -> None:
    found = read_release(RELEASE.format(title="Quill Stores Reports Fourth Quarter Results"))
    assert found is not None
    assert found.title == "Quill Stores Reports Fourth Quarter Results"
    assert found.companies == ("Quill Stores",)
    assert found.doc_type == "earnings release"
    assert found.period == Period(2023, 4, "2023-01-28", "Q4 FY23")
    assert found.published == "2023-03-02"


def test_the_headline_decides_the_year_over_the_calendar() -> None:
    text = RELEASE.format(title="Quill Stores Announces Fourth Quarter Fiscal 2022 Results")
    found = read_release(text.replace(" (“Q4 FY23”)", ""))
    assert found is not None
    assert found.period == Period(2022, 4, "2023-01-28", "Fourth Quarter Fiscal 2022")


def test_a_headline_that_breaks_in_two_is_joined_and_one_that_does_not_stays() -> None:
    two = read_release(
        RELEASE.format(title="Quill Stores Reports Fourth Quarter\nFiscal 2022 Results")
    )
    one = read_release(RELEASE.format(title="Quill Stores Reports Q4 Results\nReported Results"))
    assert two and two.title == "Quill Stores Reports Fourth Quarter Fiscal 2022 Results"
    assert one and one.title == "Quill Stores Reports Q4 Results"


def test_an_article_about_results_is_no_release() -> None:
    assert (
        read_release("Quill Stores reports strong quarter results\nBy Ann, analysts cheered.")
        is None
    )
