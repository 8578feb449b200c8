"""A hundred profiles as long as is allowed leave workers as they were, and never meet the container's limit."""

from __future__ import annotations

from pathlib import Path

from benchmarks import memory
from tests.functional.conftest import serving
from tests.support.launcher import Launcher


def test_a_hundred_long_profiles_stay_under_the_limit_and_leave_little_behind(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    with serving(launcher, tmp_path, artifacts, IEUM_CREDENTIAL_LIMIT=0, IEUM_ADDRESS_LIMIT=0) as service:
        processes = memory.Processes(service.process.pid)
        memory.begin(service.port, service.key)
        before = processes.workers()
        bodies = [memory.profile(kind, n) for n, kind in enumerate(memory.MIXED)]
        with processes.peak() as most:
            statuses = memory.send_all(service.port, service.key, bodies)
        after = processes.workers()

    assert statuses == {200}
    assert max(map(len, bodies)) > 400_000
    assert most[0] <= memory.limit()
    assert max(after) <= memory.MOST_GROWTH * max(before)
