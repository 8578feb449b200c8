"""A file that can't be read at all: a code of service.errors with its facts."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 - named for what it says to who sent the file
    """Raised by readers; it leaves this room as a ServiceError."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)
