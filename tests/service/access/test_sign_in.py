"""Signing in: from a real issuer over HTTP, or by a link that works once; sessions end, forged ones open nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from service.actions.access import recognise
from service.actions.access.admit_users import Admission
from service.actions.access.recognise import FRESH_SECONDS, Recognise
from service.auth import sessions
from service.errors import ServiceError
from service.identity import SHELL, UserRole
from service.server.app import create_app
from service.settings import Settings, now
from service.storage.access.users import User
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given
from tests.support import databases
from tests.support import issuer as support
from tests.support.issuer import CLIENT, SECRET, Claims, Issuer

HERE = "/api/v1/model"
KIM = {"sub": "s-1", "name": "김담당", "email": "kim@example.kr", "email_verified": True}


@pytest.fixture(scope="module")
def running() -> Iterator[Issuer]:
    with support.running() as found:
        yield found


@pytest.fixture
def issuer(running: Issuer) -> Issuer:
    running.claims, running.change, running.sign = dict(KIM), lambda claims: claims, None
    return running


class Clock:
    """The present moment, which a test can move."""

    def __init__(self) -> None:
        self.later = timedelta()

    def __call__(self) -> datetime:
        return now() + self.later


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path, issuer: Issuer) -> Settings:
    return Settings(
        home=tmp_path, oidc_issuer=issuer.address, oidc_client_id=CLIENT, oidc_client_secret=SECRET, port=80
    )


@pytest.fixture
def portal(registry: Registry, settings: Settings, clock: Clock) -> Flask:
    return given.application(settings.home, registry, settings, clock)


@pytest.fixture
def on_both(filled: str, registry: Registry, settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The same on each kind of database in turn."""
    with given.running(settings.home, registry, replace(settings, database_url=filled), clock) as made:
        yield made


def wired(app: Flask) -> Wired:
    found: Wired = app.extensions[KEY]
    return found


def admitted(app: Flask, role: UserRole = UserRole.MANAGER, email: str = "kim@example.kr") -> str:
    return wired(app).users.admit(Admission("김담당", role, email), SHELL).id


def events(app: Flask, user: str) -> list[tuple[str, str, dict[str, object]]]:
    """Who did what to a user, as the audit trail has it."""
    with wired(app).catalogue.database.reading() as connection:
        rows = list(wired(app).catalogue.audit.rows(connection))
    found = [(row.actor_id, row.event, orjson.loads(row.details)) for row in rows if row.subject == user]
    for _, _, details in found:
        details.pop("wrote", None)  # what was written is proved elsewhere
    return found


def link(app: Flask, user: str) -> str:
    """The secret of a new one-time link."""
    return wired(app).sign_in.invite(user, SHELL)


def to_portal(client: FlaskClient, following: str = "/console") -> str:
    """Leave for the portal and sign in there; the address that the browser is sent back to."""
    left = client.get(f"/sign-in/portal?next={following}")
    assert left.status_code == 302
    return requests.get(left.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]


def signed_in(client: FlaskClient, following: str = "/console") -> TestResponse:
    back = urlsplit(to_portal(client, following))
    return client.get(f"{back.path}?{back.query}")


def code(answer: TestResponse) -> str:
    return str(answer.get_json()["code"])


def test_somebody_admitted_by_email_signs_in_from_the_portal(on_both: Flask) -> None:
    user = admitted(on_both)
    browser = on_both.test_client(key=None)
    answer = signed_in(browser, "/console/ko")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/ko")
    assert browser.get(HERE).status_code == 200
    assert wired(on_both).users.one(user).subject == "s-1"


def test_who_has_signed_in_once_is_known_by_the_portals_subject(on_both: Flask, issuer: Issuer) -> None:
    user = admitted(on_both)
    signed_in(on_both.test_client(key=None))
    issuer.claims = {"sub": "s-1", "name": "김새이름", "email": "new@example.kr"}

    assert signed_in(on_both.test_client(key=None)).status_code == 303
    assert wired(on_both).users.one(user).name == "김새이름"


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "s-9", "name": "남", "email": "nobody@example.kr", "email_verified": True},
        {"sub": "s-9", "name": "남", "email": "kim@example.kr", "email_verified": False},
        {"sub": "s-9", "name": "남", "email": "kim@example.kr", "email_verified": "true"},
        {"sub": "s-9"},
    ],
)
def test_whom_nobody_admitted_stays_outside(portal: Flask, issuer: Issuer, claims: Claims) -> None:
    admitted(portal)
    issuer.claims = claims
    answer = signed_in(portal.test_client(key=None))

    assert (answer.status_code, code(answer)) == (403, "not_admitted")


def test_another_subject_cannot_take_over_a_user_by_email(on_both: Flask, issuer: Issuer) -> None:
    admitted(on_both)
    signed_in(on_both.test_client(key=None))
    issuer.claims = {**KIM, "sub": "s-2"}

    assert code(signed_in(on_both.test_client(key=None))) == "not_admitted"


class TestPortalDecides:
    """Roles, and programs if it is told so, come from the portal at every sign-in."""

    ROLES: ClassVar = {"oidc_role_claim": "realm.roles", "oidc_roles": {"담당": "manager", "운영": "operator"}}
    MANAGER: ClassVar = {**KIM, "realm": {"roles": ["그밖", "담당"]}}

    @pytest.fixture
    def of_roles(self, registry: Registry, settings: Settings) -> Flask:
        return given.application(settings.home, registry, replace(settings, **self.ROLES), now)

    @pytest.fixture
    def of_both(self, registry: Registry, settings: Settings) -> Flask:
        decided = replace(settings, **self.ROLES, oidc_programs_claim="programs")
        return given.application(settings.home, registry, decided, now)

    def come(self, app: Flask, issuer: Issuer, claims: Claims) -> User:
        """Somebody after signing in with these claims."""
        issuer.claims = claims
        signed_in(app.test_client(key=None))
        (found,) = [user for user in wired(app).users.page()[0] if user.subject == "s-1"]
        return found

    def test_role_and_programs_are_those_of_the_portal(self, of_both: Flask, issuer: Issuer) -> None:
        user = self.come(of_both, issuer, {**self.MANAGER, "programs": ["p-1"]})
        issuer.claims = {**KIM, "realm": {"roles": []}}

        assert (user.role, user.programs) == (UserRole.MANAGER, frozenset(["p-1"]))
        assert code(signed_in(of_both.test_client(key=None))) == "not_admitted"

    def test_whom_the_portal_gives_no_role_any_more_is_ended_with_a_row(self, of_both: Flask, issuer: Issuer) -> None:
        issuer.claims = {**self.MANAGER, "programs": ["p-1"]}
        client = of_both.test_client(key=None)
        signed_in(client)
        user = self.come(of_both, issuer, issuer.claims)
        key = of_both.test_client(key=given.issued(of_both, user_id=user.id))
        before = client.get("/api/v1/startups?limit=1").status_code, key.get("/api/v1/startups?limit=1").status_code
        issuer.claims = {**KIM, "realm": {"roles": []}}
        refused = [code(signed_in(of_both.test_client(key=None))) for _ in range(2)]
        time.sleep(FRESH_SECONDS + 0.1)
        after = code(client.get("/api/v1/startups?limit=1")), code(key.get("/api/v1/startups?limit=1"))
        back = self.come(of_both, issuer, {**self.MANAGER, "programs": ["p-1"]})

        assert (before, refused) == ((200, 200), ["not_admitted"] * 2)
        assert after == ("session_ended", "key_revoked")
        suspended = [details for _, _, details in events(of_both, user.id) if details.get("suspended")]
        assert suspended == [
            {"fields": ["suspended_at"], "role": "manager", "programs": ["p-1"], "disabled": False, "suspended": True}
        ]
        assert (back.shut_out_at, key.get("/api/v1/startups?limit=1").status_code) == (None, 200)

    def test_a_persons_key_lapses_unless_the_portal_confirms_them(self, of_both: Flask, issuer: Issuer) -> None:
        user = self.come(of_both, issuer, {**self.MANAGER, "programs": ["p-1"]})
        raw = given.issued(of_both, user_id=user.id)

        def asked(days: int) -> str:
            database, later = wired(of_both).catalogue.database, now() + timedelta(days=days)
            try:
                return Recognise(database, lambda: later, portal_decides=True)(raw).actor.id
            except ServiceError as error:
                return error.code

        assert [asked(days) for days in (0, 29, 31)] == [user.id, user.id, "key_unconfirmed"]

    @pytest.mark.parametrize(("said", "bound"), [({}, []), ({"programs": None}, []), ({"programs": "p-1"}, ["p-1"])])
    def test_a_manager_is_never_bound_to_more_than_the_portal_names(
        self, of_both: Flask, issuer: Issuer, said: Claims, bound: list[str]
    ) -> None:
        assert self.come(of_both, issuer, {**self.MANAGER, **said}).programs == frozenset(bound)

    def test_others_need_no_programs(self, of_both: Flask, issuer: Issuer) -> None:
        assert self.come(of_both, issuer, {**KIM, "realm": {"roles": ["운영"]}}).programs is None

    def test_programs_that_an_administrator_set_stay_where_the_portal_decides_roles_alone(
        self, of_roles: Flask, issuer: Issuer
    ) -> None:
        user = self.come(of_roles, issuer, self.MANAGER)
        wired(of_roles).users.change(user.id, {"programs": frozenset(["p-1"])}, SHELL)

        assert self.come(of_roles, issuer, self.MANAGER).programs == frozenset(["p-1"])

    def test_what_the_portal_gives_is_on_record_once(self, of_both: Flask, issuer: Issuer) -> None:
        for role in ("담당", "담당", "운영"):
            user = self.come(of_both, issuer, {**KIM, "realm": {"roles": [role]}, "programs": ["p-1"]})

        assert events(of_both, user.id) == [
            ("portal", "admit", {"role": "manager", "programs": ["p-1"], "disabled": False}),
            ("portal", "change_user", {"fields": ["role"], "role": "operator", "programs": ["p-1"], "disabled": False}),
        ]


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: {**claims, "exp": int(time.time()) - 61},
        lambda claims: {**claims, "exp": None},
        lambda claims: {**claims, "iat": int(time.time()) + 600},
        lambda claims: {**claims, "aud": "another"},
        lambda claims: {**claims, "aud": [CLIENT, "another"], "azp": "another"},
        lambda claims: {**claims, "iss": "https://elsewhere.example"},
        lambda claims: {**claims, "nonce": "another"},
        *[
            lambda claims, gone=gone: {k: v for k, v in claims.items() if k != gone}
            for gone in ("exp", "aud", "nonce", "iss", "sub", "iat")
        ],
    ],
)
def test_a_token_that_proves_something_else_is_refused(
    portal: Flask, issuer: Issuer, change: Callable[[Claims], Claims]
) -> None:
    admitted(portal)
    issuer.change = change
    browser = portal.test_client(key=None)
    answer = signed_in(browser)

    assert (answer.status_code, code(answer)) == (403, "portal_refused")
    assert browser.get(HERE).status_code == 401


@pytest.mark.parametrize(
    "sign",
    [support.by_another_key, support.unsigned, support.by_the_public_key_as_secret, support.cut_short, lambda *_: "x"],
)
def test_a_token_with_a_wrong_signature_is_refused(
    portal: Flask, issuer: Issuer, sign: Callable[[Issuer, Claims], str]
) -> None:
    admitted(portal)
    issuer.sign = sign

    assert code(signed_in(portal.test_client(key=None))) == "portal_refused"


def test_the_issuers_new_key_is_found(portal: Flask, issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.auth.portal.LEAST_SECONDS_BETWEEN_LOOKS", 0)
    admitted(portal)
    signed_in(portal.test_client(key=None))
    issuer.keys = [RSAKey.generate_key(2048, {"kid": "one"})]

    assert signed_in(portal.test_client(key=None)).status_code == 303


def test_a_state_counts_once_and_only_in_the_browser_that_began(on_both: Flask) -> None:
    admitted(on_both)
    browser, other = on_both.test_client(key=None), on_both.test_client(key=None)
    to_portal(other)
    back = urlsplit(to_portal(browser))
    stolen = other.get(f"{back.path}?{back.query}")
    again = browser.get(f"{back.path}?{back.query}")

    assert [code(stolen), code(again)] == ["sign_in_stale"] * 2


def test_an_answer_replayed_or_late_or_made_up_is_refused(on_both: Flask, clock: Clock) -> None:
    admitted(on_both)
    browser = on_both.test_client(key=None)
    back = urlsplit(to_portal(browser))
    first = browser.get(f"{back.path}?{back.query}")
    replayed = browser.get(f"{back.path}?{back.query}")
    late = urlsplit(to_portal(browser))
    clock.later = timedelta(minutes=11)

    assert (first.status_code, code(replayed)) == (303, "sign_in_stale")
    assert code(browser.get(f"{late.path}?{late.query}")) == "sign_in_stale"
    assert code(browser.get("/sign-in/callback?code=x&state=made-up")) == "sign_in_stale"
    assert code(browser.get("/sign-in/callback")) == "sign_in_stale"


def test_an_answer_of_another_issuer_is_refused(portal: Flask) -> None:
    admitted(portal)
    browser = portal.test_client(key=None)
    back = urlsplit(to_portal(browser))
    mixed = back.query.split("&iss=")[0] + "&iss=https%3A%2F%2Felsewhere.example"

    assert code(browser.get(f"{back.path}?{mixed}")) == "portal_refused"


def test_the_portal_is_asked_with_code_pkce_state_and_nonce(portal: Flask) -> None:
    asked = parse_qs(urlsplit(portal.test_client(key=None).get("/sign-in/portal").headers["Location"]).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:80/sign-in/callback"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize("following", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a%0d%0aX:1"])
def test_nobody_is_sent_elsewhere_after_signing_in(portal: Flask, following: str) -> None:
    assert portal.test_client(key=None).get(f"/sign-in/portal?next={following}").status_code == 422


def test_a_portal_that_does_not_answer_is_told_so(registry: Registry, settings: Settings) -> None:
    app = given.application(settings.home, registry, replace(settings, oidc_issuer="http://127.0.0.1:9"), now)
    answer = app.test_client(key=None).get("/sign-in/portal")

    assert (answer.status_code, code(answer)) == (503, "portal_unavailable")


def test_without_a_portal_the_page_says_so(client: FlaskClient) -> None:
    assert "일회용" in client.get("/sign-in").get_data(as_text=True)
    assert code(client.get("/sign-in/portal")) == "no_portal"


class TestLinks:
    """One-time links."""

    def test_a_link_signs_in_once(self, on_both: Flask) -> None:
        raw = link(on_both, admitted(on_both))
        browser = on_both.test_client(key=None)
        looked = browser.get(f"/sign-in/link?token={raw}")
        first = browser.post("/sign-in/link", data={"token": raw})
        second = on_both.test_client(key=None).post("/sign-in/link", data={"token": raw})

        assert (looked.status_code, first.status_code, code(second)) == (200, 303, "link_used")
        assert browser.get(HERE).status_code == 200

    @pytest.mark.parametrize("raw", ["", "x", "ㅎ", "' OR 1=1 --"])
    def test_a_forged_link_opens_nothing(self, portal: Flask, raw: str) -> None:
        assert code(portal.test_client(key=None).post("/sign-in/link", data={"token": raw})) == "link_used"

    def test_a_link_expires(self, on_both: Flask, clock: Clock) -> None:
        raw = link(on_both, admitted(on_both))
        clock.later = timedelta(hours=25)

        assert code(on_both.test_client(key=None).post("/sign-in/link", data={"token": raw})) == "link_used"

    def test_a_disabled_user_does_not_enter(self, on_both: Flask) -> None:
        user = admitted(on_both)
        raw = link(on_both, user)
        wired(on_both).users.change(user, {"disabled": True}, SHELL)

        assert on_both.test_client(key=None).post("/sign-in/link", data={"token": raw}).status_code == 403

    def test_a_link_is_on_record_with_who_made_it(self, portal: Flask) -> None:
        user = admitted(portal)
        link(portal, user)

        assert [(actor, event) for actor, event, _ in events(portal, user)] == [("shell", "admit"), ("shell", "invite")]

    def test_another_site_cannot_sign_somebody_in(self, portal: Flask) -> None:
        raw = link(portal, admitted(portal))
        answer = portal.test_client(key=None).post(
            "/sign-in/link", data={"token": raw}, headers={"Origin": "https://evil.example"}
        )

        assert code(answer) == "csrf"

    def test_an_administrator_makes_a_link_over_the_api(self, portal: Flask) -> None:
        answer = portal.test_client().post(f"/api/v1/users/{admitted(portal)}/links").get_json()
        token = answer["url"].split("token=")[1]

        assert portal.test_client(key=None).post("/sign-in/link", data={"token": token}).status_code == 303


def entered(app: Flask) -> FlaskClient:
    """A browser in which an administrator has signed in."""
    made = app.test_client(key=None)
    raw = link(app, admitted(app, UserRole.ADMIN))
    made.post("/sign-in/link", data={"token": raw})
    return made


@pytest.fixture
def browser(portal: Flask) -> FlaskClient:
    return entered(portal)


def proof(browser: FlaskClient) -> str:
    cookie = browser.get_cookie("ieum")
    assert cookie is not None
    return sessions.csrf_token_of(cookie.value)


class TestSessions:
    """Sessions of browsers."""

    def test_a_change_needs_the_pages_own_token(self, browser: FlaskClient) -> None:
        body = {"name": "x", "role": "viewer"}
        with_token = {"X-CSRF-Token": proof(browser)}

        assert code(browser.post("/api/v1/users", json=body)) == "csrf"
        assert code(browser.post("/api/v1/users", json=body, headers={"X-CSRF-Token": "ㅎ"})) == "csrf"
        assert browser.post("/api/v1/users", json=body, headers=with_token).status_code == 201

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost.evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ],
    )
    def test_another_site_can_change_nothing_even_with_the_token(
        self, browser: FlaskClient, headers: dict[str, str]
    ) -> None:
        sent = {**headers, "X-CSRF-Token": proof(browser)}

        assert code(browser.post("/api/v1/users", json={"name": "x", "role": "viewer"}, headers=sent)) == "csrf"

    def test_a_key_needs_no_token(self, portal: Flask, browser: FlaskClient) -> None:
        headers = {"Authorization": f"Bearer {given.key(portal, UserRole.ADMIN)}", "Origin": "https://portal.example"}

        assert browser.post("/api/v1/users", json={"name": "x", "role": "viewer"}, headers=headers).status_code == 201

    def test_signing_out_ends_the_session_everywhere(self, on_both: Flask) -> None:
        browser = entered(on_both)
        cookie = browser.get_cookie("ieum")
        assert cookie is not None
        refused = browser.post("/sign-out")
        left = browser.post("/sign-out", data={"csrf_token": proof(browser)})
        kept = on_both.test_client(key=None)
        kept.set_cookie("ieum", cookie.value)

        assert (code(refused), left.status_code, browser.get_cookie("ieum")) == ("csrf", 303, None)
        assert code(kept.get(HERE)) == "session_ended"

    def test_signing_in_again_gives_a_new_session_and_ends_the_one_before(self, on_both: Flask) -> None:
        browser = entered(on_both)
        before = browser.get_cookie("ieum")
        raw = link(on_both, admitted(on_both, email="lee@example.kr"))
        browser.post("/sign-in/link", data={"token": raw})
        after = browser.get_cookie("ieum")
        assert before is not None
        assert after is not None
        old = on_both.test_client(key=None)
        old.set_cookie("ieum", before.value)

        assert before.value != after.value
        assert code(old.get(HERE)) == "session_ended"

    def test_a_session_that_was_planted_is_never_taken_up(self, portal: Flask) -> None:
        planted = portal.test_client(key=None)
        planted.set_cookie("ieum", "planted")
        planted.post("/sign-in/link", data={"token": link(portal, admitted(portal))})
        cookie = planted.get_cookie("ieum")

        assert cookie is not None
        assert cookie.value != "planted"

    @pytest.mark.parametrize(("later", "ended"), [(29, False), (31, True)])
    def test_a_session_ends_when_it_is_idle(
        self, on_both: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch, later: int, ended: bool
    ) -> None:
        browser = entered(on_both)
        monkeypatch.setattr(recognise.LookedUp, "get", lambda _self, shown, look_up: look_up(shown))
        clock.later = timedelta(minutes=later)

        assert (browser.get(HERE).status_code == 401) is ended

    def test_a_session_in_use_ends_all_the_same_after_its_longest_time(
        self, on_both: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = entered(on_both)
        monkeypatch.setattr(recognise.LookedUp, "get", lambda _self, shown, look_up: look_up(shown))
        statuses = []
        for minutes in range(0, 9 * 60 + 20, 20):
            clock.later = timedelta(minutes=minutes)
            statuses.append(browser.get(HERE).status_code)

        assert statuses == [200] * 27 + [401]

    def test_who_is_disabled_is_signed_out(self, on_both: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        browser = entered(on_both)
        monkeypatch.setattr(recognise.LookedUp, "get", lambda _self, shown, look_up: look_up(shown))
        for user in wired(on_both).users.page(limit=99)[0]:
            wired(on_both).users.change(user.id, {"disabled": True}, SHELL)

        assert code(browser.get(HERE)) == "session_ended"

    def test_who_is_enabled_again_signs_in_anew(
        self, portal: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recognise.LookedUp, "get", lambda _self, shown, look_up: look_up(shown))
        (user,) = [user.id for user in wired(portal).users.page()[0] if user.email == "kim@example.kr"]
        raw = link(portal, user)
        for disabled in (True, False):
            wired(portal).users.change(user, {"disabled": disabled}, SHELL)
        linked = portal.test_client(key=None).post("/sign-in/link", data={"token": raw})

        assert (code(browser.get(HERE)), code(linked)) == ("session_ended", "link_used")

    @pytest.mark.parametrize("value", ["x", "", "ㅎ" * 3, "a" * 3000, "../../x", "0" * 43])
    def test_a_forged_cookie_opens_nothing(self, portal: Flask, value: str) -> None:
        forged = portal.test_client(key=None)
        forged.set_cookie("ieum", value)

        assert forged.get(HERE).status_code == 401

    def test_only_digests_of_sessions_and_links_are_stored(self, on_both: Flask) -> None:
        browser = entered(on_both)
        raw = link(on_both, admitted(on_both, email="p@example.kr"))
        cookie = browser.get_cookie("ieum")
        home = wired(on_both).settings.home
        assert cookie is not None
        files = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
        kept = files + databases.content(wired(on_both).catalogue.database).encode()

        assert (cookie.value.encode() in kept, raw.encode() in kept) == (False, False)
        assert recognise.digest(cookie.value).encode() in kept


@pytest.mark.parametrize(("address", "name", "secure"), [("", "ieum", False), ("https://ieum.kr", "__Host-ieum", True)])
def test_the_sessions_cookie_is_kept_from_scripts_and_other_sites(
    registry: Registry, tmp_path: Path, address: str, name: str, secure: bool
) -> None:
    app = given.application(tmp_path, registry, Settings(home=tmp_path, public_url=address))
    raw = link(app, admitted(app))
    headers = app.test_client(key=None).post("/sign-in/link", data={"token": raw}).headers.getlist("Set-Cookie")
    cookie = next(header for header in headers if header.startswith(f"{name}="))

    assert ("Secure" in cookie) is secure
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert "Max-Age" not in cookie


def test_the_clients_secret_is_not_shown_with_the_settings() -> None:
    assert "hidden" not in repr(Settings(oidc_client_secret="hidden"))


def test_an_application_is_made_without_asking_the_portal(tmp_path: Path) -> None:
    create_app(Settings(home=tmp_path, oidc_issuer="https://nowhere.example", oidc_client_id="x"))
