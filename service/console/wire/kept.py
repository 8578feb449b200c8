"""Runs whose answer a page shows are recorded first, just as the API records them, so that they can be reproduced."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

from service.actions.matching.match import Run
from service.console.wire.language import language

KEY = "ieum-console"
Keep = Callable[[Run, str], object]


def install(app: Flask, keep: Keep) -> None:
    """Keep to `keep`, which records a run in a language; it costs little for one that was recorded before."""
    app.extensions[KEY] = keep


def kept(run: Run) -> Run:
    """The run, recorded; raises ServiceError `database_unavailable`, and then it may not be shown."""
    keep: Keep = current_app.extensions[KEY]
    keep(run, language())
    return run
