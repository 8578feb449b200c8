"""Decisions, objections, runs and the audit trail, what the service does."""
