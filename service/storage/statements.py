"""Tells a trace what each statement asks of the database: its verb and its table, never its text or its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext, ExecutionContext

from service.telemetry.spans import OpenSpan

OPEN = "ieum_span"
"""The attribute by which a statement's context keeps its span, as SQLAlchemy's manual has it for timing."""

_VERB = re.compile(r"\s*([A-Za-z]+)")
_TABLE = re.compile(r"(?:\bFROM|\bINTO|^\s*UPDATE)\s+\"?(\w+)")


def watch(engine: Engine, open_span: OpenSpan) -> None:
    """Open a span for each statement from now on."""

    def begin(
        _connection: Any, _cursor: Any, statement: str, _values: Any, context: ExecutionContext, _many: bool
    ) -> None:
        opened = open_span(*described(engine.dialect.name, statement))
        opened.__enter__()
        # The execution context is the one object that both events see.
        setattr(context, OPEN, opened)

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", _end)
    event.listen(engine, "handle_error", _fail)


@lru_cache(maxsize=1_024)
def described(system: str, statement: str) -> tuple[str, Mapping[str, str]]:
    """A statement's name, and what a trace tells of it.

    >>> described("sqlite", 'SELECT id FROM startups WHERE id = ?')[0]
    'SELECT startups'
    """
    begun, of = _VERB.match(statement), _TABLE.search(statement)
    verb = begun[1].upper() if begun else "OTHER"
    facts = {"db.system.name": system, "db.operation.name": verb}
    return (f"{verb} {of[1]}", facts | {"db.collection.name": of[1]}) if of else (verb, facts)


def _end(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: ExecutionContext, _many: bool) -> None:
    # Popped, so that an error while the rows are read doesn't end the span again.
    vars(context).pop(OPEN).__exit__(None, None, None)


def _fail(failure: ExceptionContext) -> None:
    """Close the span of a statement that failed; a failure to connect or to commit has none."""
    opened = vars(failure.execution_context).pop(OPEN, None) if failure.execution_context else None
    if opened:
        error = failure.original_exception
        opened.__exit__(type(error), error, error.__traceback__)
