"""The locks pin what the project declares, by hash, and say nothing of where it comes from."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT

PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock")
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock):
    assert "://" not in text(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_its_hashes(lock):
    entries = re.split(r"\n(?=[a-z])", text(lock).strip())

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_everything_declared_is_pinned():
    run, check = (dict(PINNED.findall(text(lock))) for lock in LOCKS)

    assert names(DECLARED["project"]["dependencies"]) - run.keys() == set()
    assert names(DECLARED["dependency-groups"]["dev"]) - check.keys() == set()


def test_what_runs_is_what_was_tested():
    run, check = (dict(PINNED.findall(text(lock))) for lock in LOCKS)

    assert {name: check.get(name) for name in run} == run


def test_every_dependency_carries_its_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    declared = [line for line in lines if re.match(r'    "[A-Za-z0-9_.-]+(\[\w+\])?[<>=]=', line)]

    assert [line for line in declared if "# " not in line] == []
    assert len(declared) == len(DECLARED["project"]["dependencies"]) + len(DECLARED["dependency-groups"]["dev"])
