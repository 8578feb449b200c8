"""Ranked lists and their reasons, on the console's pages."""
