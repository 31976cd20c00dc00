"""Of the questions of a session only the newest goes on, and none after a stop."""

from askretail_ui.run import Run


def test_a_newer_question_ends_the_older() -> None:
    run = Run()
    first, second = run.begin(), run.begin()
    assert (run.goes_on(first), run.goes_on(second)) == (False, True)


def test_after_a_stop_nothing_goes_on_until_the_next_question() -> None:
    run = Run()
    token = run.begin()
    run.end()
    assert not run.goes_on(token)
    assert run.goes_on(run.begin())
