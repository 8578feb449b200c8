"""The operator's command line, `ieum`."""

from service.cli.commands import cli, main

__all__ = ["cli", "main"]
