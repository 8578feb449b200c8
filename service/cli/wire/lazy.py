"""A command known by its name and help alone: what it does, and the libraries for it, are loaded when it is called."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command


class LazyCommand(TyperCommand):
    """Stands for a command or a group of commands; `place` says which one, as `room:name` of `service.cli`.

    Its help stands here too, so that a list of all commands loads none of them.
    """

    def __init__(self, name: str, place: str, about: str) -> None:
        super().__init__(name, help=about)
        self._place = place

    @cached_property
    def loaded(self) -> Any:
        """The command itself."""
        room, _, name = self._place.partition(":")
        target = getattr(import_module(f"service.cli.{room}"), name)
        command = get_command(target if isinstance(target, typer.Typer) else _alone(target))
        command.name = self.name
        return command

    @property
    def commands(self) -> Any:
        """The commands below this one; None unless it is a group."""
        return getattr(self.loaded, "commands", None)

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Let the command itself read what follows its name, and act."""
        return self.loaded.make_context(*arguments, **options)


def _alone(command: Any) -> typer.Typer:
    group = typer.Typer(add_completion=False)
    group.command()(command)
    return group
