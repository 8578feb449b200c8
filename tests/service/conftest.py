"""Fixtures of the service's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.matching.matcher import Matcher
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.settings import Settings
from service.storage import schema
from service.storage.matching.registry import Registry
from service.storage.repositories import Catalogue, open_catalogue
from tests.service import given
from tests.support import databases


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
    with given.running(tmp_path, registry) as made:
        yield made


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """The small catalogue on SQLite, without a service."""
    made = open_catalogue(f"sqlite:///{tmp_path}/ieum.db", lambda: given.NOON)
    schema.migrate(made.database)
    ImportProfiles(made)(Brought(given.startups(), given.programs()), given.OPERATOR)
    return made


@pytest.fixture(params=databases.KINDS)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the small catalogue, of each kind in turn."""
    with given.database(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def on_both(filled: str, registry: Registry, tmp_path: Path) -> Iterator[Flask]:
    """For tests that write, on each kind of database in turn."""
    settings = Settings(home=tmp_path, database_url=filled, credential_limit=0, attempt_limit=0)
    with given.running(tmp_path, registry, settings) as made:
        yield made
