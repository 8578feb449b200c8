"""The lists are the same on another processor, on any number of threads, and in a batch or one by one."""

from datetime import UTC, datetime

import pytest
from threadpoolctl import threadpool_limits

from benchmarks import determinism
from model.artifact import artifact
from model.snapshot import folder as snapshot
from tests.support import bundled

QUERIES = 40


CREATED = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(fitted, tmp_path_factory):
    """A folder with the artifact and the snapshot that it was fitted on."""
    folder = tmp_path_factory.mktemp("determinism")
    snapshot.write(folder / "snapshot", bundled.small(), created_at=CREATED)
    artifact.write(folder / "m", fitted, model_version="m", created_at=CREATED, metrics={}, snapshot_digest="abc")
    return folder


def answers(matcher):
    return determinism.answers(matcher, QUERIES, bundled.small())


@pytest.fixture(scope="module")
def expected(fitted):
    """What this process answers on one thread."""
    with threadpool_limits(limits=1):
        return answers(fitted)


def test_a_batch_gives_the_lists_of_one_by_one(expected):
    assert expected["batch"] == expected["single"]


def test_two_threads_give_the_lists_of_one(fitted, expected):
    with threadpool_limits(limits=2):
        assert answers(fitted) == expected


def test_another_processor_gives_the_same_lists_and_reasons_on_one_thread_and_on_two(kept, expected):
    told = {**determinism.PROCESSORS["Prescott, numpy without AVX2"], "PYTHONHASHSEED": "1"}

    found = determinism.child(kept / "m", QUERIES, told, "--snapshot", str(kept / "snapshot"), "--threads", "1", "2")

    assert {key: found[key] for key in expected} == expected
    assert found["kernel"] != determinism.kernel()


def test_the_queries_hold_unseen_profiles_and_both_sides():
    asked = determinism.queries(500, bundled.whole())

    known = {startup.id for startup in asked.all_startups}
    assert len(asked.startups) + len(asked.programs) == 500
    assert sum(startup.id not in known for startup in asked.startups) >= 100
    assert len(asked.programs) >= 80
