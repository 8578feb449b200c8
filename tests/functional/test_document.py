"""The whole OpenAPI document, tried by machine; `make test-schemathesis` tries longer, with a key of each role."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.actions.access.issue_keys import IssueKeys, KeyOrder
from service.identity import SHELL, UserRole
from service.settings import now
from service.storage.database import Database
from tests.functional.conftest import Service, serving
from tests.support.launcher import Launcher

ROOT = Path(__file__).parents[2]
SHORT = ["--phases", "examples,fuzzing", "--max-examples", "1", "--no-shrink"]
IS_LONG = bool(os.environ.get("IEUM_TEST_LONG"))
ROLES = tuple(UserRole) if IS_LONG else (UserRole.ADMIN,)  # nobody gets further than an administrator
LONG = ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "50", "--continue-on-failure"]


@pytest.fixture(scope="module")
def trial(launcher: Launcher, artifacts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that may be changed and broken; wrong keys are tried often."""
    folder = tmp_path_factory.mktemp("trial")
    shutil.copytree(artifacts, folder / "artifacts")
    with serving(launcher, folder, folder / "artifacts", IEUM_ATTEMPT_LIMIT=0, IEUM_ADDRESS_LIMIT=0) as found:
        yield found


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_keeps_to_the_document(trial: Service, role: UserRole) -> None:
    database = Database(f"sqlite:///{trial.home}/ieum.db")
    _, key = IssueKeys(database, now).issue(KeyOrder("document", role), SHELL)
    database.close()
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{trial.port}/api/v1/openapi.json"]
    how = ["--checks", "all", "--seed", "1", "--warnings", "off", "-H", f"Authorization: Bearer {key}"]
    length = LONG if IS_LONG else SHORT
    done = subprocess.run([*command, *how, *length], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
