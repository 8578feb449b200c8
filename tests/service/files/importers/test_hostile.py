"""No file harms the service: each hostile one is refused with a clear 4xx, soon, and within its memory.

`make test` tries one in six; `make test-hostile-files` tries all.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time

import pytest
from flask import Flask

from service.errors import EXPLAINED
from service.files.importers import limits
from tests.service.files.importers import hostile

ALL = hostile.cases()
CHOSEN = ALL if os.environ.get("IEUM_TEST_HOSTILE") == "all" else ALL[::6]
MOST_SECONDS = 5.0


def test_there_are_at_least_one_hundred_and_fifty() -> None:
    assert len({name for name, _, _ in ALL}) == len(ALL) >= 150


@pytest.mark.parametrize(("name", "made", "codes"), CHOSEN, ids=[name for name, _, _ in CHOSEN])
def test_a_hostile_file_is_refused_soon_and_cheaply(shared_app: Flask, name: str, made, codes: frozenset[str]) -> None:
    client = shared_app.test_client()
    raw = made()
    before, begin = _memory(), time.process_time() + _child_seconds()
    answer = client.post("/api/v1/imports?commit=true", data=raw, content_type="application/octet-stream")
    seconds = time.process_time() + _child_seconds() - begin
    problem = answer.get_json()

    assert (problem["code"], problem["code"] in codes) == (problem["code"], True)
    assert 400 <= answer.status_code == EXPLAINED.status(problem["code"]) < 500
    assert all(problem[part] for part in ("title", "detail", "advice"))
    assert seconds <= MOST_SECONDS
    assert _memory() - before <= limits.MOST_MEMORY


def test_the_reading_process_can_take_no_more_memory_than_its_limit() -> None:
    greedy = "from service.files.importers import limits; limits.confine(); bytearray(limits.MOST_MEMORY)"
    modest = "from service.files.importers import limits; limits.confine(); bytearray(limits.MOST_MEMORY // 4)"
    ends = [subprocess.run([sys.executable, "-c", asked], capture_output=True).returncode for asked in (greedy, modest)]

    assert ends == [1, 0]


def test_the_reading_process_can_take_no_more_time_than_its_limit() -> None:
    least = 1  # of the limit, which the test would otherwise spend to its end
    confined = f"from service.files.importers import limits; limits.MOST_CPU_SECONDS = {least}; limits.confine()"
    begin = _child_seconds()
    ended = subprocess.run([sys.executable, "-c", f"{confined}\nwhile True: pass"], capture_output=True)

    assert ended.returncode < 0
    # The kernel looks at the limit when its clock ticks, so a process may end some hundredths early.
    assert 0.9 * least <= _child_seconds() - begin <= least + 1.5


def test_the_reading_process_brings_nothing_heavy() -> None:
    asked = "import sys; from service.files.importers.formats import sealed; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()

    assert {"numpy", "kiwipiepy", "sqlalchemy", "flask", "python_calamine", "model.vocabulary"} & set(found) == set()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
