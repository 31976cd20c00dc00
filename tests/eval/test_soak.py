"""What a soak showed, worked out by hand."""

import pytest

from askretail_eval.soak import FILES, note
from askretail_eval.soak_figures import Memory, Reply, Soak, percentile, tables


def soak(*, took: float = 1.0, wrong: str = "", first: float = 100.0, last: float = 104.0) -> Soak:
    """Return a soak of 100 seconds; settled after 20, the last tenth begins at 90."""
    replies = (*(Reply(float(at), took) for at in range(19)), Reply(19.0, took, wrong))
    memory = (Memory(5, 50.0), Memory(22, first), Memory(28, first + 2), Memory(95, last + 1))
    return Soak(100.0, replies, memory, (7.0, 9.0))


@pytest.mark.parametrize(
    ("share", "wanted"), [(0, 1.0), (25, 1.0), (26, 2.0), (50, 2.0), (95, 4.0), (100, 4.0)]
)
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(
    share: float, wanted: float
) -> None:
    assert percentile([4.0, 2.0, 1.0, 3.0], share) == wanted


def test_a_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 95) == 0.0


def test_growth_is_from_the_settled_tenth_to_the_last_tenth_not_from_the_start() -> None:
    assert soak().growth == pytest.approx(105 / 101 - 1)


@pytest.mark.parametrize(
    ("seen", "passed"),
    [
        (soak(), True),
        (soak(took=2.1), False),
        (soak(wrong="status 500"), False),
        (soak(last=110.0), False),
        (Soak(100.0, soak().replies, soak().memory, ()), False),  # nothing was uploaded
        (Soak(100.0, soak().replies, soak().memory, (7.0,), ("broken",)), False),
        (Soak(100.0, (), soak().memory, (7.0,)), False),
    ],
)
def test_it_passes_without_errors_in_time_and_without_growth(seen: Soak, passed: bool) -> None:
    assert seen.passed is passed


def test_the_table_says_what_was_seen_and_names_the_errors() -> None:
    figures, errors = tables(soak(wrong="status 500"))
    assert dict(figures.rows) == {
        "questions answered": "19",
        "errors": "1",
        "seconds, 50 %": "1.00",
        "seconds, 95 %": "1.00",
        "seconds, 99 %": "1.00",
        "seconds, 100 %": "1.00",
        "questions a second": "0.2",
        "uploads taken in": "2",
        "seconds an upload, median": "8.0",
        "memory of the server, MB, most": "105",
        "memory growth once settled": "+4.0 %",
    }
    assert errors.rows == (("status 500", "1"),)
    assert len(tables(soak())) == 1


def test_an_upload_changes_each_turn_and_from_file_to_file() -> None:
    texts = [note(turn, number) for turn in (1, 2) for number in range(FILES)]
    assert len(set(texts)) == 2 * FILES
    assert note(1, 0) == texts[0]
    assert all(30_000 < len(text) < 80_000 for text in texts)
