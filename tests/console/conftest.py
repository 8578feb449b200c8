"""An application with a filled catalogue and a real artifact, asked as a browser asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browsers import signed_in
from tests.console.pages import apply
from tests.service import given


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return given.Held(given.shared_artifact(tmp_path_factory))


@pytest.fixture(scope="session")
def app(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = given.application(tmp_path_factory.mktemp("home"), registry)
    apply(made.extensions[KEY])
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def own_app(registry: Registry, tmp_path: Path) -> Iterator[Flask]:
    """For tests that write."""
    made = given.application(tmp_path, registry)
    wired: Wired = made.extensions[KEY]
    apply(wired)
    yield made
    wired.catalogue.database.close()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser in which an administrator has signed in."""
    return signed_in(app, UserRole.ADMIN)
