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
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from model.domain import Startup
from service.actions.access.admit_users import Admission
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.identity import UserRole
from service.server.app import create_app
from service.settings import Settings
from service.storage import schema
from service.wired import KEY, Wired
from tests.console.browser import hostile
from tests.console.browser.forms import Forms
from tests.console.browser.keyboard import press_enter
from tests.functional.conftest import free_port, wait_until_ready
from tests.service import given

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("IEUM_BROWSER") == "required"
SPOKEN = {"ko": "ko-KR", "en": "en-GB"}
SCREEN: ViewportSize = {"width": 1280, "height": 900}
REFUSED = "Content Security Policy"
"""What Chromium says when a page tries what its policy forbids."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the tests say so, unless it is required."""
    missing = pytest.mark.skip(reason="Chromium이 없습니다. make browser로 설치하십시오 · no Chromium: make browser")
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and CHROMIUM is None and not REQUIRED:
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
    admin = wired.users.admit(Admission(hostile.PERSON, UserRole.ADMIN), given.SHELL)
    secret = wired.sign_in.invite(admin.id, given.SHELL)
    wired.catalogue.database.close()
    return secret


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def is_refusal(message: ConsoleMessage) -> bool:
    """Whether a page tried what its policy forbids; what a test evaluates, such as axe, has no address."""
    return REFUSED in message.text and bool(message.location["url"])


@pytest.fixture(scope="session")
def told() -> list[str]:
    """What the browser complains of on any page: scripts that fail, what the policy refuses."""
    return []


@pytest.fixture(scope="session")
def context(chromium: Browser, site: Site, told: list[str]) -> Iterator[BrowserContext]:
    """One browser for all tests, in which an administrator has signed in by keyboard; its cache stays warm."""
    made = chromium.new_context(base_url=site.base, viewport=SCREEN, reduced_motion="reduce")
    made.set_default_timeout(20_000)
    made.on("console", lambda message: told.append(message.text) if is_refusal(message) else None)
    made.on("weberror", lambda error: told.append(str(error.error)))
    page = made.new_page()
    page.goto(f"/sign-in/link?token={site.link}")
    press_enter(page, "button", "**/console/**")
    page.close()
    yield made
    made.close()


@pytest.fixture(scope="session")
def forms(context: BrowserContext) -> Forms:
    return Forms(context.request)


@pytest.fixture
def page(context: BrowserContext, told: list[str]) -> Iterator[Page]:
    """A page of that browser; nothing that a test does on it may fail or be refused."""
    told.clear()
    made = context.new_page()
    yield made
    made.close()
    assert told == []
