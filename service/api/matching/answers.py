"""An answer as the bytes that are sent: made once for each run and language, then kept while there is room."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from flask import Flask, current_app

from service.actions.matching.match import Matching, Run
from service.actions.records.record_runs import RecordRuns, RunAnswer
from service.api.matching import match_schema as match
from service.caches import Memo
from service.wired import KEY as WIRED
from service.wired import Wired

KEY = "ieum-answers"
MOST_BYTES = 32_000_000


class Answers:
    """Answers by run and language. A run's id names all that its answer rests on, so nothing here goes stale.

    What an answer rests on is recorded before the answer is handed out for the first time.
    """

    def __init__(self, matching: Matching, record: RecordRuns, most_bytes: int = MOST_BYTES) -> None:
        self._matching, self._record = matching, record
        self._bodies: Memo[tuple[str, str], bytes] = Memo(most_bytes, weigh=len)

    def bytes_of(self, run: Run, language: str) -> bytes:
        """The answer as JSON, recorded."""
        body = self._bodies.get((run.id, language))
        if body is not None and self._record.knows(run.id, language):
            return body
        answer = self.answer(run, language)
        self.record([answer])
        return answer.body

    def answer(self, run: Run, language: str) -> RunAnswer:
        """The answer, not yet recorded: record it before it is sent."""
        return RunAnswer(run, language, self._bodies((run.id, language), lambda: encode(self._matching, run, language)))

    def record(self, answers: Sequence[RunAnswer]) -> None:
        """Record answers, all together; those recorded before cost nothing."""
        self._record(answers)


def encode(matching: Matching, run: Run, language: str) -> bytes:
    """A run's answer as JSON, ranked now."""
    return orjson.dumps(match.answer(run, matching.matches(run), matching.known(run), language))


def install(app: Flask) -> None:
    """Keep answers for the application."""
    wired: Wired = app.extensions[WIRED]
    app.extensions[KEY] = Answers(wired.matching, wired.record_runs)


def answers() -> Answers:
    """The present application's answers."""
    recorder: Answers = current_app.extensions[KEY]
    return recorder
