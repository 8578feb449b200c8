"""An answer as the bytes that are sent: made once for each run and language, then kept while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict

import orjson
from flask import Flask, current_app

from service.actions.match import Matching, Run
from service.api.schemas import match
from service.wired import KEY as WIRED
from service.wired import Wired

KEY = "ieum-answers"
MOST_BYTES = 32_000_000


class Answers:
    """Answers by run and language. A run's id names all that its answer rests on, so nothing here goes stale."""

    def __init__(self, matching: Matching, most_bytes: int = MOST_BYTES) -> None:
        self._matching, self._room = matching, most_bytes
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def bytes_of(self, run: Run, language: str) -> bytes:
        """The answer as JSON."""
        key = (run.id, language)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        made = orjson.dumps(match.answer(run, self._matching.matches(run), language))
        self._keep(key, made)
        return made

    def _keep(self, key: tuple[str, str], made: bytes) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._room -= len(made)
            while self._room < 0 and self._kept:
                self._room += len(self._kept.popitem(last=False)[1])


def install(app: Flask) -> None:
    """Keep answers for the application."""
    made: Wired = app.extensions[WIRED]
    app.extensions[KEY] = Answers(made.matching)


def answers() -> Answers:
    """The present application's answers."""
    found: Answers = current_app.extensions[KEY]
    return found
