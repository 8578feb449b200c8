"""Decisions, objections, runs and the audit trail, on the console's pages."""
