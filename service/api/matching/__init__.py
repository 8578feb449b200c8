"""Ranked lists and their reasons, over HTTP."""
