"""Ranked lists and their reasons, what the service does."""
