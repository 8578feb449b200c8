"""The command line of training: `ieum-train fit | evaluate | rank | inspect | verify`."""

from training.cli.commands import main

__all__ = ["main"]
