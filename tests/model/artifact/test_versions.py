"""The folder of artifacts names one version at a time, whatever happens between two steps."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.artifact import versions

NAMES = ("v1", "v2", "v3")


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in NAMES:
        (tmp_path / name).mkdir()
    return tmp_path


def test_nothing_is_in_use_in_an_empty_folder(tmp_path):
    assert (versions.current(tmp_path), versions.previous(tmp_path), versions.published(tmp_path / "none")) == (
        None,
        None,
        (),
    )


@given(changes=st.lists(st.sampled_from(NAMES), max_size=8))
def test_the_one_in_use_and_the_one_before_follow_every_change(tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("artifacts")
    different = [name for i, name in enumerate(changes) if not i or changes[i - 1] != name]

    for name in changes:
        versions.put_in_use(folder, name)

    found = [versions.previous(folder), versions.current(folder)]
    assert found == [None, None, *different][-2:]


def test_going_back_twice_is_where_one_began(folder):
    versions.put_in_use(folder, "v1")
    versions.put_in_use(folder, "v2")

    versions.put_in_use(folder, versions.previous(folder))
    versions.put_in_use(folder, versions.previous(folder))

    assert (versions.current(folder), versions.previous(folder)) == ("v2", "v1")


class StoppedError(Exception):
    """The machine went down."""


def stopping_after(steps, act, counted):
    """The act, until the acts that share the count were done so often together."""

    def step(*arguments, **options):
        counted[0] += 1
        if counted[0] > steps:
            raise StoppedError
        return act(*arguments, **options)

    return step


@pytest.mark.parametrize("steps", range(6))
def test_a_crash_between_any_two_steps_leaves_a_version_in_use(folder, monkeypatch, steps):
    versions.put_in_use(folder, "v1")
    versions.put_in_use(folder, "v2")
    counted = [0]
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", stopping_after(steps, os.fsync, counted))
        patch.setattr(Path, "replace", stopping_after(steps, Path.replace, counted))
        with pytest.raises(StoppedError):
            versions.put_in_use(folder, "v3")

    assert (versions.current(folder), versions.previous(folder)) in [("v2", "v1"), ("v2", "v2"), ("v3", "v2")]
    assert versions.put_in_use(folder, "v3") == "v2"


@pytest.mark.parametrize("content", [b"", b"../v1", b"/etc", b".hidden", b"\xff", b"a b", b"v1\nv2", b"x" * 300])
def test_a_file_that_names_no_version_names_nothing(folder, content):
    (folder / versions.CURRENT).write_bytes(content)

    assert versions.current(folder) is None


def test_only_folders_with_a_version_s_name_are_published(folder):
    (folder / ".v4.new").mkdir()
    (folder / "CURRENT").write_text("v1\n", encoding="utf-8")

    assert versions.published(folder) == NAMES


def test_a_lock_that_another_holds_is_refused_at_once(folder):
    second = versions.held(folder, versions.TRAINING)

    with versions.held(folder, versions.TRAINING), pytest.raises(versions.Held), second:
        pass


def test_a_killed_process_leaves_no_lock(folder):
    script = (
        "import sys, time; from pathlib import Path; from model.artifact import versions\n"
        "with versions.held(Path(sys.argv[1]), versions.TRAINING): print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script, folder], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(versions.Held), versions.held(folder, versions.TRAINING):
        pass

    process.kill()
    process.communicate()
    begin = time.monotonic()

    with versions.held(folder, versions.TRAINING):
        assert time.monotonic() - begin < 1
