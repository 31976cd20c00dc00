"""Which period each column of a table covers, in the filer's own numbering of years."""

import pytest

from askretail_ingest.columns import is_head, read_columns
from askretail_ingest.nouns import Period

YEAR = Period(2018, end="2018-02-03")
QUARTER = Period(2024, 2, end="2023-07-29")

Read = list[tuple[int, int | None, str]]


def read(lines: list[str], period: Period) -> Read:
    return [(c.year, c.quarter, c.span) for c in read_columns(lines, period)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Fiscal Years Ended February 3, 2018 January 28, 2017"],
        ["Fiscal Year Ended", "February 3, 2018 | January 28, 2017"],
        ["53 and 52 Weeks Ended", "February 3, January 28,", "2018 2017"],
        ["Fiscal years ended February 3, 2018 and January 28, 2017", "(in millions)", "2018 2017"],
        ["Fiscal Year", "2018 2017"],
    ],
)
def test_two_years_are_read_however_they_are_printed(lines: list[str]) -> None:
    assert read(lines, YEAR) == [(2018, None, "year"), (2017, None, "year")]


def test_columns_may_run_from_old_to_new() -> None:
    lines = ["Year Ended December 31,", "2015 2016 2017"]
    found = read_columns(lines, Period(2017, end="2017-12-31"))
    assert [(c.year, c.end) for c in found] == [
        (2015, "2015-12-31"),
        (2016, "2016-12-31"),
        (2017, "2017-12-31"),
    ]


def test_a_year_ended_in_january_is_numbered_as_the_document_is() -> None:
    lines = ["Fiscal Years Ended January 29, 2022 January 30, 2021"]
    assert read(lines, Period(2021, end="2022-01-29")) == [
        (2021, None, "year"),
        (2020, None, "year"),
    ]
    assert read(lines, Period(2022, end="2022-01-29")) == [
        (2022, None, "year"),
        (2021, None, "year"),
    ]


def test_printed_numbers_of_years_shift_with_the_number_of_the_document() -> None:
    assert read(["2022 2021 2020"], Period(2023, end="2023-01-28")) == [
        (2023, None, ""),
        (2022, None, ""),
        (2021, None, ""),
    ]


def test_a_quarter_beside_the_half_year_has_its_own_columns() -> None:
    lines = [
        "Three Months Ended Six Months Ended",
        "July 29, 2023 July 30, 2022 July 29, 2023 July 30, 2022",
    ]
    assert read(lines, QUARTER) == [
        (2024, 2, "quarter"),
        (2023, 2, "quarter"),
        (2024, 2, "half"),
        (2023, 2, "half"),
    ]


def test_a_quarterly_balance_sheet_shows_the_last_year_end_too() -> None:
    lines = ["July 29, 2023 January 28, 2023 July 30, 2022"]
    assert read(lines, QUARTER) == [(2024, 2, ""), (2023, None, ""), (2023, 2, "")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Parent Guarantor Issuer Consolidated", "For the Year Ended December 28, 2019"],
        ["Year Ended December 31, 2017 2016", "2017 vs. 2016"],
        ["Assets", "Liabilities"],
        ["March 15, 2018 February 3, 2017"],  # no year of this document ends in March
    ],
)
def test_no_column_is_read_where_a_doubt_is_left(lines: list[str]) -> None:
    assert len(read(lines, YEAR)) < 2


def test_a_column_of_changes_behind_the_years_covers_no_period() -> None:
    assert read(["Fiscal Year", "2018 2017 % Change"], YEAR) == [
        (2018, None, "year"),
        (2017, None, "year"),
        (0, None, "change"),
    ]


def test_numbers_of_years_say_nothing_of_quarters() -> None:
    assert read(["2024 2023"], QUARTER) == []


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("Year Ended May 31,", True),
        ("(In millions, except per share data) 2018 2017 2016", True),
        ("3/25/2023 3/19/2022", True),
        ("Net sales $ 5 $ 4", False),
        ("Allowances of $33 at December 28, 2019 1,973 2,129", False),
        ("ASSETS", False),
    ],
)
def test_a_head_names_periods_and_holds_no_other_figure(line: str, head: bool) -> None:
    assert is_head(line) is head
