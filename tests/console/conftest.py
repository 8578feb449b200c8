"""An application with a filled catalogue and a real artifact, asked as a browser asks."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.registry import Registry
from tests.service import given


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return given.Held(given.shared_artifact(tmp_path_factory))


@pytest.fixture(scope="session")
def app(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return given.application(tmp_path_factory.mktemp("home"), registry)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
