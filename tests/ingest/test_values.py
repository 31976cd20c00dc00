import pytest

from askretail_ingest.values import is_column_head, is_date_line, is_value, is_year, numeric_tail


@pytest.mark.parametrize(
    "cell", ["$ 1,203", "(4.5)%", "—", "18 % 7 %", "$", ".25", "n/m", "(12)", "-4 %", "120 bps"]
)
def test_figures_are_values(cell: str) -> None:
    assert is_value(cell)


@pytest.mark.parametrize("cell", ["Net sales", "Note 4", "2 stores", "", "Q1", "May 5"])
def test_words_are_no_values(cell: str) -> None:
    assert not is_value(cell)


@pytest.mark.parametrize("cell", ["2022", "Fiscal 2022", "2022 2021 2020", "FY2019"])
def test_years_are_told_from_amounts(cell: str) -> None:
    assert is_year(cell)
    assert not is_year("1,922")


@pytest.mark.parametrize("cell", ["% Change", "Year Ended May 31,", "2022", "Increase"])
def test_heads_of_columns_are_known(cell: str) -> None:
    assert is_column_head(cell)


def test_a_line_of_dates_alone_is_told_from_a_sentence() -> None:
    assert is_date_line("For the Fiscal Years Ended January 31, 2022 and 2021")
    assert not is_date_line("Sales in the fourth quarter of fiscal 2022 rose")


def test_figures_at_the_end_of_a_line_are_counted() -> None:
    assert numeric_tail("Net sales $ 4,210 $ 3,980") == 2
    assert numeric_tail("opened in 2022") == 1
    assert numeric_tail("we grew") == 0
