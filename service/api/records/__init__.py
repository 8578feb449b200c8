"""Decisions, objections, runs and the audit trail, over HTTP."""
