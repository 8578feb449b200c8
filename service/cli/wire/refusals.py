"""What a command says when data or service refuse: the reason on standard error, and exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from model.faults import BadData
from service.errors import Problem, ServiceError
from service.settings import Settings, from_environment


@contextmanager
def environment() -> Iterator[Settings]:
    """The settings of the environment, with refusals said in their language."""
    settings = from_environment()
    with refusals(settings.language):
        yield settings


@contextmanager
def refusals(language: str) -> Iterator[None]:
    """Turn a refusal by data or service into its words and exit code 1."""
    try:
        yield
    except BadData as bad:
        explain(ServiceError(Problem.BAD_DATA, faults=bad.faults), language)
        raise typer.Exit(1) from None
    except ServiceError as error:
        explain(error, language)
        raise typer.Exit(1) from None


def explain(error: ServiceError, language: str) -> None:
    """Say what, why and what to do on standard error, then each fault with its place."""
    words = error.explained(language)
    print(words.what, words.why, words.advice, sep="\n", file=sys.stderr)
    for fault in error.faults:
        line = f":{fault.line}" if fault.line else ""
        print(f"{fault.file}{line} {fault.field}={fault.value!r}:", fault.sentence(language), file=sys.stderr)
