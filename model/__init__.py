"""The matching model: pure functions and frozen data; no web, database, clock or environment."""
