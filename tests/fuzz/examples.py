"""How many examples are tried: a few that are always the same, or with ASKRETAIL_FUZZ that many."""

import os

from hypothesis import HealthCheck, settings

MANY = int(os.environ.get("ASKRETAIL_FUZZ") or 0)


def tried(few: int) -> settings:
    """Return the settings of a test that CI gives ``few`` examples.

    There they are the same in every run: a change must not fail for what another one broke.
    """
    return settings(
        max_examples=MANY or few,
        derandomize=not MANY,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
