"""What explanations keep of texts is bounded by their letters, so that long profiles do not fill a worker."""

from __future__ import annotations

from model.domain import Startup
from model.explanation import source


def test_a_hundred_long_profiles_leave_no_more_behind_than_is_allowed() -> None:
    for n in range(100):
        source.of_startup(Startup("s", summary=f"{n} " + "회사는 전력을 진단한다. " * 8_000))

    assert source._sources.currsize <= source.MOST_CHARACTERS
    assert source._letters.currsize <= source.MOST_CHARACTERS
