"""What the console's forms send, sent in the browser's own session without a page being drawn for it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import APIRequestContext, APIResponse

from tests.console.browsers import fields
from tests.console.test_rounds import form as of_round
from tests.service.rounds.test_round_sheets import filled_in

HERE = "/console/ko"
URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
REASON = "평가위원회 배부"


class Forms:
    """Sends forms to pages named by their paths in Korean."""

    def __init__(self, asked: APIRequestContext) -> None:
        self._asked = asked
        self._token = fields(self._read("profile"))["csrf_token"]

    def _read(self, path: str) -> str:
        return taken(self._asked.get(f"{HERE}/{path}")).text()

    def send(self, path: str, **given: Any) -> APIResponse:
        """Send a form; a field may have several values."""
        written = urlencode({"csrf_token": self._token, **given}, doseq=True)
        return taken(self._asked.post(f"{HERE}/{path}", data=written, headers=URLENCODED))

    def send_file(self, path: str, name: str, raw: bytes, **given: str) -> APIResponse:
        """Send a form with a file."""
        file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
        return taken(self._asked.post(f"{HERE}/{path}", multipart={"csrf_token": self._token, "file": file, **given}))

    def run_of(self, pair: str) -> dict[str, str]:
        """What the notice on a pair's page says of the run, as an objection names it."""
        found = re.search(r"objections/new\?run_id=([^&\"]+)&amp;candidate_id=([^&\"]+)", self._read(pair))
        assert found is not None
        return {"run_id": found[1], "candidate_id": found[2]}

    def run_round(self, **given: Any) -> str:
        """Run a round over four programs; gives its page's path."""
        return path_of(self.send("rounds/new", **of_round(**given)))

    def score_round(self, path: str, name: str = "평가.xlsx", reason: str = REASON) -> str:
        """Take a round's workbook away and send it back with scores; gives the path of the scores' page."""
        raw = filled_in(self.send(path, reason=reason).body(), lambda line, number: 90 - line - number)
        return path_of(self.send_file(f"{path}/scores", name, raw, machine="30"))


def taken(answer: APIResponse) -> APIResponse:
    """An answer that is no failure."""
    assert answer.ok, answer.text()
    return answer


def path_of(answer: APIResponse) -> str:
    """The path of the page that a form led to."""
    return answer.url.split(f"{HERE}/", 1)[1]
