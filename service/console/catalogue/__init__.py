"""Startups, programs and outcomes, on the console's pages."""
