"""Nothing that is written or read can execute: no pickle is opened while an artifact is made, verified and used."""

import pickle
import sys
from datetime import UTC, date, datetime

import pytest

from model.artifact import artifact
from model.matching.matcher import Rules
from tests.support import bundled

WATCHED = ("pickle.find_class", "marshal.loads", "exec", "subprocess.Popen", "os.system", "socket.connect")


class Watch:
    """Notes what the interpreter reports of itself; a hook can't be taken away, so it is switched."""

    def __init__(self):
        self.is_on, self.seen = False, []

    def __call__(self, event, arguments):
        if self.is_on and event in WATCHED:
            self.seen.append((event, arguments))

    def __enter__(self):
        self.is_on, self.seen = True, []
        return self

    def __exit__(self, *_):
        self.is_on = False


WATCH = Watch()


@pytest.fixture(scope="module")
def watch() -> Watch:
    sys.addaudithook(WATCH)
    return WATCH


def test_no_pickle_is_opened_while_an_artifact_is_written_verified_read_and_used(watch, fitted, tmp_path):
    startup, programs = bundled.small().startups[0], bundled.small().programs
    facts = {"created_at": datetime(2026, 11, 22, tzinfo=UTC), "metrics": {}, "snapshot_digest": "abc"}
    artifact.read(_written(fitted, tmp_path / "warm", facts))  # what is imported late executes its modules

    with watch:
        matcher, _ = artifact.read(_written(fitted, tmp_path / "m", facts))
        found = matcher.programs_for(startup, matcher.program_pool(programs), on=date(2026, 3, 2), rules=Rules.IGNORE)

    assert found
    assert watch.seen == []


def _written(matcher, folder, facts):
    artifact.write(folder, matcher, model_version="m", **facts)
    return folder


def test_the_watch_sees_a_pickle(watch):
    harmful = pickle.dumps(date(2026, 3, 2))

    with watch:
        pickle.loads(harmful)

    assert [event for event, _ in watch.seen] == ["pickle.find_class"]
