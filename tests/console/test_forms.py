"""Every form of the console, as its pages have it: sent empty or wrong, it comes back as it was typed, with reasons."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.artifact import versions
from service.errors import EXPLAINED
from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browsers import PAIR, fields, signed_in
from tests.console.pages import PAGES
from tests.service import given

API_WORDS = re.compile(
    r"\b(errors|reason|reasons|checks|If-Match|ETag|csrf_token|request_id|run_id|decision_id|user_id|Idempotency|Retry-After"
    r"|Bearer|multipart|settled_later)\b|/api/v1|\b(GET|POST|PUT|DELETE) /"
)
WORDS = "틀린 값 123"
HERE = "/console/ko/"


@dataclass
class SentForm:
    """A form of a page: where it is sent to, and its fields with what each may hold."""

    page: str
    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    has_file: bool = False


class Forms(HTMLParser):
    """Collects the forms of a page that change or take something away."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.forms, self._in = page, list[SentForm](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = a.get("method") == "post" and a.get("action") != "/sign-out"
            if self._in:
                self.forms.append(SentForm(self.page, a["action"].split("#")[0]))
        if not self._in or tag not in ("input", "select", "textarea") or "name" not in a:
            return
        form = self.forms[-1]
        if a.get("type") == "hidden":
            form.hidden[a["name"]] = a["value"]
        elif a.get("type") == "file":
            form.has_file = True
        elif tag == "select":
            form.choices.append(a["name"])
        elif a.get("type") != "checkbox":
            form.texts.append(a["name"])
        if "required" in a:
            form.required.append(a["name"])

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag != "form"


def forms_of(browser: FlaskClient, page: str) -> list[SentForm]:
    parser = Forms(page)
    parser.feed(browser.get(page).text)
    return parser.forms


@pytest.fixture
def browser(own_app: Flask) -> FlaskClient:
    return signed_in(own_app, UserRole.ADMIN)


def every_page(browser: FlaskClient, app: Flask) -> Iterator[str]:
    """The addresses of all pages, those of single records among them."""
    browser.post(PAIR, data={**fields(browser.get(PAIR).text), "action": "reserve", "reason": "보이도록"})
    yield from (f"{HERE}{path}" for path in PAGES)
    wired: Wired = app.extensions[KEY]
    user = wired.users.page(after="", limit=1)[0][0]
    yield f"{HERE}users/{user.id}"
    yield f"{HERE}keys/new?user_id={user.id}"
    key = browser.post(f"{HERE}keys/new", data={**token(browser), "name": "시험", "role": "viewer", "days": "1"})
    assert key.status_code == 201
    yield from re.findall(rf'{HERE}keys/[0-9a-f]{{12}}(?=")', browser.get(f"{HERE}keys").text)
    about = {"run_id": fields(browser.get(PAIR).text)["run_id"], "candidate_id": "majung-2026"}
    objection = browser.post(
        f"{HERE}objections/new", data={**token(browser), **about, "sender": "기업", "text": "이의"}
    )
    yield objection.location
    yield f"{HERE}model/versions/v1"
    yield HERE + f"listings/{wired.outside_lists.all(given.OPERATOR)[0].id}"


def token(browser: FlaskClient) -> dict[str, str]:
    return {"csrf_token": fields(browser.get(f"{HERE}profile").text)["csrf_token"]}


def is_export(form: SentForm) -> bool:
    return form.texts == ["reason"] and form.action.split("?")[0] == form.page.split("?")[0]


def test_every_form_comes_back_with_what_was_typed_and_says_what_is_wrong_in_words(
    browser: FlaskClient, own_app: Flask
) -> None:
    forms = [form for page in every_page(browser, own_app) for form in forms_of(browser, page)]
    judged = [form for form in forms if form.required]

    assert {form.action.split("?")[0].removeprefix(HERE).split("/")[0] for form in judged} >= {
        "startups", "programs", "decisions", "objections", "users", "keys", "rounds", "profile", "model", "imports",
        "audit", "access-log", "comparison", "applications", "entries", "listings", "edit",
    }  # fmt: skip
    for form in judged:
        empty = browser.post(form.action, data={**form.hidden})
        assert_comes_back(form, empty, form.required)
        wrong = {**form.hidden, **dict.fromkeys([*form.texts, *form.choices], WORDS)}
        if not is_export(form) and form.choices:
            answer = browser.post(form.action, data=wrong)
            assert_comes_back(form, answer, ())
            kept = [name for name in form.texts if WORDS in value_of(answer.text, name)]
            assert kept == form.texts, form.action


def value_of(text: str, name: str) -> str:
    """What a field holds on a page."""
    found = re.search(rf'name="{re.escape(name)}"[^>]*?value="([^"]*)"', text) or re.search(
        rf'<textarea[^>]*name="{re.escape(name)}"[^>]*>([^<]*)<', text
    )
    return html.unescape(found[1]) if found else ""


def read(text: str) -> str:
    """What a reader sees of a page's main part."""
    return html.unescape(re.sub(r"<[^>]*>", " ", text.split("<main")[1].split("</main>")[0]))


def assert_comes_back(form: SentForm, answer, required) -> None:
    text = answer.text
    assert 400 <= answer.status_code < 500, (form.action, answer.status_code)
    assert f'action="{html.escape(form.action)}' in text, form.action
    assert re.search(r"<title>오류: ", text), form.action
    summary = re.search(r'<div class="alert" id="mistakes" role="alert" tabindex="-1" autofocus.*?</div>', text, re.S)
    assert summary, form.action
    links = dict(re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', summary[0]))
    assert set(required) <= set(links), (form.action, links)
    for name, words in links.items():
        assert f'id="{name}"' in text
        if name in (*form.texts, *form.choices):
            assert f'id="{name}-mistake">{words}</p>' in text, (form.action, name)
            tag = re.search(rf'<(?:input|select|textarea)[^>]*id="{re.escape(name)}"[^>]*>', text)
            assert tag
            assert 'aria-invalid="true"' in tag[0]
            assert f"{name}-mistake" in tag[0]
    assert not API_WORDS.search(re.sub("<[^>]*>", " ", summary[0])), form.action


def test_no_two_forms_of_a_page_call_a_field_alike(browser: FlaskClient, own_app: Flask) -> None:
    for page in every_page(browser, own_app):
        names = [name for form in forms_of(browser, page) for name in {*form.texts, *form.choices}]
        assert len(names) == len(set(names)), page


def test_what_a_page_says_of_a_problem_holds_no_word_of_the_api() -> None:
    of_bodies = {"invalid_json", "json_too_deep", "duplicate_key", "json_too_long", "error_not_found"}
    said = [
        (code, words)
        for code in EXPLAINED
        if EXPLAINED.status(code) and code not in of_bodies
        for words in [EXPLAINED.on_page(code, "ko")]
    ]

    assert len(said) > 100
    facts = re.compile(r"{\w+}")
    wrong = [c for c, words in said if API_WORDS.search(facts.sub("", f"{words.what} {words.why} {words.advice}"))]
    assert wrong == []


def test_every_view_that_takes_a_form_states_the_page_that_holds_it(app: Flask) -> None:
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("console.") and "POST" in rule.methods
    ]
    for rule in rules:
        endpoint = getattr(app.view_functions[rule.endpoint], "returning", "")
        assert endpoint in app.view_functions, rule.endpoint
        assert any("GET" in other.methods for other in app.url_map.iter_rules(endpoint)), rule.endpoint


def test_who_decides_in_two_tabs_is_told_who_decided_what_and_keeps_the_text(own_app: Flask) -> None:
    one, other = signed_in(own_app, UserRole.ADMIN), signed_in(own_app, UserRole.ADMIN)
    form = fields(one.get(PAIR).text)
    theirs = fields(other.get(PAIR).text)
    other.post(PAIR, data={**theirs, "action": "shortlisted", "reason": "먼저 저장한 사유"})
    answer = one.post(PAIR, data={**form, "action": "reserve", "reason": "나중에 적은 사유"})
    again = one.post(PAIR, data={**fields(answer.text), "action": "reserve", "reason": "다시 보낸 사유"})

    assert answer.status_code == 412
    assert "‘서류 통과’ 결정을 저장했습니다" in answer.text
    assert "먼저 저장한 사유" in answer.text
    assert "나중에 적은 사유</textarea>" in answer.text
    assert not API_WORDS.search(read(answer.text))
    assert again.status_code == 303


def test_an_answer_to_what_was_answered_meanwhile_is_shown_to_be_copied(own_app: Flask) -> None:
    browser = signed_in(own_app, UserRole.ADMIN)
    about = {"run_id": fields(browser.get(PAIR).text)["run_id"], "candidate_id": "majung-2026"}
    page = browser.post(f"{HERE}objections/new", data={**token(browser), **about, "sender": "a", "text": "b"}).location
    form = {**token(browser), "outcome": "dismissed"}
    browser.post(page, data={**form, "text": "첫 답변"})
    answer = browser.post(page, data={**form, "text": "길게 적은 둘째 답변"})

    assert answer.status_code == 409
    assert "첫 답변" in answer.text
    assert "길게 적은 둘째 답변" in answer.text


def test_a_form_sent_after_the_session_ended_keeps_its_text_and_leads_back(own_app: Flask) -> None:
    browser = signed_in(own_app, UserRole.ADMIN)
    form = fields(browser.get(PAIR).text)
    browser.post("/sign-out", data={"csrf_token": form["csrf_token"]})
    answer = browser.post(PAIR, data={**form, "action": "selected", "reason": "한 시간 동안 적은 사유"})

    assert answer.status_code == 401
    assert "한 시간 동안 적은 사유" in answer.text
    assert f"/console/ko/sign-in?next={PAIR}" in answer.text


def test_going_back_to_the_model_before_without_a_reason_brings_its_form_back(
    registry: Registry, tmp_path: Path
) -> None:
    folder = tmp_path / "artifacts"
    for name in ("v1", "v2"):
        given.published(registry.load("v1").matcher, folder, name)
    versions.put_in_use(folder, "v1")
    with given.running(tmp_path, Registry(folder)) as app:
        browser = signed_in(app, UserRole.ADMIN)
        (form,) = forms_of(browser, f"{HERE}model/versions/v2")

        assert form.action.endswith("model/rollback")
        assert_comes_back(form, browser.post(form.action, data=form.hidden), form.required)
