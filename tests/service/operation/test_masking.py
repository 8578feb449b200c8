"""The log holds no personal identifier and no secret, and every line of it is one JSON object."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from hypothesis import given as law
from hypothesis import strategies as st

from service.auth import policy
from service.telemetry import log

CANARIES = [
    *[f"{100 + n}-8{n % 10}-1{n:04d}" for n in range(10)],
    *[f"{1100000000 + n}" for n in range(5)],
    *[f"1101{n:02d}-{1234560 + n}" for n in range(5)],
    *[f"canary{n}@firm{n}.co.kr" for n in range(10)],
    *[f"ieum_{n:012x}_" + "Zx9_" * 10 + "abc" for n in range(5)],
    *[f"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI{n}In0.c2ln" for n in range(5)],
    *[f"010-9{n:03d}-12{n:02d}" for n in range(5)],
    *["Qw7" * 14 + f"{n:02d}" for n in range(5)],
]


def bug(message: str) -> None:
    raise RuntimeError(message)


def test_there_are_fifty_canaries() -> None:
    assert len(set(CANARIES)) == 50


@pytest.mark.parametrize("canary", CANARIES)
def test_no_canary_reaches_the_log(app: Flask, capsys: pytest.CaptureFixture[str], canary: str) -> None:
    app.add_url_rule(
        "/broken/<path:rest>", view_func=policy.policy("open")(lambda rest: bug(f"홍길동 {canary} {rest}"))
    )
    headers = {"Authorization": f"Bearer {canary}", "Cookie": f"ieum={canary}", "X-Request-ID": canary}
    app.test_client(key=None).post("/api/v1/matches", headers=headers, json={"summary": canary, "name": canary})
    app.test_client(key=None).get(f"/broken/홍길동/{canary}?q={canary}", headers={"User-Agent": canary})
    log.logger().warning("note", text=f"see {canary}.", name="홍길동", inner=[{"email": canary, "x": canary}])
    lines = capsys.readouterr().err.splitlines()

    assert [line for line in lines if canary in line or "홍길동" in line] == []
    assert {"bug", "note"} <= {json.loads(line)["event"] for line in lines}


@law(st.text())
def test_nothing_that_is_logged_makes_a_second_line(text: str) -> None:
    import io
    from contextlib import redirect_stderr

    with redirect_stderr(io.StringIO()) as kept:
        log.set_up()
        log.logger().info(text, note=text, inner={"x": [text]})

    lines = kept.getvalue().splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["level"] == "info"
