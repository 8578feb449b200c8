"""The operator's command line: `ieum serve | migrate | import | export | snapshot | eligibility`."""

from service.cli.commands import cli, main

__all__ = ["cli", "main"]
