"""Pictures of the console's main pages, in both languages, in high contrast and at phone width.

python -m tests.console.browser.pictures [FOLDER]    into var/pictures unless told otherwise
"""

from __future__ import annotations

import logging
import sys
import tempfile
import threading
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from tests.console.browser.conftest import CHROMIUM, SPOKEN
from tests.service import given

DAY = "on=2026-02-02"
PAGES = {
    "overview": "",
    "startups": "startups",
    "startup": f"startups/s-0001?{DAY}",
    "ledger": f"startups/s-0001/eligibility?{DAY}",
    "pair": f"startups/s-0001/programs/majung-2026?{DAY}",
    "program": f"programs/majung-2026?{DAY}",
    "exclusions": f"programs/majung-2026/exclusions?{DAY}",
    "comparison": f"comparison?startup=s-0001&program=majung-2026&program=jungle-2026&program=tips-2026&{DAY}",
    "profile": "profile",
    "decisions": "decisions",
    "imports": "imports",
    "model": "model",
    "nothing": "startups?q=nothing-has-this-name",
}
SHAPES = {"": 1280, "-phone": 390}


def main(folder: Path) -> None:
    """Serve the sample data and take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        app = served(Path(home))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language in SPOKEN:
            for shape, width in SHAPES.items():
                take(browser, app, f"http://127.0.0.1:{server.port}", folder, language, shape, width)
        browser.close()
        server.shutdown()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def served(home: Path) -> Flask:
    """The application on sample data, with a model fitted on it."""
    return given.application(home, given.Held(given.published(given.fitted(), home / "artifacts", "v1")))


def take(browser: Browser, app: Flask, base: str, folder: Path, language: str, shape: str, width: int) -> None:
    """Take every page in one language and width; the whole page, and of the widest the first screen too."""
    key = {"Authorization": f"Bearer {app.config['TEST_KEY']}"}
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=base, locale=SPOKEN[language], viewport=viewport, extra_http_headers=key)  # type: ignore[arg-type]  # a plain dict serves
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(f"/console/{language}/{path}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{language}{shape}.png", full_page=True)
        if shape == "":
            page.screenshot(path=folder / f"{name}-{language}-first.png")
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("var/pictures"))
