"""Limits that the workers share, proxies that are believed or not, and the access log."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given as law
from hypothesis import strategies as st

from service.actions.access.keep_access_log import FLUSH_SECONDS, MOST_PENDING, AccessLog, Visit
from service.auth.counters import ROWS, Counters
from service.auth.peers import Peers
from service.errors import Problem, ServiceError
from service.identity import UserRole
from service.settings import Settings, from_environment
from service.storage.database import Database
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given

PATH = "/api/v1/programs"
FAR = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def limited(registry: Registry, tmp_path: Path) -> Flask:
    settings = Settings(home=tmp_path, credential_limit=3, address_limit=4, attempt_limit=2)
    return given.application(tmp_path, registry, settings)


def statuses(app: Flask, key: str | None, times: int, path: str = PATH, **environ: str) -> list[int]:
    client = app.test_client(key=key)
    return [client.get(path, environ_overrides={**FAR, **environ}).status_code for _ in range(times)]


@pytest.fixture(autouse=True)
def early_in_a_minute() -> None:
    if time.time() % 60 > 57:
        time.sleep(60.1 - time.time() % 60)


def test_a_credential_has_its_number_of_requests_a_minute_and_hears_how_many_are_left(limited: Flask) -> None:
    key = given.key(limited, UserRole.VIEWER)
    client = limited.test_client(key=key)
    answers = [client.get(PATH, environ_overrides=FAR) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"credential";q=3;w=60'
    assert answers[0].headers["RateLimit"].startswith('"credential";r=2;t=')
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    assert answers[3].get_json()["code"] == "too_many_requests"
    assert statuses(limited, given.key(limited, UserRole.VIEWER), 1) == [200]


def test_this_machine_itself_is_not_counted(limited: Flask) -> None:
    assert statuses(limited, given.key(limited, UserRole.VIEWER), 9, REMOTE_ADDR="127.0.0.1") == [200] * 9


def test_strangers_are_counted_by_address_and_health_is_not(limited: Flask) -> None:
    assert statuses(limited, None, 6, "/api/v1/errors") == [200] * 4 + [429] * 2
    assert statuses(limited, None, 9, "/livez") == [200] * 9
    assert statuses(limited, None, 1, "/api/v1/errors", REMOTE_ADDR="192.0.2.8") == [200]


def test_neighbours_in_one_ipv6_network_are_one(limited: Flask) -> None:
    found = [statuses(limited, None, 1, "/api/v1/errors", REMOTE_ADDR=f"2001:db8::{n}")[0] for n in range(1, 7)]

    assert found == [200] * 4 + [429] * 2


def test_profiles_that_are_not_stored_have_a_limit_of_their_own(registry: Registry, tmp_path: Path) -> None:
    app = given.application(tmp_path, registry, Settings(home=tmp_path, credential_limit=0, profile_limit=2))
    client = app.test_client(key=given.key(app, UserRole.VIEWER))

    def tried(**environ: str) -> int:
        return client.post("/api/v1/matches", json={"summary": "로봇"}, environ_overrides=environ or FAR).status_code

    assert [tried() for _ in range(3)] == [200, 200, 429]
    assert tried(REMOTE_ADDR="127.0.0.1") == 200
    assert statuses(app, given.key(app, UserRole.VIEWER), 3) == [200] * 3  # nothing else is counted by it


def test_wrong_keys_of_one_account_are_limited_wherever_they_come_from(limited: Flask) -> None:
    right, other = given.key(limited, UserRole.VIEWER), given.key(limited, UserRole.VIEWER)
    wrong = right[:-43] + "x" * 43

    def asked(key: str, number: int) -> int:
        return statuses(limited, key, 1, REMOTE_ADDR=f"198.51.100.{number}")[0]

    assert [asked(wrong, number) for number in range(1, 6)] == [401, 401, 429, 429, 429]
    assert asked(other[:-43] + "x" * 43, 9) == 401  # another account is another count
    assert asked(right, 9) == 200  # nobody shuts the holder out by trying


def test_wrong_keys_are_limited_more_strictly_and_right_ones_go_on(limited: Flask) -> None:
    assert statuses(limited, "ieum_wrong", 4) == [401, 401, 429, 429]
    assert statuses(limited, given.key(limited, UserRole.VIEWER), 1) == [200]


def test_wrong_links_are_limited_too(limited: Flask) -> None:
    client = limited.test_client(key=None)
    found = [client.post("/sign-in/link", data={"token": "x"}, environ_overrides=FAR).status_code for _ in range(4)]

    assert found == [403, 403, 429, 429]


def test_processes_that_were_forked_count_together() -> None:
    counters = Counters()
    child = os.fork()
    if child == 0:
        for _ in range(500):
            counters.add("x")
        os._exit(0)
    for _ in range(500):
        counters.add("x")
    os.waitpid(child, 0)

    assert counters.count("x") == 1_000


@law(st.lists(st.sampled_from("abc"), max_size=30))
def test_a_count_is_the_number_of_adds_in_its_minute(names: list[str]) -> None:
    moment = [60.0]
    counters = Counters(now=lambda: moment[0])
    counts = [counters.add(name) for name in names]
    moment[0] += 60

    assert counts == [names[: index + 1].count(name) for index, name in enumerate(names)]
    assert [counters.count(name) for name in "abc"] == [0, 0, 0]
    assert ROWS > 8


class Seen:
    """Where a request came from, after the proxies' words."""

    def __init__(self, trusted: tuple[str, ...], header: str = "x-forwarded") -> None:
        self._app = Peers(self._kept, trusted, header)
        self.environ: dict[str, Any] = {}

    def _kept(self, environ: dict[str, Any], _start: Any) -> list[bytes]:
        self.environ = environ
        return []

    def of(self, **environ: str) -> tuple[str, str, str]:
        self._app({"wsgi.url_scheme": "http", "HTTP_HOST": "here", **environ}, lambda *_: None)
        return tuple(self.environ[name] for name in ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST"))  # type: ignore[return-value]  # three


SAID = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.9, 192.0.2.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "ieum.kr",
}


@pytest.mark.parametrize("peer", ["203.0.113.5", "127.0.0.1", "", "unix:", "::1", "10.0.0.1"])
def test_nobody_is_believed_unless_they_are_configured(peer: str) -> None:
    assert Seen(()).of(REMOTE_ADDR=peer, **SAID) == (peer, "http", "here")


@pytest.mark.parametrize("peer", ["203.0.113.5", "", "unix:", "11.0.0.1", "::ffff:10.0.0.1"])
def test_a_peer_outside_the_trusted_networks_is_not_believed(peer: str) -> None:
    assert Seen(("10.0.0.0/8", "127.0.0.1")).of(REMOTE_ADDR=peer, **SAID) == (peer, "http", "here")


def test_a_trusted_proxy_says_who_asks_and_what_stands_before_says_nothing() -> None:
    trusted = Seen(("10.0.0.0/8",))

    assert trusted.of(REMOTE_ADDR="10.0.0.1", **SAID) == ("192.0.2.7", "https", "ieum.kr")
    assert trusted.of(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="127.0.0.1, 192.0.2.7, 10.0.0.2")[0] == "192.0.2.7"
    assert trusted.of(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="127.0.0.1, junk")[0] == "10.0.0.1"
    assert trusted.of(REMOTE_ADDR="10.0.0.1", HTTP_FORWARDED="for=127.0.0.1")[0] == "10.0.0.1"


def test_the_standard_header_is_read_when_it_is_chosen() -> None:
    trusted = Seen(("10.0.0.0/8",), "forwarded")
    said = 'for=127.0.0.1, for="[2001:db8::1]:443";proto=https;host=ieum.kr'

    assert trusted.of(REMOTE_ADDR="10.0.0.1", HTTP_FORWARDED=said) == ("2001:db8::1", "https", "ieum.kr")
    assert trusted.of(REMOTE_ADDR="10.0.0.1", **SAID) == ("10.0.0.1", "http", "here")


@pytest.mark.parametrize("said", [{"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=127.0.0.1"}])
def test_a_forged_header_never_makes_somebody_local(said: dict[str, str], registry: Registry, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, open_reading=True, trusted_proxies=("192.0.2.7",))
    app = given.application(tmp_path, registry, settings)
    client = app.test_client(key=None)

    for peer in ("192.0.2.7", "203.0.113.1", "127.0.0.1"):
        assert client.get(PATH, environ_overrides={"REMOTE_ADDR": peer, **said}).status_code == 401


def test_over_https_browsers_are_told_to_stay(registry: Registry, tmp_path: Path) -> None:
    app = given.application(tmp_path, registry, Settings(home=tmp_path, trusted_proxies=("127.0.0.1",)))
    headers = app.test_client().get(PATH, headers={"X-Forwarded-Proto": "https"}).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("value", ["10.0.0.0/33", "proxy", "10.0.0.1/8"])
def test_a_network_that_is_none_is_refused_by_name(value: str) -> None:
    with pytest.raises(ServiceError, match=r"bad_setting.*IEUM_TRUSTED_PROXIES"):
        from_environment({"IEUM_TRUSTED_PROXIES": value})


def wired(app: Flask) -> Wired:
    found: Wired = app.extensions[KEY]
    return found


def entries(app: Flask, **filters: str) -> list[tuple[str, str, int, int]]:
    return [
        (access.task, access.subject, access.status, access.times)
        for access in wired(app).accesses.all(filters=filters)
    ]


class TestAccessLog:
    """Who came when, from where, to whose record."""

    def test_every_request_with_a_credential_is_written_down(self, on_both: Flask) -> None:
        user = given.person(on_both, UserRole.VIEWER)
        client = on_both.test_client(key=given.issued(on_both, user_id=user.id))
        client.get("/api/v1/startups/s-0001", environ_overrides=FAR)
        client.get("/api/v1/startups/none")
        client.delete("/api/v1/startups/s-0001")
        found = list(wired(on_both).accesses.all(filters={"actor": user.id}))

        rule = "/api/v1/startups/<string:startup_id>"
        assert [(access.task, access.subject, access.status) for access in found] == [
            (f"GET {rule}", "startup_id:s-0001", 200),
            (f"GET {rule}", "startup_id:none", 404),
            (f"DELETE {rule}", "startup_id:s-0001", 403),
        ]
        assert found[0].address == "192.0.2.7"
        assert found[0].credential.startswith("key:")

    def test_like_requests_of_one_second_share_a_line_that_counts_them(self, on_both: Flask) -> None:
        client = on_both.test_client()
        with wired(on_both).accesses._writing:  # on a slow machine the writer would come in between
            for _ in range(7):
                client.get(PATH)

        assert entries(on_both) == [(f"GET {PATH}", "-", 200, 7)]

    def test_reading_is_on_disk_unasked_and_tried_every_second(self, on_both: Flask, filled: str) -> None:
        other, end = Database(filled), time.monotonic() + 60  # on a busy machine
        on_both.test_client().get(PATH)
        while not other.scalar("SELECT count(*) FROM accesses") and time.monotonic() < end:
            time.sleep(0.05)

        assert other.scalar("SELECT count(*) FROM accesses") == 1
        assert FLUSH_SECONDS <= 1
        other.close()

    def test_a_change_is_on_disk_before_it_is_answered(self, on_both: Flask, filled: str) -> None:
        on_both.test_client().post("/api/v1/users", json={"name": "x", "role": "viewer"})

        assert Database(filled).scalar("SELECT count(*) FROM accesses") == 1

    def test_when_a_key_was_last_used_is_known(self, on_both: Flask) -> None:
        raw = given.key(on_both, UserRole.VIEWER)
        on_both.test_client(key=raw).get(PATH)
        wired(on_both).accesses.flush()

        assert wired(on_both).keys.one(raw.split("_")[1]).last_used_at == given.NOON

    def test_what_can_not_be_written_now_is_written_later(
        self, on_both: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_both.test_client().get(PATH)
        log = wired(on_both).accesses
        write = AccessLog._write

        def failing(*_: object) -> None:
            raise ServiceError(Problem.DATABASE_UNAVAILABLE)

        monkeypatch.setattr(AccessLog, "_write", failing)
        log.flush()
        on_both.test_client().get(PATH)
        monkeypatch.setattr(AccessLog, "_write", write)

        assert entries(on_both) == [(f"GET {PATH}", "-", 200, 2)]

    def test_what_waits_is_bounded(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        log, flushed = wired(app).accesses, []
        monkeypatch.setattr(log, "_start", lambda: None)
        monkeypatch.setattr(log, "flush", lambda: (flushed.append(1), log._pending.clear()))
        visit = Visit("a", "b", "c", "d", "e", 200)
        for number in range(MOST_PENDING * 2):
            log.note(visit._replace(subject=str(number)), "r", at_once=False)

        assert len(flushed) == 2

    def test_who_audits_reads_it_page_by_page(self, on_both: Flask) -> None:
        client = on_both.test_client()
        for number in range(5):
            client.get(f"/api/v1/startups/s-{number:04d}")
        first = client.get("/api/v1/access-log?limit=3").get_json()
        rest = client.get(f"/api/v1/access-log?limit=9&cursor={first['next']}").get_json()
        one = client.get("/api/v1/access-log?subject=startup_id:s-0001").get_json()["items"]

        assert [item["id"] for item in first["items"] + rest["items"]][:5] == [1, 2, 3, 4, 5]
        assert [item["subject"] for item in one] == ["startup_id:s-0001"]
        assert client.get("/api/v1/access-log?cursor=eA==").status_code == 422
