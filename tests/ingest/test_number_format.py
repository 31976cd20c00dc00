"""Figures and dates as a spreadsheet shows them, in English."""

from datetime import date, datetime, time, timedelta

import pytest

from askretail_ingest.number_format import Value, printed


@pytest.mark.parametrize(
    ("value", "pattern", "words"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1E+21"),
        (-7, "General", "-7"),
        (4224, "#,##0", "4,224"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (999, "#,##0", "999"),
        (5, "000", "005"),
        (0.5, "#.00", ".50"),
        (2.5, "0", "3"),
        (0.145, "0.0%", "14.5%"),
        (-0.036, "0.0%", "-3.6%"),
        (1.05, "0%", "105%"),
        (12.5, '"$"#,##0.00', "$12.50"),
        (12.5, "[$€-407] #,##0.00", "€ 12.50"),
        (-12.5, '"$"#,##0.00_);("$"#,##0.00)', "($12.50)"),
        (-12.5, "#,##0.0;[Red]-#,##0.0", "-12.5"),
        (0, '#,##0;(#,##0);"–"', "–"),
        (0, '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "-"),
        (4_224_000_000, '0.0,,," bn"', "4.2 bn"),
        (4_224_000, "#,##0,", "4,224"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.75, "# ?/?", "0.75"),
        (950, "[<1000]0;[>=1000]0.0,K", "950"),
        (-0.001, "0.0", "0.0"),
        (True, "General", "TRUE"),
        ("as it stands", "0.0%", "as it stands"),
        (None, "0.0", ""),
    ],
)
def test_a_number_is_printed_as_its_reader_sees_it(value: Value, pattern: str, words: str) -> None:
    assert printed(value, pattern) == words


@pytest.mark.parametrize(
    ("value", "pattern", "words"),
    [
        (datetime(2023, 1, 28), "mm-dd-yy", "2023-01-28"),
        (datetime(2023, 1, 28), "General", "2023-01-28"),
        (datetime(2023, 1, 28), "mmm-yy", "Jan-23"),
        (datetime(2023, 1, 28), "mmmm d, yyyy", "January 28, 2023"),
        (datetime(2023, 1, 28), "dddd, d mmm yyyy", "Saturday, 28 Jan 2023"),
        (datetime(2023, 1, 28, 9, 5), "yyyy-mm-dd hh:mm", "2023-01-28 09:05"),
        (datetime(2023, 1, 28, 21, 5), "h:mm AM/PM", "9:05 PM"),
        (date(2023, 1, 28), 'yyyy"年"m"月"', "2023年1月"),
        (time(7, 30, 5), "h:mm:ss", "7:30:05"),
        (timedelta(hours=30, minutes=2), "[h]:mm:ss", "30:02:00"),
    ],
)
def test_a_date_is_printed_as_its_reader_sees_it_and_never_in_an_order_of_some_country(
    value: Value, pattern: str, words: str
) -> None:
    assert printed(value, pattern) == words


@pytest.mark.parametrize("value", [1e308, -1e-308, float("nan"), float("inf"), 10**15 + 0.3])
@pytest.mark.parametrize("pattern", ["", ";", ";;;", "#,##0.0000000000%", '"', "[", "E+", "\\"])
def test_no_number_and_no_format_is_too_odd(value: float, pattern: str) -> None:
    assert isinstance(printed(value, pattern), str)
