"""What is counted is what happened, and only those read it who may."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.settings import Settings
from service.storage.matching.registry import Registry
from service.telemetry.metrics import Metrics
from tests.service import given

DEPLOY = Path(__file__).parents[3] / "deploy"
FAR = {"REMOTE_ADDR": "192.0.2.7"}
MATCHES = "/api/v1/startups/s-0001/matches?on=2026-02-02"


def counted(client: FlaskClient, name: str, **labels: str) -> float:
    """The sum of a metric's samples with these labels."""
    text = client.get("/metrics").get_data(as_text=True)
    wanted = [f'{label}="{value}"' for label, value in labels.items()]
    lines = [line for line in text.splitlines() if re.match(rf"{name}(\{{| )", line)]
    return sum(float(line.rpartition(" ")[2]) for line in lines if all(label in line for label in wanted))


def test_a_request_is_counted_by_view_and_status(app: Flask) -> None:
    client = app.test_client()
    for path in (MATCHES, MATCHES, "/api/v1/startups/none/matches", "/nowhere"):
        client.get(path)

    count = "ieum_request_seconds_count"
    assert counted(client, count, view="matches.of_startup", status="200") == 2
    assert counted(client, count, view="matches.of_startup", status="404") == 1
    assert counted(client, count, view="none", status="404") == 1


def test_a_list_is_counted_with_its_verdicts_when_it_is_worked_out(app: Flask) -> None:
    client = app.test_client()
    shown = client.get(MATCHES).get_json()["matches"]
    client.get(MATCHES)

    assert counted(client, "ieum_lists_total", of="programs", empty="no") == 1
    assert counted(client, "ieum_verdicts_total") == len(shown)


def test_metrics_are_for_this_machine_and_for_operators(app: Flask) -> None:
    nobody, operator, viewer = (given.acting(app, role) for role in (None, UserRole.OPERATOR, UserRole.VIEWER))

    assert nobody.get("/metrics").status_code == 200
    assert nobody.get("/metrics", environ_overrides=FAR).status_code == 401
    assert nobody.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 401
    assert viewer.get("/metrics", environ_overrides=FAR).status_code == 403
    assert operator.get("/metrics", environ_overrides=FAR).status_code == 200


@pytest.mark.parametrize(("peer", "status"), [("192.0.2.0/24", 200), ("198.51.100.1/32", 401)])
def test_a_configured_peer_may_read_them(registry: Registry, tmp_path: Path, peer: str, status: int) -> None:
    settings = Settings(home=tmp_path, metrics_peers=(peer,))
    client = given.acting(given.application(tmp_path, registry, settings), None)

    assert client.get("/metrics", environ_overrides=FAR).status_code == status


def test_drift_is_measured_on_request_and_counted(app: Flask) -> None:
    client = app.test_client()
    found = client.get("/api/v1/model/drift").get_json()

    assert set(found["shifts"].values()) == {0.0}
    assert found["is_noteworthy"] is False
    assert counted(client, "ieum_drift", measure="words") == 0.0
    assert counted(client, "ieum_drift_measured_timestamp_seconds") == given.NOON.timestamp()


def expressions() -> list[str]:
    """Every question that the dashboard and the alert rules ask of Prometheus."""
    panels = json.loads((DEPLOY / "grafana" / "ieum.json").read_text(encoding="utf-8"))["panels"]
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    return asked + [rule["expr"] for group in groups for rule in group["rules"]]


def test_dashboard_and_alerts_ask_for_metrics_that_there_are() -> None:
    text = Metrics().text().decode()
    made = set(re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE))
    asked = {name for expression in expressions() for name in re.findall(r"\bieum_\w+", expression)}

    assert {name for name in asked if re.sub(r"_(count|sum|bucket)$", "", name) not in made} == set()
    assert {name for name in made if not any(name in expression for expression in expressions())} == set()


def test_every_alert_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    texts = [rule["annotations"][key] for group in groups for rule in group["rules"] for key in ("summary", "action")]

    assert [text for text in texts if not (re.search("[가-힣]", text) and re.search("[a-z]{3}", text))] == []
