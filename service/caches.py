"""Caches of a process: each with one policy and one bound, none of which works anything out while others wait."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, Generic, TypeVar, cast

from cachetools import Cache, LRUCache, TTLCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_all: weakref.WeakSet[Memo[Any, Any]] = weakref.WeakSet()
_ABSENT = object()
ONLY_AT_HAND: ContextVar[bool] = ContextVar("only_at_hand", default=False)
"""Where it is set no memo that is `long` works anything out: who asks is told NotAtHand."""


class NotAtHand(Exception):  # noqa: N818 - named for what it says to the reader
    """What takes long, named by the argument, is not at hand."""


class Memo(Generic[Key, Value]):
    """What was worked out, by all that it rests on; the longest unused goes first. Several threads may ask.

    `most` bounds the number of values, or their weights together where `weigh` is given; with `seconds`, a value
    is trusted so long. None and what is empty are values like others. No lock is held while a value is worked out;
    who asks for the same one meanwhile waits for it, who asks for another does not.
    """

    def __init__(
        self, most: float, *, weigh: Callable[[Value], float] | None = None, seconds: float = 0, long: bool = False
    ) -> None:
        self._is_long, weight = long, dict[str, Any](getsizeof=weigh) if weigh else {}
        self._cache: Cache[Any, Any] = TTLCache(most, seconds, **weight) if seconds else LRUCache(most, **weight)
        self._lock = threading.Lock()
        self._pending: dict[Key, Future[Value]] = {}
        self._cleared = 0
        _all.add(self)

    def __call__(self, key: Key, work_out: Callable[[], Value]) -> Value:
        """The value of a key; what `work_out` raises is not kept."""
        with self._lock:
            cached = self._cache.get(key, _ABSENT)
            if cached is not _ABSENT:
                return cast("Value", cached)
            if self._is_long and ONLY_AT_HAND.get():
                raise NotAtHand((id(self), key))
            pending, cleared = self._pending.get(key), self._cleared
            own = None if pending else self._pending.setdefault(key, Future())
        if own is None:
            assert pending is not None
            return pending.result()
        try:
            value = work_out()
        except BaseException as error:
            own.set_exception(error)
            raise
        else:
            own.set_result(value)
            if cleared == self._cleared:  # else it may rest on what was erased meanwhile
                self.keep(key, value)
            return value
        finally:
            with self._lock:
                self._pending.pop(key, None)

    def get(self, key: Key) -> Value | None:
        """The value of a key, if it is at hand."""
        with self._lock:
            return cast("Value | None", self._cache.get(key))

    def keep(self, key: Key, value: Value) -> Value:
        """Keep a value, unless it alone weighs more than all may."""
        with self._lock, suppress(ValueError):  # cachetools' word for too heavy
            self._cache[key] = value
        return value

    def forget(self, key: Key) -> None:
        """Work it out anew next time."""
        with self._lock:
            self._cache.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._cache.clear()
            self._cleared += 1

    def __contains__(self, key: Key) -> bool:
        """A value is at hand; asking does not make it younger."""
        return key in self._cache

    def __len__(self) -> int:
        """How many values are at hand."""
        return len(self._cache)


class BackgroundMemo(Generic[Key, Value]):
    """What takes long, worked out in a thread beside the requests, which get what was there before until then.

    `most` bounds the values of earlier states and of present ones, trusted for `seconds` if these are given. Of a
    subject one state is worked out at a time.
    """

    def __init__(self, most: int, *, seconds: float = 0) -> None:
        self._values: Memo[tuple[Key, Hashable], Value] = Memo(most, seconds=seconds)
        self._last: Memo[Key, tuple[Hashable, Value]] = Memo(most)
        self._begun: set[Key] = set()
        self._failed: dict[Key, Exception] = {}
        self._lock = threading.Lock()

    def __call__(
        self, subject: Key, state: Hashable, work_out: Callable[[], Value], *, waits: bool
    ) -> tuple[Value | None, bool]:
        """The value in a state and True, or, unless the caller `waits`, that of an earlier one, if any, and False."""
        if waits or (subject, state) in self._values:
            value = self._values((subject, state), work_out)
            self._last.keep(subject, (state, value))
            return value, True
        with self._lock:
            if subject in self._failed:
                raise self._failed.pop(subject)
            begins = subject not in self._begun
            self._begun.add(subject)
        if begins:
            threading.Thread(target=self._work_out, args=(subject, state, work_out), daemon=True).start()
        last = self._last.get(subject)
        return (last[1] if last else None), False

    def _work_out(self, subject: Key, state: Hashable, work_out: Callable[[], Value]) -> None:
        try:
            time.sleep(0.05)  # the answer that says so goes first
            self._values((subject, state), work_out)
        except Exception as error:  # told to whoever asks next
            self._failed[subject] = error
        finally:
            self._begun.discard(subject)


def forget_all() -> None:
    """Empty every cache of this process, as when somebody was erased: what is forgotten costs time, nothing else."""
    for memo in list(_all):
        memo.clear()
