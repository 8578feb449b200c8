"""The server: granian's WSGI workers, forked from a process that has read the model, so that they share one copy."""

from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from service.actions.applications.clocks import is_working_day
from service.auth import work
from service.console.wire import pages
from service.errors import Problem, ServiceError
from service.server import allocator, beside
from service.server.app import body_limit, create_app
from service.server.intake import BodyLimits, Intake
from service.settings import Settings, traces_wanted
from service.storage import schema
from service.storage.operation import durability
from service.telemetry import log, metrics
from service.telemetry.requests import WsgiApp
from service.wired import KEY, Wired

BACKLOG = 2_048
DRAIN_SECONDS = 25
"""How long a worker may take to finish its requests when it is told to stop; Kubernetes waits 30 seconds."""

LET_GO_SECONDS = 3.0
"""How long a start waits for an address that somebody else still holds."""

LEAST_LIFE = 1.0
"""Seconds that a worker must have lived to be replaced at once; one that dies at birth is replaced once a second."""


STOPPING = (signal.SIGTERM, signal.SIGINT)


class Server(MPServer):
    """granian's server, which goes on when one worker dies twice in a row, and whose young workers can be stopped.

    granian itself takes the former for a hopeless case and stops every worker; here the others go on answering
    meanwhile. As for the latter, a worker is born with its parent's handlers, which would swallow a signal until the
    worker has its own; here it simply ends, since there is no request yet that it could finish.
    """

    def signal_handler_interrupt(self, *arguments: Any) -> None:
        """Stop, once: a second signal amid the first would wait for it forever."""
        for number in STOPPING:
            # A second signal while workers drain would end the first process before them.
            signal.signal(number, signal.SIG_IGN)
        super().signal_handler_interrupt(*arguments)  # type: ignore[no-untyped-call]  # granian types a part of itself

    def _spawn_worker(self, idx: int, target: Callable[..., None], callback_loader: Any, **options: Any) -> Any:  # type: ignore[override]  # no socket_loader: granian passes none
        return super()._spawn_worker(idx, _stoppable(target), callback_loader, **options)

    def _spawn_workers(self, *arguments: Any) -> None:
        with _held():
            super()._spawn_workers(*arguments)  # type: ignore[no-untyped-call]  # granian types a part of itself

    def _respawn_workers(self, workers: list[int], *arguments: Any, **options: Any) -> None:
        # A worker that dies at its start would otherwise be started again as fast as it dies.
        youngest = min(time.monotonic() - self.wrks[place].birth for place in workers)
        time.sleep(max(0.0, LEAST_LIFE - youngest))
        dead = [self.wrks[place].inner.pid for place in workers]
        with _held():
            super()._respawn_workers(workers, *arguments, **options)
        for pid in dead:
            metrics.forget(pid)
        self.respawned_wrks.clear()


@contextmanager
def _held() -> Iterator[None]:
    """Let signals to stop wait; a worker is forked in this state."""
    # A signal between fork and the worker's own handler would be lost.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stoppable(work: Callable[..., None]) -> Callable[..., None]:
    """A worker's life, which a signal ends from its first moment on.

    Only the first process heeds SIGINT, which a terminal sends to all of them: it tells its workers by SIGTERM. When it
    dies without telling them, they end by themselves, so that the service can be started anew.
    """
    first = os.getpid()

    @wraps(work)
    def life(*arguments: Any) -> None:
        # The fork has inherited the first process's handlers, which would drain workers that it doesn't have.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        threading.Thread(target=beside.end_after, args=(first, end), daemon=True, name="first-process").start()
        work(*arguments)

    def end(_: int) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    return life


def run(settings: Settings) -> None:
    """Serve until told to stop; raises ServiceError when the address is taken, or when the database has another schema
    or could forget.
    """
    allocator.limit()  # before the first thread has an arena of its own
    app = create_app(settings)
    wired: Wired = app.extensions[KEY]
    schema.check(wired.catalogue.database)
    durability.check(wired.catalogue.database)
    _check_address(settings)
    try:
        wired.activate_model.repair()  # a change of model that was stopped half way
    except ServiceError as error:  # another start does it
        log.logger().warning("model_change_unsettled", reason=error.code)
    wired.matching.preparation.read_in_background()
    warm(wired)
    wired.catalogue.database.close()  # no connection may cross the fork
    gc.collect()
    gc.freeze()  # what is read by now stays: looking through it again would cost time and unshare its memory
    server = Server(
        "service.server.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        workers=settings.workers,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_access=False,
        http1_settings=HTTP1Settings(header_read_timeout=settings.keep_alive * 1_000),
    )
    watched = _watcher()

    def in_worker() -> Intake:
        # The reader holds the lock of the drift and measures it; a worker takes over once that one is gone.
        for action in (wired.matching.preparation, wired.drift, wired.hourly, wired.health):
            action.follow()
        limits = BodyLimits(lambda method, path: body_limit(app, method, path), settings.open_reading)
        return Intake(watched(app, wired), settings.threads + work.THREADS, limits)

    with beside.reader(wired), beside.clerk(wired):
        server.serve(target_loader=in_worker, wrap_loader=False)


def _check_address(settings: Settings) -> None:
    """Raise ServiceError `address_taken` unless nobody listens: granian would share the port, and callers would be
    answered by either. The workers of a service that was killed a moment ago are given time to end. Warns where a proxy
    is likely and none is trusted.
    """
    if not settings.trusted_proxies and settings.host not in ("127.0.0.1", "localhost", "::1"):
        # Behind a proxy all users would share its address: thirty wrong keys of one would shut all others out.
        log.logger().warning("no_trusted_proxies", host=settings.host, setting="IEUM_TRUSTED_PROXIES")
    end = time.monotonic() + LET_GO_SECONDS
    while True:
        try:
            places = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
            family, kind, _, _, address = places[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
            return
        except OSError as error:
            if time.monotonic() > end:
                where, reason = f"{settings.host}:{settings.port}", error.strerror or type(error).__name__
                raise ServiceError(Problem.ADDRESS_TAKEN, address=where, reason=reason) from error
        time.sleep(0.1)


def _watcher() -> Callable[[WsgiApp, Wired], WsgiApp]:
    """What shows a worker's requests to a collector of traces; where none is named, the application stays as it is."""
    if not traces_wanted():
        return lambda app, _: app
    from service.telemetry.tracing import Traces  # here, since without a collector nothing of it shall be loaded

    def watched(app: WsgiApp, wired: Wired) -> WsgiApp:
        traces = Traces()
        wired.catalogue.database.watch(traces.span)
        wired.matching.watch(traces.span)
        return traces.requests(app, wired.matching.preparation.version)

    return watched


def warm(wired: Wired) -> None:
    """Read the model, the catalogue's vectors and what pages are made of; without a model, workers start and say so."""
    pages.read()
    is_working_day(wired.clocks.today)  # the library of public holidays takes long to import
    try:
        wired.matching.prepared().warm()
    except ServiceError as error:
        if error.code != "no_model":
            raise
