"""Startups, programs and outcomes, what the service does."""
