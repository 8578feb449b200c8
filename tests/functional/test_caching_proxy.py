"""Answers of a run behind a real proxy that caches: revalidated by their tag, never handed to somebody else."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.functional.conftest import Service, free_port

LIST = "/api/v1/startups/s-0001/matches?limit=2"
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/proxied; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    proxy_cache_path {folder}/cache keys_zone=all:1m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header If-None-Match $http_if_none_match;
            proxy_cache all;
            proxy_cache_revalidate on;
            proxy_cache_valid 200 304 10m;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: apt-get install nginx-light)")


@pytest.fixture(scope="module")
def proxied(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx that caches all that it may, in front of the service."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, behind=service.port))
    command = [str(NGINX), "-e", str(folder / "errors"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                ask(port, "/livez")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def ask(port: int, path: str, key: str = "", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named | ({"Authorization": f"Bearer {key}"} if key else {}))
    answer = connection.getresponse()
    return answer, answer.read()


def test_who_has_an_answer_is_told_so(service: Service, proxied: int) -> None:
    first, body = ask(proxied, LIST, service.key)
    again, nothing = ask(proxied, LIST, service.key, If_None_Match=first.headers["ETag"])
    english, other = ask(proxied, LIST, service.key, If_None_Match=first.headers["ETag"], Accept_Language="en")

    assert (first.status, again.status, nothing, english.status) == (200, 304, b"", 200)
    assert body != other
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_what_was_answered_to_one_is_answered_to_nobody_else(service: Service, proxied: int) -> None:
    mine = [ask(proxied, LIST, service.key)[0] for _ in range(3)]

    assert [answer.status for answer in mine] == [200] * 3
    assert "HIT" not in [answer.headers["X-Cache"] for answer in mine]
    assert ask(proxied, LIST)[0].status == 401
    assert ask(proxied, LIST, "ieum_wrong", If_None_Match=mine[0].headers["ETag"])[0].status == 401


def test_a_tag_ends_with_what_its_answer_rested_on(service: Service, proxied: int) -> None:
    first, _ = ask(proxied, LIST, service.key)
    path = "/api/v1/startups/s-0001"
    tag = ask(service.port, path, service.key)[0].headers["ETag"]
    connection = HTTPConnection("127.0.0.1", service.port, timeout=30)
    sent = {"Authorization": f"Bearer {service.key}", "If-Match": tag, "Content-Type": "application/merge-patch+json"}
    connection.request("PATCH", path, b'{"employees": 77}', sent)
    assert connection.getresponse().status == 200
    time.sleep(0.1)
    again, _ = ask(proxied, LIST, service.key, If_None_Match=first.headers["ETag"])

    assert again.status == 200
    assert again.headers["ETag"] != first.headers["ETag"]
