"""Nobody is led to a page that is shut to them: every link and form of every page, walked as each role."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browsers import fields, signed_in
from tests.console.test_rounds import form
from tests.service import given
from tests.service.rounds.test_rounds import OPEN_CALLS

START = "/console/ko/"
SHUT = (403, 404)
PER_SHAPE = 4
"""Pages of one shape, by which different records look alike, that are walked: those about own and other programs."""

OWN = frozenset(OPEN_CALLS[:1])
WHO: dict[str, tuple[UserRole, frozenset[str] | None]] = {
    **{str(role): (role, None) for role in UserRole},
    "bound manager": (UserRole.MANAGER, OWN),
    "manager bound to nothing": (UserRole.MANAGER, frozenset()),
}


class Links(HTMLParser):
    """Where a page leads by a link, and to where its forms ask."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address."""
        about = dict(attrs)
        if tag in ("a", "link") and (about.get("href") or "").strip():
            self.links.append(str(about["href"]))
        if tag == "form":
            method, action = about.get("method") or "get", about.get("action") or ""
            (self.links if method.lower() == "get" else self.forms).append(action)


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application in which something of every kind was done, about the bound manager's program and about others."""
    app = given.application(tmp_path_factory.mktemp("links"), registry)
    browser = signed_in(app, UserRole.ADMIN)
    token = {"csrf_token": fields(browser.get(f"{START}profile").text)["csrf_token"]}
    for program in OPEN_CALLS[:2]:
        pair = f"{START}startups/s-0001/programs/{program}"
        body = {"program_id": program, "startup_id": "s-0001", "action": "shortlisted", "reason": "현장 실증이 앞섬"}
        headers = {"Idempotency-Key": f"links-{program}-x", "If-None-Match": "*"}
        assert app.test_client().post("/api/v1/decisions", json=body, headers=headers).status_code == 201
        about = {"run_id": fields(browser.get(pair).text)["run_id"], "candidate_id": program}
        sent = {**token, **about, "sender": "새기업", "text": "설명해 주십시오."}
        assert browser.post(f"{START}objections/new", data=sent).status_code == 303
        asked = {**form(name=f"회차 {program}"), **token, "program": program}
        assert browser.post(f"{START}rounds/new", data=asked).status_code == 303
    return app


def person(app: Flask, who: str) -> FlaskClient:
    role, programs = WHO[who]
    wired: Wired = app.extensions[KEY]
    client = app.test_client(key=None)
    raw = wired.sign_in.invite(given.person(app, role, programs).id, given.SHELL)
    assert client.post("/sign-in/link", data={"token": raw}).status_code == 303
    return client


def shape(app: Flask, address: str) -> tuple[str, ...]:
    """What pages of one kind have in common: the route and the names of what is asked."""
    path, _, query = address.partition("?")
    endpoint, _ = app.url_map.bind("").match(path)
    return (str(endpoint), *sorted(part.partition("=")[0] for part in query.split("&")))


def walked(app: Flask, client: FlaskClient) -> Iterator[tuple[str, str, int]]:
    """Every page that can be reached by links, with where the link stood and the status that it answers."""
    waiting, met = deque([("-", START)]), {START}
    counts: dict[tuple[str, ...], int] = {}
    while waiting:
        source, address = waiting.popleft()
        kind = shape(app, address)
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] > PER_SHAPE:
            continue
        answer = client.get(address, follow_redirects=True)
        yield source, address, answer.status_code
        if not (answer.mimetype or "").startswith("text/html") or answer.status_code in SHUT:
            continue
        page = Links()
        page.feed(answer.text)
        for link in page.links:
            target = urldefrag(urljoin(address, link))[0]
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or not parts.path.startswith("/console/") or target in met:
                continue
            met.add(target)
            waiting.append((address, target))
        for action in page.forms:
            path = urlsplit(urljoin(address, action)).path
            if path not in met and path.startswith("/console/"):
                met.add(path)
                refused = client.post(path, data={"csrf_token": fields(answer.text).get("csrf_token", "")})
                is_shut = refused.status_code in SHUT and "csrf" not in refused.text
                yield address, f"POST {path}", refused.status_code if is_shut else 200


@pytest.mark.parametrize("who", WHO)
def test_no_link_and_no_form_leads_to_a_page_that_is_shut(house: Flask, who: str) -> None:
    found = list(walked(house, person(house, who)))

    assert [step for step in found if step[2] in SHUT or step[2] >= 500] == []
    assert len(found) > 20
