import pytest

from askretail_ingest.nouns import Period
from askretail_ingest.periods import (
    ended_on,
    name_year,
    named_quarter,
    parse_period,
    quarter_by_weeks,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2022", Period(2022)),
        ("FY2022", Period(2022)),
        ("fiscal year 2022", Period(2022)),
        ("FY22", Period(2022)),
        ("2024Q2", Period(2024, 2)),
        ("2024-Q2", Period(2024, 2)),
        ("Q2 FY2024", Period(2024, 2)),
        ("Q3 FY24", Period(2024, 3)),
        ("2026-02", Period(2026, name="February 2026")),
        ("2026-02-09", Period(2026, end="2026-02-09", name="February 2026")),
        ("", None),
        ("soon", None),
        ("22", None),
    ],
)
def test_a_period_is_read_as_users_write_it(text: str, wanted: Period | None) -> None:
    assert parse_period(text) == wanted


def test_a_filer_may_name_a_year_after_the_one_it_began_in() -> None:
    text = (
        "Fiscal year 2022, 2021, and 2020 represented the 52 weeks ended January 28, 2023, "
        "January 29, 2022, and January 30, 2021, respectively."
    )
    assert name_year(text, "2023-01-28", whole_year=True) == Period(
        2022, end="2023-01-28", name="2022"
    )


def test_a_filer_may_name_a_year_after_the_one_it_ends_in() -> None:
    text = "In fiscal 2023 sales fell. Fiscal 2023 was hard. Fiscal 2023 against fiscal 2022."
    assert name_year(text, "2023-01-28", whole_year=True) == Period(
        2023, end="2023-01-28", name="fiscal 2023"
    )


def test_the_year_tied_to_the_date_beats_the_year_named_more_often() -> None:
    text = "the year ended January 28, 2023 (“fiscal 2022”). " + "fiscal 2023 " * 20
    assert name_year(text, "2023-01-28", whole_year=True).year == 2022


def test_the_name_of_another_date_is_not_taken() -> None:
    text = 'the year ended January 31, 2023 ("fiscal 2023"), and the quarter ended April 30, 2023'
    assert name_year(text + " fiscal 2024" * 3, "2023-04-30", whole_year=False).year == 2024


def test_a_year_that_ends_in_august_is_not_named_after_the_year_before() -> None:
    text = "our fiscal year 2019 report. fiscal 2019. effective for fiscal 2019"
    assert name_year(text, "2020-08-30", whole_year=True) == Period(
        2020, end="2020-08-30", name="2020"
    )


def test_without_any_name_the_calendar_decides() -> None:
    assert name_year("No years here.", "2017-12-31", whole_year=True) == Period(
        2017, end="2017-12-31", name="2017"
    )


@pytest.mark.parametrize(
    ("weeks", "quarter"),
    [("Thirteen weeks ended", 1), ("Twenty-six weeks ended", 2), ("Nine Months Ended", 3)],
)
def test_the_quarter_follows_from_the_weeks_since_the_year_began(weeks: str, quarter: int) -> None:
    assert quarter_by_weeks(f"Thirteen weeks ended\n{weeks} July 29\n" * 3) == quarter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Reports Second Quarter Fiscal 2023 Results",
            Period(2023, 2, name="Second Quarter Fiscal 2023"),
        ),
        ("the quarter (“Q2 FY24”)", Period(2024, 2, name="Q2 FY24")),
        ("First-Quarter 2023 Results", Period(2023, 1, name="First-Quarter 2023")),
        ("Third Quarter and Year-to-Date Results for Fiscal 2023", Period(2023, 3)),
        ("Annual results", None),
    ],
)
def test_a_quarter_is_read_with_its_year(text: str, wanted: Period | None) -> None:
    assert named_quarter(text) == wanted


def test_the_end_of_a_period_is_the_date_after_ended() -> None:
    text = "On August 29, 2023 we reported the 13-week second quarter ended July 29, 2023 (Q2)."
    assert ended_on(text) == "2023-07-29"
