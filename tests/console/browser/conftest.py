"""Debian's Chromium before the real service: granian in its own processes, on sample data, with two model versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from model.domain import Startup
from service.actions.import_profiles import ImportProfiles
from service.app import create_app
from service.identity import Role
from service.importers.files import Brought
from service.settings import Settings
from service.storage import schema
from service.wired import KEY, Wired
from tests.console.browser import hostile
from tests.functional.conftest import free_port, wait_until_ready
from tests.service import given

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("IEUM_BROWSER") == "required"
SPOKEN = {"ko": "ko-KR", "en": "en-GB"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process holds the browser; without one the tests say so, unless it is required."""
    missing = pytest.mark.skip(reason="Chromium이 없습니다. make browser로 설치하십시오 · no Chromium: make browser")
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None and not REQUIRED:
                item.add_marker(missing)


@dataclass(frozen=True)
class Site:
    """The running service, and the one-time link of its administrator."""

    base: str
    link: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    shutil.copytree(given.shared_artifact(tmp_path_factory) / "v1", home / "artifacts" / "v1")
    given.published(given.Held(given.shared_artifact(tmp_path_factory)).load("v1").matcher, home / "artifacts", "v2")
    (home / "artifacts" / "CURRENT").write_text("v1\n", encoding="utf-8")
    link, port = filled(home), free_port()
    settings = {"IEUM_HOME": home, "IEUM_PORT": port, "IEUM_WORKERS": 1, "IEUM_CONTACT": "창업정책과 02-000-0000"}
    environment = {**os.environ, **{key: str(value) for key, value in settings.items()}}
    with (home / "log").open("wb") as log:
        command = [sys.executable, "-m", "service.cli", "serve"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until_ready(port, process, home / "log")
        yield Site(f"http://127.0.0.1:{port}", link)
    finally:
        process.terminate()
        process.wait(20)


def filled(home: Path) -> str:
    """Fill the service's database with sample and hostile records; gives the administrator's one-time secret."""
    app = create_app(Settings(home=home, artifacts=home / "artifacts"))
    wired: Wired = app.extensions[KEY]
    schema.migrate(wired.catalogue.database)
    startups: tuple[Startup, ...] = (*given.startups(), *hostile.startups())
    ImportProfiles(wired.catalogue)(Brought(startups, (*given.programs(), hostile.program())), given.SHELL)
    secret = wired.sign_in.invite(given.person(app, Role.ADMIN).id, given.SHELL)
    wired.catalogue.database.close()
    return secret


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def session(chromium: Browser, site: Site) -> dict[str, object]:
    """The cookies of an administrator who has signed in with the browser."""
    context = chromium.new_context(base_url=site.base)
    page = context.new_page()
    page.goto(f"/sign-in/link?token={site.link}")
    page.get_by_role("button").click()
    page.wait_for_url("**/console/**")
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def context(chromium: Browser, site: Site, session: dict[str, object]) -> Iterator[BrowserContext]:
    made = chromium.new_context(base_url=site.base, storage_state=session, viewport={"width": 1280, "height": 900})  # type: ignore[arg-type]
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
