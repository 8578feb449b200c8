"""Runs whose answer a page shows are recorded first, just as the API records them, so that they can be reproduced."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

from service.actions.matching.match import Run
from service.console.wire.language import language

KEY = "ieum-console"
Record = Callable[[Run, str], object]


def install(app: Flask, record: Record) -> None:
    """Let `record` record runs in a language; it costs little for one that was recorded before."""
    app.extensions[KEY] = record


def record_run(run: Run) -> Run:
    """Record a run and hand it on; raises ServiceError `database_unavailable`, and then it may not be shown."""
    record: Record = current_app.extensions[KEY]
    record(run, language())
    return run
