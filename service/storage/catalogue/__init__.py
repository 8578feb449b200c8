"""Startups, programs and outcomes, in the database."""
