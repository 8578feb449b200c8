"""The commands of the how-to pages do what the pages say, in the order in which they stand there."""

import os
import shlex
import subprocess

import pytest

from docs import pages

HOW_TO = [page for page in pages.PAGES if page.parent.name == "how-to" and pages.commands(page)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with the bundled data imported."""
    folder = tmp_path_factory.mktemp("home")
    for command in (".venv/bin/ieum migrate", ".venv/bin/ieum import data/programs data/sample"):
        done = run(command, folder)
        assert done.returncode == 0, done.stderr
    return folder


def run(command, home):
    words = [word.replace("var/", f"{home}/") for word in shlex.split(command)]
    environment = {**os.environ, "IEUM_HOME": str(home)}
    return subprocess.run(words, cwd=pages.ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_the_commands_of_a_how_to_page_run(home, page):
    results = [run(command, home) for command in pages.commands(page)]

    assert [result.stderr for result in results if result.returncode] == []
