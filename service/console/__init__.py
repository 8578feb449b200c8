"""HTML for program managers: one module per page, rendered here, useful before any script runs."""
