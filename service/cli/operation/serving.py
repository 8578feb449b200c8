"""`ieum serve | health`: the service itself, and whether it is ready."""

from __future__ import annotations

from service.cli.wire.refusals import environment
from service.server import probe
from service.telemetry import metrics


def serve() -> None:
    """서비스를 시작한다 · Serve over HTTP until stopped."""
    from service.server import serve as server  # here, since `health` shall not wait for the model's libraries

    with environment() as settings, metrics.shared():
        server.run(settings)


def health() -> None:
    """서비스가 준비되었는지 묻는다 · Ask the running service whether it is ready."""
    with environment() as settings:
        print(probe.ready(settings))
