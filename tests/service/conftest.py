"""Fixtures of the service's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.matcher import Matcher
from service.registry import Registry
from service.wired import KEY, Wired
from tests.service import given


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return given.Held(given.shared_artifact(tmp_path_factory))


@pytest.fixture(scope="session")
def matcher(registry: Registry) -> Matcher:
    return registry.load("v1").matcher


@pytest.fixture(scope="session")
def shared_app(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """For tests that only read."""
    return given.application(tmp_path_factory.mktemp("home"), registry)


@pytest.fixture
def client(shared_app: Flask) -> FlaskClient:
    return shared_app.test_client()


@pytest.fixture
def app(registry: Registry, tmp_path: Path) -> Iterator[Flask]:
    """For tests that write."""
    made = given.application(tmp_path, registry)
    yield made
    wired: Wired = made.extensions[KEY]
    wired.accesses.stop()
    wired.catalogue.database.close()
