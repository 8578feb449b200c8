"""What every application of a test process would otherwise work out anew, though it comes out the same each time.

The suite makes hundreds of applications. Each compiles the builders of all its addresses, an eighth of a second of
work, and each has a database of its own for which SQLAlchemy compiles every statement. A service does both once.
"""

from __future__ import annotations

import gc
from collections import UserDict
from collections.abc import Callable
from functools import partial
from typing import Any

from werkzeug.routing import Rule

from service.storage import database


class Statements(UserDict[Any, Any]):
    """Compiled statements by what they say and the dialect's name: all engines of one kind speak alike."""

    def __getitem__(self, key: Any) -> Any:
        return self.data[self._of_any_engine(key)]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self.data[self._of_any_engine(key)] = compiled

    def get(self, key: Any, default: Any = None) -> Any:
        """What was compiled before."""
        return self.data.get(self._of_any_engine(key), default)

    @staticmethod
    def _of_any_engine(key: Any) -> Any:
        dialect, *statement = key
        return (dialect.name, *statement)


def share() -> None:
    """Share both from now on; call once, before the first application is made."""
    options = {"compiled_cache": Statements()}
    database.create_engine = partial(database.create_engine, execution_options=options)  # type: ignore[attr-defined]
    Rule._compile_builder = remembering(Rule._compile_builder)  # type: ignore[method-assign]


def remembering(compile_builder: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a rule's builder once for all rules that say the same; it is handed the rule on every call."""
    compiled: dict[Any, Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), rule.map.host_matching, append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    return builder


def settle() -> None:
    """Leave what is loaded by now to no collection, and look for garbage a tenth as often: most of the heap stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
