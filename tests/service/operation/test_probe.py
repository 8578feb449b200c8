"""The health command tells the truth over the loopback, and loads nothing for it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from service.errors import ServiceError
from service.server import probe
from service.settings import Settings


@contextmanager
def answering(status: int, body: bytes) -> Iterator[Settings]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Settings(host="0.0.0.0", port=server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def test_a_service_that_is_ready_says_so_itself() -> None:
    with answering(200, b'{"status":"ready"}') as settings:
        assert probe.ready(settings) == '{"status":"ready"}'


def test_a_service_that_is_not_ready_is_refused_with_its_own_words() -> None:
    with answering(503, b'{"model":"no_model"}') as settings, pytest.raises(ServiceError) as refused:
        probe.ready(settings)

    assert (refused.value.code, refused.value.facts["reason"]) == ("not_ready", '{"model":"no_model"}')


def test_where_nothing_listens_the_command_ends_with_one_and_says_why() -> None:
    command = [sys.executable, "-m", "service.server.probe"]
    done = subprocess.run(command, env={"IEUM_PORT": "1"}, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, "ConnectionRefusedError" in done.stderr) == (1, True)


def test_the_command_brings_no_library_of_the_service() -> None:
    script = "import sys, service.server.probe; print({'flask', 'sqlalchemy', 'numpy', 'typer'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout == "set()\n"
