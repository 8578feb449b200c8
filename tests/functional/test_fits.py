"""A fit from the console to the model in use: asked for in a browser, done by `ieum fits`, judged by the gate."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from model.artifact import versions
from service.actions.operation.take_fits import TakeFits
from service.cli.commands import cli
from service.identity import UserRole
from service.settings import Settings, now
from service.storage.matching.fits import Fit
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browsers import fields, signed_in
from tests.service import given

MODEL = "/console/ko/model"
DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True)
class House:
    """An application on the bundled sample, whose model knows a part of it alone, and a browser at it."""

    app: Flask
    browser: FlaskClient
    home: Path

    @property
    def wired(self) -> Wired:
        actions: Wired = self.app.extensions[KEY]
        return actions

    @property
    def artifacts(self) -> Path:
        return self.home / "artifacts"

    def send(self, path: str, **typed: str) -> str:
        token = fields(self.browser.get(MODEL).text)["csrf_token"]
        answer = self.browser.post(path, data={"csrf_token": token, **typed})
        assert answer.status_code == 303, answer.text
        return answer.location

    def ended(self) -> Fit:
        end = time.monotonic() + 300
        while (fit := self.wired.ask_fit.latest()[0]).is_open and time.monotonic() < end:
            time.sleep(0.2)
        return fit


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("fits")
    shutil.copytree(given.shared_artifact(tmp_path_factory), home / "artifacts")
    environment = {"IEUM_HOME": str(home)}
    for command in (["migrate"], ["import", str(DATA / "programs"), str(DATA / "sample")]):
        assert CliRunner().invoke(cli, command, env=environment).exit_code == 0
    settings = Settings(home=home, artifacts=home / "artifacts", credential_limit=0, attempt_limit=0)
    with given.running(home, Registry(home / "artifacts"), settings, now) as app:
        yield House(app, signed_in(app, UserRole.OPERATOR), home)


@pytest.fixture(scope="module")
def fitted(house: House) -> Fit:
    """What came of a fit that the command has done."""
    environment = {**os.environ, "IEUM_HOME": str(house.home)}
    command = subprocess.Popen([sys.executable, "-m", "service.cli", "fits"], env=environment, stderr=subprocess.PIPE)
    try:
        end = time.monotonic() + 60
        while not house.wired.ask_fit.has_taker() and time.monotonic() < end:
            time.sleep(0.1)
        house.send(f"{MODEL}/fits", reason="분기 학습")
        fit = house.ended()
    finally:
        command.send_signal(signal.SIGTERM)
        log = command.communicate(timeout=30)[1].decode()
    assert command.returncode == 0, log
    assert versions.current(house.artifacts) == "v1", "a fit puts nothing in use"
    return fit


@pytest.fixture(scope="module")
def page(house: House, fitted: Fit) -> str:
    """The page of models after that fit, from which its model was activated then."""
    text = house.browser.get(MODEL).text
    (path, *_) = re.findall(rf'href="({MODEL}/versions/{fitted.model_version})"', text)
    house.send(path, reason="평가를 확인함")
    return text


def test_a_fit_that_was_asked_for_in_the_console_is_done_and_its_model_is_activated_there(
    house: House, fitted: Fit, page: str
) -> None:
    assert (fitted.state, fitted.failure, fitted.gate and fitted.gate["passes"]) == ("done", None, True)
    assert "발행 관문을 통과했습니다." in page
    assert re.search(r"현재 모델</th><td>기업에 프로그램 추천</td><td class=\"figure\">[+-]\d\.\d{3}</td>", page)
    assert versions.current(house.artifacts) == fitted.model_version


def test_the_gate_s_refusal_is_shown_in_its_own_words_and_publishes_nothing(house: House, page: str) -> None:
    before = {path.name for path in house.artifacts.iterdir()}
    wired = house.wired
    taker = TakeFits(wired.catalogue, now, house.artifacts, threading.Event(), ("--seed", "1"))
    taker.look()
    house.send(f"{MODEL}/fits", reason="다른 씨앗")
    taker.look()
    fit = house.ended()
    text = house.browser.get(MODEL).text

    assert (fit.state, fit.model_version, fit.gate and fit.gate["passes"]) == ("refused", None, False)
    assert {path.name for path in house.artifacts.iterdir()} - before == set()
    assert "발행 관문 미통과" in text
    assert "현재 사용 중인 모델보다" in text
    assert "낮습니다" in text
