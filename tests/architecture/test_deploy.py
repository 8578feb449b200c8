"""The files for containers keep the promises of docs/deployment.md, whichever of them is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
DOCUMENTS = [found for path in MANIFESTS for found in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [document for document in DOCUMENTS if document["kind"] == kind]


def pods() -> list[dict[str, Any]]:
    jobs = [job["spec"]["jobTemplate"]["spec"]["template"]["spec"] for job in of_kind("CronJob")]
    return jobs + [deployment["spec"]["template"]["spec"] for deployment in of_kind("Deployment")]


def containers() -> list[dict[str, Any]]:
    return [found for pod in pods() for found in [*pod["containers"], *pod.get("initContainers", [])]]


def test_every_manifest_is_listed() -> None:
    listed = of_kind("Kustomization")[0]["resources"]

    assert {path.name for path in MANIFESTS} - {"kustomization.yaml"} == set(listed)


def test_every_pod_keeps_to_the_restricted_standard() -> None:
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"]
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
    for container in containers():
        locked = container["securityContext"]
        assert (locked["allowPrivilegeEscalation"], locked["readOnlyRootFilesystem"]) == (False, True)
        assert locked["capabilities"] == {"drop": ["ALL"]}


def test_every_container_has_requests_and_a_memory_limit() -> None:
    assert [found["name"] for found in containers() if "memory" not in found["resources"]["limits"]] == []
    assert [found["name"] for found in containers() if not found["resources"]["requests"]] == []


def test_a_pod_that_waits_for_its_first_model_or_reads_many_startups_is_not_ended() -> None:
    main = of_kind("Deployment")[0]["spec"]["template"]["spec"]["containers"][0]
    probes = {name: main[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "liveness", "readiness")}

    assert probes == {"startup": "/livez", "liveness": "/livez", "readiness": "/readyz"}


def test_some_replica_stays_and_two_retrainings_never_meet() -> None:
    assert of_kind("PodDisruptionBudget")[0]["spec"]["minAvailable"] == 1
    assert of_kind("Deployment")[0]["spec"]["replicas"] > 1
    assert of_kind("CronJob")[0]["spec"]["concurrencyPolicy"] == "Forbid"


def test_requests_end_before_a_pod_is_killed() -> None:
    from service.server.serve import DRAIN_SECONDS

    pod = of_kind("Deployment")[0]["spec"]["template"]["spec"]
    pause = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])

    assert pod["terminationGracePeriodSeconds"] >= DRAIN_SECONDS + pause


def test_the_composed_service_is_locked_down_and_its_database_is_not_outside() -> None:
    service = COMPOSE["services"]["service"]

    assert (service["read_only"], service["cap_drop"], service["user"]) == (True, ["ALL"], "10001:10001")
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["healthcheck"]["test"] == ["CMD", "ieum-health"]
    assert "ports" not in COMPOSE["services"]["database"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_no_password_stands_in_a_file() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*MANIFESTS, ROOT / "compose.yaml"]]

    assert all("kind: Secret" not in text for text in texts)
    assert COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
