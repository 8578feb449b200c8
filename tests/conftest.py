"""How hypothesis searches: the same examples on every run by default, many more on request."""

import os

from hypothesis import HealthCheck, settings

SLOW_START = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]  # a cold cache is no fault of a law

settings.register_profile("steady", max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW_START)
settings.register_profile(
    "search", max_examples=1_000, deadline=None, print_blob=True, suppress_health_check=SLOW_START
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
