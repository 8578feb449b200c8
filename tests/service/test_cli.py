"""Commands: what they did on standard output, why they refused on standard error, exit codes 0, 1, 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import cli
from service.cli.commands import COMMANDS
from service.cli.wire.lazy import LazyCommand
from tests.service.given import DATA


def ieum(home: Path, *arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], env={"IEUM_HOME": str(home)})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert ieum(tmp_path, "migrate").exit_code == 0
    return tmp_path


def test_the_bundled_data_comes_in_and_goes_out_as_a_snapshot(home: Path) -> None:
    first = ieum(home, "import", DATA / "programs", DATA / "sample")
    again = ieum(home, "import", DATA / "programs", DATA / "sample")
    taken = ieum(home, "snapshot", home / "snapshot")

    assert (first.exit_code, again.exit_code, taken.exit_code) == (0, 0, 0)
    assert "0 new, 0 changed" in again.stdout
    assert (home / "snapshot" / "snapshot.json").exists()
    assert ieum(home, "import", home / "snapshot").exit_code == 0


def test_a_bad_line_is_named_and_nothing_comes_in(home: Path) -> None:
    file = home / "startups.jsonl"
    file.write_text('{"id": "a"}\n{"id": "b", "stage": "huge"}\n', encoding="utf-8")
    done = ieum(home, "import", file)

    assert done.exit_code == 1
    assert "startups.jsonl:2 stage='huge'" in done.stderr
    assert ieum(home, "export", "startups").stdout == ""


def test_an_id_that_two_files_share_is_refused(home: Path) -> None:
    for name in ("startups-1.jsonl", "startups-2.jsonl"):
        (home / name).write_text('{"id": "a"}\n', encoding="utf-8")
    done = ieum(home, "import", home / "startups-1.jsonl", home / "startups-2.jsonl")

    assert (done.exit_code, "id='a'" in done.stderr) == (1, True)


def test_a_file_of_unknown_content_asks_for_a_kind(home: Path) -> None:
    (home / "x").mkdir()
    (home / "x" / "rows.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")

    assert ieum(home, "import", home / "x" / "rows.jsonl").exit_code == 1
    assert ieum(home, "import", "--as", "startups", home / "x" / "rows.jsonl").exit_code == 0


def test_a_filled_catalogue_is_left_alone_when_asked(home: Path) -> None:
    ieum(home, "import", DATA / "programs")

    assert "nothing imported" in ieum(home, "import", "--if-empty", DATA / "sample").stdout


@pytest.mark.parametrize(
    ("arguments", "code"), [(("import", "none"), 1), (("snapshot",), 2), (("nonsense",), 2), (("-h",), 0)]
)
def test_refusals_and_wrong_usage_have_their_own_exit_codes(tmp_path: Path, arguments: tuple[str], code: int) -> None:
    assert ieum(tmp_path, *arguments).exit_code == code


def test_serving_waits_for_the_migrated_database(tmp_path: Path) -> None:
    environment = {**os.environ, "IEUM_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "service.cli", "serve"]  # of its own, since it may count as no other process does
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)

    assert (done.returncode, "ieum migrate" in done.stderr) == (1, True)


def test_a_setting_that_cannot_be_read_is_wrong_usage() -> None:
    environment = {**os.environ, "IEUM_PORT": "many"}
    command = [sys.executable, "-m", "service.cli", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)

    assert (done.returncode, "IEUM_PORT" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_list_of_commands_says_of_each_what_its_own_help_says(command: LazyCommand) -> None:
    assert command.help == command.loaded.help


def test_the_list_of_commands_waits_for_no_library_that_only_a_command_needs() -> None:
    heavy = ("sqlalchemy", "alembic", "psycopg", "numpy", "flask", "marshmallow", "orjson", "structlog")

    assert loaded_by("--help").isdisjoint(heavy)


def loaded_by(*arguments: str, **environment: str) -> set[str]:
    """The modules that a command loads in a process of its own."""
    run = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); from service import cli"
    command = [sys.executable, "-c", f"{run}; cli.main()", *arguments]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=True
    )
    return set(done.stderr.split())


def test_a_key_is_made_listed_and_revoked(home: Path) -> None:
    user = ieum(home, "users", "create", "김담당", "--role", "manager", "--program", "nup-2026").stdout.strip()
    raw = ieum(home, "keys", "create", "desk", "--user", user, "--scope", "match").stdout.strip()
    listed = ieum(home, "keys", "list").stdout
    identifier = raw.split("_")[1]

    assert (identifier in listed, raw in listed, user in listed) == (True, False, True)
    assert ieum(home, "keys", "revoke", identifier).exit_code == 0
    assert "revoked" in ieum(home, "keys", "list").stdout
    assert ieum(home, "users", "change", user, "--disable").exit_code == 0
    assert "disabled" in ieum(home, "users", "list").stdout
    assert ieum(home, "keys", "revoke", "none").exit_code == 1


def test_the_trial_key_is_written_for_its_owner_only_and_kept_while_it_opens(home: Path) -> None:
    ieum(home, "users", "first")
    file = home / "dev-api-key"
    first = file.read_text(encoding="utf-8")
    ieum(home, "users", "first")
    kept = file.read_text(encoding="utf-8")
    ieum(home, "keys", "revoke", first.split("_")[1])
    ieum(home, "users", "first")

    assert (file.stat().st_mode & 0o777, kept, file.read_text(encoding="utf-8") == first) == (0o600, first, False)


def test_no_trial_key_is_written_beside_a_database_of_its_own(home: Path) -> None:
    environment = {"IEUM_HOME": str(home), "IEUM_DATABASE_URL": f"sqlite:///{home}/ieum.db"}
    CliRunner().invoke(cli, ["users", "first"], env=environment)

    assert not (home / "dev-api-key").exists()
