"""The server: granian's WSGI workers, forked from a process that has read the model, so that they share one copy."""

from __future__ import annotations

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from service.app import create_app
from service.errors import ServiceError
from service.settings import Settings
from service.storage import schema
from service.telemetry.requests import WsgiApp
from service.wired import KEY, Wired

BACKLOG = 2_048


def run(settings: Settings) -> None:
    """Serve until told to stop; raises ServiceError when the database is not at this version's schema."""
    app = create_app(settings)
    wired: Wired = app.extensions[KEY]
    schema.check(wired.catalogue.database)
    _warm(wired)
    wired.catalogue.database.close()  # no connection may cross the fork
    server = MPServer(
        "service.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        log_access=False,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
    )
    server.serve(target_loader=lambda: _following(app, wired), wrap_loader=False)


def _following(app: WsgiApp, wired: Wired) -> WsgiApp:
    """The application in a worker that was just forked, at the start or in the place of one that died."""
    wired.matching.follow()
    return app


def _warm(wired: Wired) -> None:
    """Read the model and the catalogue's vectors; without a model yet, workers start and say so."""
    try:
        wired.matching.prepared().warm()
    except ServiceError as error:
        if error.code != "no_model":
            raise
