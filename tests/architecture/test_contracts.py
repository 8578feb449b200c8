"""The import contracts of pyproject.toml hold, and they see what they are there to see."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the source in which a wall may be broken."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", script, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_contract_is_kept():
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("model/domain.py", "import model.snapshot", "Rooms of the model"),
        ("model/domain.py", "import flask", "Model and training know neither web nor database"),
        ("model/domain.py", "import random", "The model reads no clock"),
        ("model/domain.py", "import service.errors", "Service and training stand on the model"),
        ("service/errors/__init__.py", "import flask", "Only the web rooms know Flask"),
        ("service/errors/__init__.py", "import sqlalchemy", "Only storage knows the database"),
        ("service/errors/__init__.py", "import pickle", "Nothing that executes"),
        ("service/errors/__init__.py", "import service.settings", "Rooms of the service"),
        ("training/newroom.py", "", "Rooms of the training"),
    ],
)
def test_a_broken_wall_is_seen(house, room, line, contract):
    with (house / room).open("a", encoding="utf-8") as wall:
        wall.write(f"\n{line}\n")

    result = lint(house)

    assert [found for found in result.stdout.splitlines() if "BROKEN" in found and contract in found], result.stdout
