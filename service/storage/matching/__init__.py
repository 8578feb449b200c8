"""Ranked lists and their reasons, in the database."""
