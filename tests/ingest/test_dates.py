import pytest

from askretail_ingest.dates import iso_date


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("for the year ended January 31, 2022", "2022-01-31"),
        ("MAY 31, 2019", "2019-05-31"),
        ("Dec. 08, 2022 (WIRE)", "2022-12-08"),
        ("on 3 March 2024 in London", "2024-03-03"),
        ("2024-02-03T10:00:00Z", "2024-02-03"),
        ("12/8/2022", "2022-12-08"),
        ("31/12/2022", "2022-12-31"),
        ("February 30, 2022, then February 28, 2022", "2022-02-28"),
        ("no date", ""),
    ],
)
def test_a_printed_date_becomes_an_iso_date(text: str, wanted: str) -> None:
    assert iso_date(text) == wanted
