"""Startups, programs and outcomes, over HTTP."""
