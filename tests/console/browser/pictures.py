"""Pictures of the console's main pages, in both languages, in high contrast and at phone width.

python -m tests.console.browser.pictures [FOLDER [PAGE …]]    every page into var/pictures unless told otherwise
"""

from __future__ import annotations

import logging
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from model.decisions import DecisionAction
from model.domain import Outcome, OutcomeKind
from model.faults import Fault
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.matching.match import Options
from service.actions.records.answer_objections import Complaint
from service.actions.records.decide import Choice
from service.console.matching.recording import KEY as CONSOLE
from service.files.importers.files import Brought
from service.identity import UserRole
from service.wired import KEY, Wired
from tests.console.browser.conftest import CHROMIUM, SPOKEN
from tests.service import given
from tests.service.rounds.test_rounds import OPEN_CALLS, start

DAY = "on=2026-02-02"
PAGES = {
    "overview": "",
    "startups": "startups",
    "startup": f"startups/s-0001?{DAY}",
    "ledger": f"startups/s-0001/eligibility?{DAY}",
    "pair": f"startups/s-0001/programs/majung-2026?{DAY}",
    "program": f"programs/majung-2026?{DAY}",
    "exclusions": f"programs/majung-2026/exclusions?{DAY}",
    "shortlist": "programs/majung-2026/shortlist",
    "drift": "drift",
    "help": "help",
    "edit-startup": "edit/startups/s-0001",
    "edit-program": "edit/programs/majung-2026",
    "add-startup": "edit/startups",
    "calls-to-check": "edit/calls",
    "comparison": f"comparison?startup=s-0001&program=majung-2026&program=jungle-2026&program=tips-2026&{DAY}",
    "profile": "profile",
    "decisions": "decisions",
    "imports": "imports",
    "objections": "objections",
    "objection-new": "objections/new",
    "objection": "objections/{objection}",
    "rounds": "rounds",
    "round-new": "rounds/new",
    "round": "rounds/{round}",
    "round-program": f"rounds/{{round}}/programs/{OPEN_CALLS[0]}",
    "round-what-if": "rounds/{round}/what-if",
    "round-lists": "rounds/{round}/lists",
    "round-exposure": "rounds/{round}/exposure",
    "round-scores": "rounds/{round}/scores",
    "users": "users",
    "user": "users/{user}",
    "key-new": "keys/new",
    "audit": "audit",
    "verification": "audit/verification",
    "accesses": "access-log",
    "retention": "retention?count=1",
    "model": "model",
    "nothing": "startups?q=nothing-has-this-name",
}
SHAPES = {"": 1280, "-phone": 390}


def main(folder: Path, names: Sequence[str]) -> None:
    """Serve the sample data and take every picture, or those of some pages."""
    wanted = {name: PAGES[name] for name in names or PAGES}
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        app = served(Path(home))
        ids = recorded(app)
        paths = {name: path.format(**ids) for name, path in wanted.items()}
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language in SPOKEN:
            for shape in SHAPES:
                take(browser, app, f"http://127.0.0.1:{server.port}", paths, folder, language, shape)
        browser.close()
        server.shutdown()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def served(home: Path) -> Flask:
    """The application on sample data, with a model fitted on it."""
    return given.application(home, given.Held(given.published(given.fitted(), home / "artifacts", "v1")))


def recorded(app: Flask) -> dict[str, str]:
    """The ids of an objection, a round and a person, recorded so that their pages show something."""
    wired: Wired = app.extensions[KEY]
    taken = [Outcome(f"s-000{number}", "majung-2026", OutcomeKind.SELECTED, None) for number in (2, 3, 4)]
    ImportProfiles(wired.catalogue)(Brought((), (), tuple((Fault("missing"), one) for one in taken)), given.OPERATOR)
    choice = Choice("majung-2026", "s-0001", DecisionAction.SHORTLISTED, "기술과 수요가 잘 맞습니다.", None)
    wired.decide(choice, Precondition(absent=True), "pictures-0001", given.MANAGER)
    with app.test_request_context():
        run = wired.matching.for_startup("s-0001", Options(on=given.NOON.date()))
        app.extensions[CONSOLE](run, "ko")
    complaint = Complaint(
        "말결소리 박대표", "점수가 낮은 까닭을 설명해 주십시오.", run_id=run.id, candidate_id="jungle-2026"
    )
    made = wired.objections.record(complaint, given.MANAGER)
    ran = start(app.test_client(), name="2026년 상반기 서류 선발")["id"]
    return {"objection": made.id, "round": ran, "user": given.person(app, UserRole.MANAGER).id}


def take(
    browser: Browser, app: Flask, base: str, paths: dict[str, str], folder: Path, language: str, shape: str
) -> None:
    """Take every page in one language and width; the whole page, and of the widest the first screen too."""
    key = {"Authorization": f"Bearer {app.config['TEST_KEY']}"}
    viewport = {"width": SHAPES[shape], "height": 900}
    context = browser.new_context(base_url=base, locale=SPOKEN[language], viewport=viewport, extra_http_headers=key)  # type: ignore[arg-type]  # a plain dict serves
    page = context.new_page()
    for name, path in paths.items():
        page.goto(f"/console/{language}/{path}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{language}{shape}.png", full_page=True)
        if shape == "":
            page.screenshot(path=folder / f"{name}-{language}-first.png")
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("var/pictures"), sys.argv[2:])
