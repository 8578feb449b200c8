"""Credentials: who comes in with which key, what each role may do, and what opens no longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from service.actions.access import recognise
from service.identity import PERMITTED, SHELL, Scope, UserRole
from service.settings import Settings
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given
from tests.support import databases

PROGRAMS = "/api/v1/programs"
OWN, OTHER = (program.id for program in given.programs()[:2])
FAR = {"REMOTE_ADDR": "192.0.2.7"}


def wired(app: Flask) -> Wired:
    found: Wired = app.extensions[KEY]
    return found


def asked(app: Flask, key: str | None, path: str = PROGRAMS, method: str = "GET") -> tuple[int, str | None]:
    """Status and code of the answer."""
    answer = app.test_client(key=key).open(path, method=method)
    return answer.status_code, (answer.get_json(silent=True) or {}).get("code")


def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be remembered from before."""
    monkeypatch.setattr(recognise.LookedUp, "get", lambda _self, shown, look_up: look_up(shown))


def test_without_a_credential_only_open_routes_answer(app: Flask) -> None:
    nobody = app.test_client(key=None)
    refused = nobody.get(PROGRAMS)

    assert (refused.status_code, refused.get_json()["code"]) == (401, "unauthenticated")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="ieum"'
    assert [nobody.get(path).status_code for path in ("/livez", "/readyz", "/api/v1/docs")] == [200, 200, 200]


def test_what_is_not_there_is_told_only_to_who_may_look(app: Flask) -> None:
    assert asked(app, None, "/api/v1/startups/none") == (401, "unauthenticated")


@pytest.mark.parametrize("role", UserRole)
def test_a_key_opens_what_its_role_permits(app: Flask, role: UserRole) -> None:
    status, code = asked(app, given.key(app, role), "/api/v1/startups/s-0001", "DELETE")

    expected = (428, "precondition_required") if Scope.WRITE in PERMITTED[role] else (403, "forbidden")
    assert (status, code) == expected


def test_a_key_limited_to_one_scope_opens_nothing_else(app: Flask) -> None:
    key = given.key(app, UserRole.ADMIN, [Scope.MATCH])

    assert asked(app, key, "/api/v1/startups/s-0001/matches")[0] == 200
    assert asked(app, key) == (403, "forbidden")


def test_a_scope_beyond_the_role_opens_nothing(app: Flask) -> None:
    key = given.key(app, UserRole.VIEWER, [Scope.READ, Scope.WRITE])

    assert asked(app, key, "/api/v1/startups/s-0001", "DELETE") == (403, "forbidden")


def test_who_is_bound_to_programs_sees_no_other_programs_candidates(app: Flask) -> None:
    key = given.key(app, UserRole.MANAGER, programs=[OWN])

    assert asked(app, key, f"{PROGRAMS}/{OWN}/candidates")[0] == 200
    assert asked(app, key, f"{PROGRAMS}/{OTHER}/candidates") == (403, "not_your_program")


def test_a_key_can_bind_a_person_further_but_never_free_them(on_both: Flask) -> None:
    user = given.person(on_both, UserRole.MANAGER, frozenset([OWN]))
    raw = given.issued(on_both, user_id=user.id, programs=frozenset([OWN, OTHER]))

    assert asked(on_both, raw, f"{PROGRAMS}/{OTHER}/candidates") == (403, "not_your_program")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-1],
        lambda key: key + "A",
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: key.replace("ieum_", "ieum-"),
        lambda key: key.upper(),
        lambda key: key[:17] + "_" + "A" * 43,
        lambda _key: "",
        lambda key: "ieum_" + "0" * 12 + key[17:],
        lambda key: key + " " + key,
    ],
)
def test_a_forged_key_opens_nothing(app: Flask, spoil: Callable[[str], str]) -> None:
    answer = app.test_client(key=spoil(given.key(app, UserRole.ADMIN))).get(PROGRAMS)

    assert (answer.status_code, answer.get_json()["code"]) == (401, "key_unknown")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="ieum", error="invalid_token"'


@settings(max_examples=200)
@law(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=90))
def test_no_authorisation_header_at_all_opens_or_breaks_anything(shared_app: Flask, value: str) -> None:
    client = shared_app.test_client(key=None)
    client.environ_base["HTTP_AUTHORIZATION"] = value

    assert client.get(PROGRAMS).status_code == 401


def test_another_scheme_than_bearer_opens_nothing(app: Flask) -> None:
    client = app.test_client(key=None)

    assert client.get(PROGRAMS, headers={"Authorization": "Basic aWV1bTppZXVt"}).status_code == 401
    assert (
        client.get(PROGRAMS, headers={"Authorization": f"bearer  {given.key(app, UserRole.VIEWER)} "}).status_code
        == 200
    )


def test_a_revoked_key_is_refused_within_a_second(app: Flask) -> None:
    raw = given.key(app, UserRole.VIEWER)
    assert asked(app, raw)[0] == 200
    wired(app).keys.revoke(raw.split("_")[1], given.OPERATOR)
    time.sleep(recognise.FRESH_SECONDS + 0.05)

    assert asked(app, raw) == (401, "key_revoked")


def test_who_is_disabled_or_demoted_is_shut_out_at_once(on_both: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(monkeypatch)
    user = given.person(on_both, UserRole.OPERATOR)
    raw = given.issued(on_both, user_id=user.id)
    wired(on_both).users.change(user.id, {"role": UserRole.VIEWER}, SHELL)
    demoted = asked(on_both, raw, "/api/v1/startups/s-0001", "DELETE")
    wired(on_both).users.change(user.id, {"disabled": True}, SHELL)

    assert demoted == (403, "forbidden")
    assert asked(on_both, raw) == (401, "key_revoked")


def test_a_key_that_has_expired_says_when(on_both: Flask) -> None:
    raw = given.key(on_both, UserRole.VIEWER)
    later = recognise.Recognise(wired(on_both).catalogue.database, lambda: given.NOON + timedelta(days=366))

    with pytest.raises(Exception, match=r"key_expired .*'day': '2027-02-02'"):
        later(raw)


def test_only_a_digest_of_a_key_is_stored(on_both: Flask, tmp_path: Path) -> None:
    raw = given.key(on_both, UserRole.ADMIN)
    secret, kept = raw.split("_", 2)[2], recognise.digest(raw)
    stored = databases.content(wired(on_both).catalogue.database)

    assert (secret in stored, kept in stored) == (False, True)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and secret.encode() in file.read_bytes()] == []


def test_a_key_is_shown_once(on_both: Flask) -> None:
    client = on_both.test_client()
    made = client.post("/api/v1/keys", json={"name": "portal", "role": "viewer", "scopes": ["match"], "days": 30})
    key = made.get_json()
    listed = client.get("/api/v1/keys").get_data(as_text=True)

    assert made.status_code == 201
    assert asked(on_both, key["key"], "/api/v1/startups/s-0001/matches")[0] == 200
    assert key["key"] not in listed
    assert client.get(f"/api/v1/keys/{key['id']}").get_json() == {k: v for k, v in key.items() if k != "key"}


def test_a_key_is_revoked_over_the_api(on_both: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(monkeypatch)
    raw = given.key(on_both, UserRole.VIEWER)
    path = f"/api/v1/keys/{raw.split('_')[1]}"
    client = on_both.test_client()
    first, again = (client.post(f"{path}/revoke").get_json() for _ in range(2))

    assert first["revoked_at"] is not None
    assert first == again == client.get(path).get_json()
    assert asked(on_both, raw) == (401, "key_revoked")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x"}, "key_needs_role"),
        ({"name": "x", "role": "viewer", "user_id": "u-1"}, "key_needs_role"),
        ({"name": "x", "user_id": "u-1"}, "user_not_found"),
        ({"name": "", "role": "viewer"}, "invalid_fields"),
        ({"name": "x", "role": "emperor"}, "invalid_fields"),
        ({"name": "x", "role": "viewer", "days": 0}, "invalid_fields"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(app: Flask, body: dict[str, object], code: str) -> None:
    assert app.test_client().post("/api/v1/keys", json=body).get_json()["code"] == code


def test_nobody_gives_away_more_than_they_have(on_both: Flask) -> None:
    client = on_both.test_client(key=given.key(on_both, UserRole.ADMIN, [Scope.ADMIN, Scope.READ]))
    user = given.person(on_both, UserRole.ADMIN)

    for answer in (
        client.post("/api/v1/keys", json={"name": "x", "role": "admin"}),
        client.post("/api/v1/users", json={"name": "x", "role": "operator"}),
        client.patch(f"/api/v1/users/{user.id}", json={"role": "viewer"}),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (403, "beyond_own_rights")
    assert client.post("/api/v1/keys", json={"name": "x", "role": "viewer", "scopes": ["read"]}).status_code == 201


def test_a_user_is_admitted_changed_and_listed(on_both: Flask) -> None:
    client = on_both.test_client()
    body = {"name": "김담당", "role": "manager", "email": "Kim@Example.kr", "programs": [OWN]}
    made = client.post("/api/v1/users", json=body).get_json()
    path = f"/api/v1/users/{made['id']}"
    changed = client.patch(path, json={"role": "operator", "programs": None, "disabled": True}).get_json()

    assert (made["email"], made["programs"], made["disabled_at"]) == ("kim@example.kr", [OWN], None)
    assert (changed["role"], changed["programs"], changed["disabled_at"] is None) == ("operator", None, False)
    assert changed in client.get("/api/v1/users?limit=200").get_json()["items"]
    assert client.post("/api/v1/users", json={**body, "email": "KIM@example.kr"}).get_json()["code"] == "email_taken"
    assert client.patch(path, json={"disabled": False}).get_json()["disabled_at"] is None


@pytest.mark.parametrize("email", ["kim", "kim@", "@example.kr", "kim@example", "a b@example.kr", 7])
def test_what_is_no_email_is_refused(app: Flask, email: object) -> None:
    answer = app.test_client().post("/api/v1/users", json={"name": "x", "role": "viewer", "email": email})

    assert answer.get_json()["errors"][0]["field"] == "email"


class TestOpenReading:
    """For a local trial, reading and matching may be open to the machine itself."""

    @pytest.fixture
    def opened(self, registry: Registry, tmp_path: Path) -> Flask:
        return given.application(tmp_path, registry, Settings(home=tmp_path, open_reading=True))

    def test_the_machine_itself_may_read_and_match_but_not_write(self, opened: Flask) -> None:
        assert asked(opened, None)[0] == 200
        assert asked(opened, None, "/api/v1/startups/s-0001/matches")[0] == 200
        assert asked(opened, None, "/api/v1/startups/s-0001", "DELETE") == (401, "unauthenticated")

    def test_a_wrong_key_is_refused_all_the_same(self, opened: Flask) -> None:
        assert asked(opened, "ieum_wrong")[0] == 401

    @pytest.mark.parametrize(
        "environ",
        [
            FAR,
            {"REMOTE_ADDR": ""},
            {"REMOTE_ADDR": "unix:"},
            {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
            {"HTTP_FORWARDED": "for=127.0.0.1"},
            {"HTTP_X_REAL_IP": "127.0.0.1"},
            {"HTTP_VIA": "1.1 proxy"},
        ],
    )
    def test_whoever_comes_from_elsewhere_is_nobody(self, opened: Flask, environ: dict[str, str]) -> None:
        answer = opened.test_client(key=None).get(PROGRAMS, environ_overrides=environ)

        assert answer.status_code == 401


def test_remembering_is_bounded() -> None:
    remembered: recognise.LookedUp[str] = recognise.LookedUp(most=3)
    for number in range(9):
        remembered.get(str(number), str)

    assert len(remembered) == 3


def test_a_key_is_looked_up_once_a_second(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, looked, get = given.key(app, UserRole.VIEWER), [], recognise.Keys.get
    monkeypatch.setattr(recognise.Keys, "get", lambda *args: looked.append(1) or get(*args))
    begin = time.monotonic()
    for _ in range(20):
        asked(app, raw)

    assert len(looked) <= 2 + (time.monotonic() - begin) / recognise.FRESH_SECONDS
