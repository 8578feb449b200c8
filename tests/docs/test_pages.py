"""What the pages say is so: commands exist, links lead somewhere, answers are the service's own."""

import os
import shlex
import subprocess

import pytest

from docs import pages, waterfall
from docs.pages import Asked

ANSWERS = [asked for page in pages.PAGES for asked in pages.asked(page)]
COMMANDS = sorted({command for page in pages.PAGES for command in pages.commands(page)})
TARGETS = [command for command in COMMANDS if command.startswith("make ")]
HOW_TO = {
    page: [command for command in pages.commands(page) if command.startswith(".venv/bin/ieum")]
    for page in pages.PAGES
    if page.parent.name == "how-to"
}
POINTS_APART = 0.5  # processors round a fit's floats differently; an edit of the model moves far more


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def service(home):
    """A service started as a newcomer starts it; the how-to pages act while it serves."""
    with pages.serving(home) as base:
        yield base


def run(command, home):
    words = [word.replace("var/", f"{home}/") for word in shlex.split(command)]
    environment = {**os.environ, "IEUM_HOME": str(home)}
    return subprocess.run(words, cwd=pages.ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_command_on_a_page_is_of_a_kind_that_is_tested():
    known = set(TARGETS) | {command for found in HOW_TO.values() for command in found}
    known |= {" ".join(asked.command.replace("\\\n", " ").split()) for asked in ANSWERS}

    assert [command for command in COMMANDS if " ".join(command.split()) not in known] == []


@pytest.mark.parametrize("command", TARGETS)
def test_every_make_target_on_a_page_exists(command):
    planned = [*command.split(), "--dry-run", "-o", ".venv/.ready"]

    result = subprocess.run(planned, cwd=pages.ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


def test_every_link_leads_to_a_file():
    gone = [
        (page.name, link) for page in pages.PAGES for link in pages.links(page) if not (page.parent / link).exists()
    ]

    assert gone == []


def test_every_make_target_says_what_it_does():
    listed = subprocess.run(["make", "help"], cwd=pages.ROOT, capture_output=True, text=True, check=True).stdout

    assert [target for target in TARGETS if f"{target.split()[1]} " not in listed] == []


@pytest.mark.parametrize("asked", ANSWERS, ids=lambda asked: f"{asked.page.name}: {asked.command[:60]}")
def test_an_answer_on_a_page_is_the_services_own(service, asked: Asked):
    answer = pages.ask(asked.command, service)

    assert answer == near(asked.answer)


@pytest.mark.parametrize("page", [page for page in HOW_TO if HOW_TO[page]], ids=lambda page: page.stem)
def test_the_commands_of_a_how_to_page_do_what_it_says(service, home, page):
    results = [run(command, home) for command in HOW_TO[page]]

    assert [result.stderr for result in results if result.returncode] == []


def test_the_points_shown_add_up_to_the_score():
    matches = [match for asked in ANSWERS for match in asked.answer.get("matches", [])]

    assert [round(sum(reason["points"] for reason in match["reasons"]), 4) for match in matches] == [
        match["score"] for match in matches
    ]


def test_the_picture_is_drawn_from_the_answer_shown():
    shown = pages.asked(pages.README)[0].answer["matches"][0]

    assert pages.PICTURE.read_text(encoding="utf-8") == waterfall.drawn(shown)


def near(value: object) -> object:
    """The same value with every number of points allowed to differ a little."""
    if isinstance(value, dict):
        return {key: near(item) for key, item in value.items()}
    if isinstance(value, list):
        return [near(item) for item in value]
    return pytest.approx(value, abs=POINTS_APART) if isinstance(value, float) else value
