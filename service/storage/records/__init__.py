"""Decisions, objections, runs and the audit trail, in the database."""
