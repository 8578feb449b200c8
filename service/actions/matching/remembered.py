"""Answers that never change, remembered by exactly what they were worked out from, so that none can grow stale."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """The last answers, up to `most` of weight together; several threads may ask."""

    def __init__(self, most: int, weigh: Callable[[Answer], int]) -> None:
        self._most, self._weigh = most, weigh
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, asked: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to what was asked; `asked` must hold all that the answer rests on."""
        with self._lock:
            if asked in self._known:
                self._known.move_to_end(asked)
                return self._known[asked]
        answer = work_out()
        with self._lock:
            self._known[asked] = answer
            while sum(map(self._weigh, self._known.values())) > self._most:
                self._known.popitem(last=False)
        return answer
