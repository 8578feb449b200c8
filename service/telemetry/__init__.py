"""What operators see of the running service: structured logs, metrics and traces."""
