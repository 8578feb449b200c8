"""What commands print: JSON as the API has it, and tables."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

WIDE = 160
"""Columns where no terminal tells its own: a file or a pipe."""

AsJson = Annotated[bool, typer.Option("--json", help="API와 같은 JSON으로 · as JSON, as the API has it")]


def document(answer: Any) -> None:
    """Write an answer as indented JSON."""
    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2) + b"\n")


def console(wide: int = WIDE) -> Console:
    """The terminal, or `wide` columns where there is none."""
    return Console(width=None if sys.stdout.isatty() else wide)
